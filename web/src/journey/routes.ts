import type { FlowGraph, GraphEdge } from './flow-graph';
import { capsuleWidth, strokeOf, type Geometry, type Spot } from './geometry';
import { isStub, portsOf, runsForward, type Port } from './ports';

export interface Point {
    x: number;
    y: number;
}

/** How a path is drawn: one cubic stroke, and where its marks sit. */
export interface Route {
    id: string;
    d: string;
    width: number;
    /** Of all units, those that take it: how much it is in the way of words. */
    share: number;
    way: 'forward' | 'back' | 'loop' | 'stub';
    /** Points along it about every four pixels, for pointing and for keeping words off it. */
    points: Point[];
    /** Arrow at the end of a way back or loop. */
    arrow: string;
    /** The ink bar at which a stub ends or begins, as END and START do. */
    bar: string;
    /** Direction and place just before the arrival, for the two bars of a forced switch. */
    arrival: { at: Point; along: Point };
}

type Cubic = [Point, Point, Point, Point];

const round = (value: number) => Math.round(value * 10) / 10;
const at = (point: Point) => `${round(point.x)} ${round(point.y)}`;

function on([a, b, c, d]: Cubic, u: number): Point {
    const v = 1 - u;
    const blend = (p: number, q: number, r: number, s: number) => v * v * v * p + 3 * v * v * u * q + 3 * v * u * u * r + u * u * u * s;
    return { x: blend(a.x, b.x, c.x, d.x), y: blend(a.y, b.y, c.y, d.y) };
}

function sampled(curve: Cubic): Point[] {
    const length = Math.hypot(curve[1].x - curve[0].x, curve[1].y - curve[0].y)
        + Math.hypot(curve[2].x - curve[1].x, curve[2].y - curve[1].y) + Math.hypot(curve[3].x - curve[2].x, curve[3].y - curve[2].y);
    const count = Math.max(8, Math.min(240, Math.round(length / 4)));
    return Array.from({ length: count + 1 }, (_, index) => on(curve, index / count));
}

/** Pixels before the end at which the bars of a forced switch lie. */
const barsBefore = 18;

function arrivalOf(points: readonly Point[]): Route['arrival'] {
    const end = points[points.length - 1]!;
    let index = points.length - 2;
    while (index > 1 && Math.hypot(points[index]!.x - end.x, points[index]!.y - end.y) < barsBefore) {
        index--;
    }
    const here = points[index]!;
    const next = points[index + 1]!;
    const length = Math.hypot(next.x - here.x, next.y - here.y) || 1;
    return { at: here, along: { x: (next.x - here.x) / length, y: (next.y - here.y) / length } };
}

function route(edge: GraphEdge, curve: Cubic, width: number, way: Route['way'], arrow: string): Route {
    const points = sampled(curve);
    const d = `M${at(curve[0])}C${at(curve[1])} ${at(curve[2])} ${at(curve[3])}`;
    return { id: edge.id, d, width, share: edge.share, way, points, arrow, bar: '', arrival: arrivalOf(points) };
}

/** Touchpoints that a stroke would run over, so that a bow can go round them. */
function hits(points: readonly Point[], width: number, spots: readonly Spot[], ends: readonly [Spot, Spot]): number {
    let count = 0;
    for (const spot of spots) {
        if (spot === ends[0] || spot === ends[1]) {
            continue;
        }
        const reachX = capsuleWidth / 2 + 2;
        const reachY = spot.height / 2 + width / 2 + 2;
        if (points.some((point) => Math.abs(point.x - spot.x) < reachX && Math.abs(point.y - spot.y) < reachY)) {
            count++;
        }
    }
    return count;
}

/** A level path goes round by bowing up or down; a steep one by turning earlier or later. */
const bows = [0, -34, 34, -58, 58, -84, 84].map((bow) => ({ bow, reach: 0.52 }));
const turns = [0.52, 0.64, 0.42, 0.78, 0.32].map((reach) => ({ bow: 0, reach }));
const levelBelow = 40;

function forward(edge: GraphEdge, from: Spot, to: Spot, port: Port, geometry: Geometry, near: readonly Spot[]): Route {
    const start = { x: from.x + (from.end ? 2 : capsuleWidth / 2), y: port.out };
    const end = { x: to.x - (to.end ? 2 : capsuleWidth / 2), y: port.in };
    let best: Route | null = null;
    let least = Infinity;
    for (const { bow, reach } of Math.abs(end.y - start.y) < levelBelow ? bows : turns) {
        const along = Math.max(18, (end.x - start.x) * reach);
        const curve: Cubic = [start, { x: start.x + along, y: start.y + bow }, { x: end.x - along, y: end.y + bow }, end];
        const drawn = route(edge, curve, port.width, 'forward', '');
        const outside = drawn.points.some((point) => point.y < geometry.top + 2 || point.y > geometry.bottom - 2);
        const strange = Math.abs(bow) + Math.abs(reach - 0.52) * 100;
        const cost = hits(drawn.points, port.width, near, [from, to]) * 100 + strange + (outside ? 900 : 0);
        if (cost < least) {
            best = drawn;
            least = cost;
        }
        if (cost === 0) {
            break;
        }
    }
    return best!;
}

