import { useQuery } from '@tanstack/react-query';

import type { Columns } from './columns';
import type { FlowGraph } from './flow-graph';

let worker: Worker | null = null;
let asked = 0;

/** The frame of a graph, laid out in a worker. Rejects with the layout's own words. */
function columnsOf(graph: FlowGraph): Promise<Columns> {
    worker ??= new Worker(new URL('./layout-worker.ts', import.meta.url), { type: 'module' });
    const here = worker;
    const id = asked++;
    return new Promise((resolve, reject) => {
        const settle = ({ data }: MessageEvent<{ id: number; columns?: Columns; fault?: string }>) => {
            if (data.id !== id) {
                return;
            }
            here.removeEventListener('message', settle);
            if (data.columns) {
                resolve(data.columns);
            } else {
                reject(new Error(`The map could not be laid out: ${data.fault}`));
            }
        };
        here.addEventListener('message', settle);
        here.addEventListener('error', () => reject(new Error('The map could not be laid out: its worker did not start.')), { once: true });
        here.postMessage({ id, graph });
    });
}

/** What the frame depends on: who is there and where the design puts them, never how many pass. */
const frameKey = (graph: FlowGraph) => graph.nodes.map((node) => `${node.id}|${node.stage}|${node.lane}`).sort().join('\n');

/**
 * The frame of the map, once per set of touchpoints. `graph` is made of all paths, without period or filter; as long
 * as the same touchpoints are in it the frame stays, so nothing on the map moves when numbers do.
 */
export function useColumns(graph: FlowGraph | null) {
    return useQuery({
        queryKey: ['journey frame', graph === null ? '' : frameKey(graph)],
        queryFn: () => columnsOf(graph!),
        enabled: graph !== null,
        staleTime: Infinity,
        retry: false,
    });
}
