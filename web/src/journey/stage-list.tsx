import { Capsule, ExperienceAxis } from '../design/capsule';
import { capital, count } from '../design/format';
import type { FlowGraph } from './flow-graph';
import { stageFeelings } from './stage-feeling';

/** On narrow screens, before the map: the stages with their feeling, designed (ring) and measured (capsule). */
export function StageList({ graph }: { graph: FlowGraph }) {
    const feelings = stageFeelings(graph);
    return (
        <section className="stage-list" aria-label="Feeling by stage">
            <ExperienceAxis />
            <ol>
                {graph.stages.map((stage, index) => (
                    <li key={stage.name}>
                        <p><b>{capital(stage.name)}</b>{stage.feeling && <span>{`\u201c${stage.feeling}\u201d`}</span>}<span className="axis">{`n ${count(feelings[index]!.n)}`}</span></p>
                        <Capsule name={`${stage.name}, feeling`} estimate={feelings[index]!} intended={stage.intended} domain={[-3, 3]} tone="experience" grid={[-3, 0, 3]} withValue />
                    </li>
                ))}
            </ol>
        </section>
    );
}