const stubLength = 20;

/** A rare early end (down and to the right) or late beginning (from the upper left), with a bar of its own. */
function stub(edge: GraphEdge, from: Spot, to: Spot, port: { out: number; in: number; width: number }): Route {
    const leaves = to.end;
    const side = capsuleWidth / 2;
    const start = leaves ? { x: from.x + side, y: port.out } : { x: to.x - side - stubLength, y: port.in - stubLength * 0.7 };
    const end = leaves ? { x: from.x + side + stubLength, y: port.out + stubLength * 0.7 } : { x: to.x - side, y: port.in };
    const half = stubLength * 0.6;
    const drawn = route(edge, [start, { x: start.x + half, y: start.y }, { x: end.x - half, y: end.y }, end], port.width, 'stub', '');
    const tip = leaves ? end : start;
    const high = port.width / 2 + 3;
    return { ...drawn, bar: `M${at({ x: tip.x, y: tip.y - high })}V${round(tip.y + high)}` };
}

/** An arrowhead at `tip`, pointing up or down. */
function head(tip: Point, down: boolean, size: number): string {
    const back = down ? -size * 1.3 : size * 1.3;
    return `M${at({ x: tip.x - size, y: tip.y + back })}L${at(tip)}L${at({ x: tip.x + size, y: tip.y + back })}`;
}

function back(edge: GraphEdge, from: Spot, to: Spot, width: number, nth: number): Route {
    const spread = ((nth % 3) - 1) * 3;
    const size = 3.5 + width * 0.35;
    const level = Math.abs(to.y - from.y) < 24;
    const down = level || to.y > from.y;
    const start = { x: from.x + spread, y: from.y + (down ? 1 : -1) * (from.height / 2 + 2) };
    const tipDown = !level && down;
    const end = { x: to.x + spread, y: to.y + (tipDown ? -1 : 1) * (to.height / 2 + 3) };
    const span = Math.abs(end.x - start.x);
    const depth = level ? 20 + Math.min(34, span * 0.14) : Math.max(24, Math.min(60, Math.abs(end.y - start.y) * 0.45));
    const curve: Cubic = [
        start,
        { x: start.x, y: start.y + (down ? depth : -depth) },
        { x: end.x, y: end.y + (tipDown ? -depth : depth) },
        end,
    ];
    return route(edge, curve, width, 'back', head(end, tipDown, size));
}

function loop(edge: GraphEdge, spot: Spot, width: number): Route {
    const y = spot.y - spot.height / 2 - 1;
    const curve: Cubic = [{ x: spot.x - 3, y }, { x: spot.x - 16, y: y - 21 }, { x: spot.x + 16, y: y - 21 }, { x: spot.x + 3, y }];
    return route(edge, curve, width, 'loop', head(curve[3], true, 3));
}

/** The strokes of all paths, by id. Forward ones go round touchpoints that they would otherwise run over. */
export function routesOf(graph: FlowGraph, geometry: Geometry): Map<string, Route> {
    const ports = portsOf(graph, geometry);
    const routes = new Map<string, Route>();
    const used = new Set(graph.nodes.filter((node) => node.used).map((node) => node.id));
    const spots = [...geometry.spots.values()].filter((spot) => !spot.end && used.has(spot.id));
    let ways = 0;
    for (const edge of graph.edges) {
        const from = geometry.spots.get(edge.from);
        const to = geometry.spots.get(edge.to);
        if (!from || !to) {
            continue;
        }
        const width = strokeOf(edge.share, geometry.weight);
        if (edge.from === edge.to) {
            routes.set(edge.id, loop(edge, from, width));
        } else if (isStub(edge, from, to, geometry)) {
            routes.set(edge.id, stub(edge, from, to, ports.get(edge.id)!));
        } else if (runsForward(from, to)) {
            const near = spots.filter((spot) => spot.x > from.x && spot.x < to.x);
            routes.set(edge.id, forward(edge, from, to, ports.get(edge.id)!, geometry, near));
        } else {
            routes.set(edge.id, back(edge, from, to, width, ways++));
        }
    }
    return routes;
}

/** The two bars across the arrival of a forced switch. */
export function forcedBars({ arrival, width }: Route): string {
    const { at: here, along } = arrival;
    const half = width / 2 + 3.5;
    const bar = (shift: number) => {
        const x = here.x + along.x * shift;
        const y = here.y + along.y * shift;
        return `M${at({ x: x - along.y * half, y: y + along.x * half })}L${at({ x: x + along.y * half, y: y - along.x * half })}`;
    };
    return bar(-2) + bar(2.5);
}
