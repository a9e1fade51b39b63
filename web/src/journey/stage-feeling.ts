import type { Schema } from '../api/client';
import type { Estimate } from './answer';
import type { FlowGraph } from './flow-graph';

/** What was measured in a stage: episodes that reached it, and how they felt there. */
export interface StageMeasure {
    units: number;
    feeling: Estimate;
}

const nobody: Estimate = { estimate: null, low: null, high: null, n: 0, needed: 1, unit: 'experience', method: '', version: '', enough: false };

/** The measures of every stage of the graph, from the answer to "flow ... by stage"; null while there is none. */
export function stageMeasures(graph: FlowGraph, answer: Schema['GroupedAnswer'] | undefined): StageMeasure[] | null {
    if (!answer) {
        return null;
    }
    const groups = new Map(answer.groups.map((group) => [group.value, group.answer]));
    return graph.stages.map(({ name }) => {
        const inside = groups.get(name);
        return inside?.kind === 'flow' && 'experience' in inside
            ? { units: inside.population.units, feeling: inside.experience }
            : { units: 0, feeling: nobody };
    });
}
