import type { Estimate } from './answer';
import type { FlowGraph } from './flow-graph';

/** Half of a 95% interval over the standard error. */
const z = 1.96;

/**
 * The mean of all scores given at these touchpoints, with its interval from theirs. The mean is exact; touchpoints
 * with too few answers for an estimate of their own are left out. Not enough when fewer than `needed` remain.
 */
export function pooled(estimates: readonly Estimate[], needed = 10): Estimate {
    let n = 0;
    let sum = 0;
    let variance = 0;
    for (const { estimate, low, high, n: answers } of estimates) {
        if (estimate === null || low === null || high === null) {
            continue;
        }
        n += answers;
        sum += answers * estimate;
        variance += (answers * ((high - low) / (2 * z))) ** 2;
    }
    const said = { n, unit: 'experience' as const, method: 'pooled', version: 'stage 1' };
    if (n < needed) {
        return { ...said, estimate: null, low: null, high: null, needed, enough: false, text: `not enough answers (n = ${n})` };
    }
    const mean = sum / n;
    const half = (z * Math.sqrt(variance)) / n;
    return { ...said, estimate: mean, low: Math.max(-3, mean - half), high: Math.min(3, mean + half), enough: true };
}

/** One feeling per stage of the graph, from the scores given at its touchpoints. */
export function stageFeelings(graph: FlowGraph): Estimate[] {
    return graph.stages.map((_, index) =>
        pooled(graph.nodes.flatMap((node) => (node.stage === index && node.experience ? [node.experience] : []))));
}
