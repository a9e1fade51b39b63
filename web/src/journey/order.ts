import type { FlowGraph, GraphNode } from './flow-graph';

/** At most this many touchpoints of one stage and lane stand in a row; more start a second row. */
const rowLength = 4;

/**
 * The order of the touchpoints along the flow: by stage, inside a stage by their mean place in the episodes, and
 * neighbours changed where more episodes go the other way. The same graph gives the same order, however it was listed.
 */
export function orderNodes(graph: FlowGraph): GraphNode[] {
    const order = [...graph.nodes].sort(
        (a, b) => a.stage - b.stage || a.position - b.position || (a.id < b.id ? -1 : 1),
    );
    const taken = new Map(graph.edges.map((edge) => [edge.id, edge.units]));
    const flow = (a: GraphNode, b: GraphNode) => taken.get(`${a.id}\u2192${b.id}`) ?? 0;
    let moved = true;
    for (let pass = 0; moved && pass < order.length; pass++) {
        moved = false;
        for (let i = 0; i + 1 < order.length; i++) {
            const a = order[i]!;
            const b = order[i + 1]!;
            if (a.stage === b.stage && flow(b, a) > flow(a, b)) {
                order[i] = b;
                order[i + 1] = a;
                moved = true;
            }
        }
    }
    return order;
}

/**
 * The edges that decide the columns: every one with at least 2% of the episodes, and the widest way into and out of
 * each touchpoint. Rare ones would stretch the map without telling more.
 */
export function shapingEdges(graph: FlowGraph, order: readonly GraphNode[]): [string, string, number][] {
    const at = new Map(order.map((node, index) => [node.id, index]));
    const forward = graph.edges.filter((edge) => {
        const from = at.get(edge.from);
        const to = at.get(edge.to);
        return from !== undefined && to !== undefined && from < to;
    });
    const widest = new Map<string, { id: string; units: number }>();
    for (const edge of forward) {
        for (const side of [`out ${edge.from}`, `in ${edge.to}`]) {
            const best = widest.get(side);
            if (!best || edge.units > best.units || (edge.units === best.units && edge.id < best.id))
                widest.set(side, edge);
        }
    }
    const kept = new Set([...widest.values()].map((edge) => edge.id));
    return forward
        .filter((edge) => kept.has(edge.id) || edge.share >= 0.02)
        .sort((a, b) => (a.id < b.id ? -1 : 1))
        .map((edge) => [edge.from, edge.to, edge.units]);
}

/** Rows inside the lanes: touchpoints of one stage and lane stand one after the other, four to a row. */
export function laneRows(order: readonly GraphNode[]): { row: Map<string, number>; chains: [string, string][] } {
    const cells = new Map<string, GraphNode[]>();
    for (const node of order) {
        const key = `${node.stage} ${node.lane}`;
        cells.set(key, [...(cells.get(key) ?? []), node]);
    }
    const row = new Map<string, number>();
    const chains: [string, string][] = [];
    for (const cell of cells.values()) {
        const rows = Math.ceil(cell.length / rowLength);
        cell.forEach((node, index) => {
            row.set(node.id, index % rows);
            const before = cell[index - rows];
            if (before) chains.push([before.id, node.id]);
        });
    }
    return { row, chains };
}
