import { Capsule, ExperienceAxis } from '../design/capsule';
import { capital, countOf } from '../design/format';
import type { FlowGraph } from './flow-graph';
import { unitWords, type Unit } from './journey-question';
import type { StageMeasure } from './stage-feeling';

/** On narrow screens, before the map: the stages with their feeling, designed (ring) and measured (capsule). */
export function StageList({ graph, measures, unit }: { graph: FlowGraph; measures: StageMeasure[] | null; unit: Unit }) {
    const { one, many } = unitWords(unit);
    return (
        <section className="stage-list" aria-label="Feeling by stage">
            <ExperienceAxis />
            <ol>
                {graph.stages.map((stage, index) => (
                    <li key={stage.name}>
                        <p><b>{capital(stage.name)}</b>{stage.feeling && <span>{`\u201c${stage.feeling}\u201d`}</span>}<span className="axis">{measures && countOf(measures[index]!.units, one, many)}</span></p>
                        {measures && <Capsule name={`${stage.name}, feeling`} estimate={measures[index]!.feeling} intended={stage.intended} domain={[-3, 3]} tone="experience" grid={[-3, 0, 3]} withValue />}
                    </li>
                ))}
            </ol>
        </section>
    );
}
