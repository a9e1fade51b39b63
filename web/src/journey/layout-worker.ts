import { layColumns } from './columns';
import type { FlowGraph } from './flow-graph';

/** Lays a graph out off the page's own thread; the layout library is loaded here only. */
addEventListener('message', ({ data }: MessageEvent<{ id: number; graph: FlowGraph }>) => {
    try {
        postMessage({ id: data.id, columns: layColumns(data.graph) });
    } catch (fault) {
        postMessage({ id: data.id, fault: fault instanceof Error ? fault.message : String(fault) });
    }
});
