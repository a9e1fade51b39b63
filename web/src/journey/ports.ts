import type { FlowGraph, GraphEdge } from './flow-graph';
import { strokeOf, type Geometry, type Spot } from './geometry';

/** Where a path leaves one capsule and reaches the next: its own stretch on either side. */
export interface Port {
    out: number;
    in: number;
    width: number;
}

/** True for a path that runs to the right. All others are ways back, and carry an arrow. */
export const runsForward = (from: Spot, to: Spot) => to.x - from.x > 12;

/** Shares below this that leave early, or come in late, are drawn as stubs: long lines across the map would say less. */
const stubBelow = 0.1;

/** True for a rare way to END from far before it, or from START to far behind it: drawn short, with its own end bar. */
export function isStub(edge: GraphEdge, from: Spot, to: Spot, geometry: Geometry): boolean {
    return (from.end || to.end) && edge.share < stubBelow && to.x - from.x > geometry.width * 0.3;
}

interface Stretch {
    edge: GraphEdge;
    width: number;
    other: Spot;
}

const order = (a: number, b: number) => (a === b ? 0 : a < b ? -1 : 1);

function stack(stretches: Stretch[], middle: number): Map<string, number> {
    const total = stretches.reduce((sum, one) => sum + one.width, 0);
    const at = new Map<string, number>();
    let y = middle - total / 2;
    for (const { edge, width } of stretches) {
        at.set(edge.id, y + width / 2);
        y += width;
    }
    return at;
}

/**
 * Gives every forward path its own stretch of the capsule's side, side by side without overlap, sorted by where the
 * path goes so that neighbours do not cross at the capsule. Stubs leave at the bottom and come in at the top.
 */
export function portsOf(graph: FlowGraph, geometry: Geometry): Map<string, Port> {
    const out = new Map<string, Stretch[]>();
    const into = new Map<string, Stretch[]>();
    const ports = new Map<string, Port>();
    const width = (edge: GraphEdge) => strokeOf(edge.share, geometry.weight);
    for (const edge of graph.edges) {
        const from = geometry.spots.get(edge.from);
        const to = geometry.spots.get(edge.to);
        if (from && to && edge.from !== edge.to && runsForward(from, to)) {
            const stub = isStub(edge, from, to, geometry);
            const leaves = { edge, width: width(edge), other: stub ? { ...to, y: Infinity } : to };
            const comes = { edge, width: width(edge), other: stub ? { ...from, y: -Infinity } : from };
            ports.set(edge.id, { out: from.y, in: to.y, width: width(edge) });
            if (!stub || !from.end) {
                out.set(edge.from, [...(out.get(edge.from) ?? []), leaves]);
            }
            if (!stub || !to.end) {
                into.set(edge.to, [...(into.get(edge.to) ?? []), comes]);
            }
        }
    }
    for (const [id, stretches] of out) {
        const middle = geometry.spots.get(id)!.y;
        // among those at one height the farther one bows over the nearer
        stretches.sort((a, b) => order(a.other.y, b.other.y) || b.other.x - a.other.x || (a.edge.id < b.edge.id ? -1 : 1));
        for (const [edge, y] of stack(stretches, middle)) {
            ports.get(edge)!.out = y;
        }
    }
    for (const [id, stretches] of into) {
        stretches.sort((a, b) => order(a.other.y, b.other.y) || a.other.x - b.other.x || (a.edge.id < b.edge.id ? -1 : 1));
        for (const [edge, y] of stack(stretches, geometry.spots.get(id)!.y)) {
            ports.get(edge)!.in = y;
        }
    }
    return ports;
}
