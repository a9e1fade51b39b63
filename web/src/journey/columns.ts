import dagre from '@dagrejs/dagre';

import type { FlowGraph, GraphNode } from './flow-graph';
import { laneRows, orderNodes, shapingEdges } from './order';

/** Where a touchpoint stands, before anything is measured in pixels. */
export interface Slot {
    stage: number;
    /** Column inside the stage, from 0. */
    column: number;
    /** Shift from the middle of the column, in columns, so that what is above each other does not hide its ways. */
    shift: number;
    lane: number;
    /** Row inside the lane, from 0. Without lanes: the free height, 0 (top) to 1 (bottom). */
    row: number;
}

/** The frame of the map: made once from all paths, so that no slider and no filter ever moves a touchpoint. */
export interface Columns {
    slots: Record<string, Slot>;
    /** Columns per stage (one entry when there are no stages). */
    stageColumns: number[];
    /** Rows per lane; empty when height is free. */
    laneRows: number[];
    /** Pixels the map needs when height is free, so that what is above each other stays apart. */
    freeHeight: number;
    /** Touchpoints along the flow, for the keyboard and the order of drawing. */
    order: string[];
}

interface Placed {
    id: string;
    x: number;
    y: number;
}

/** Runs the layered layout: stages are kept apart by gates that everything before and after must pass. */
function layered(graph: FlowGraph, order: readonly GraphNode[], chains: readonly [string, string][]): Placed[] {
    const sheet = new dagre.graphlib.Graph();
    sheet.setGraph({ rankdir: 'LR', ranksep: 40, nodesep: 24, edgesep: 8 });
    sheet.setDefaultEdgeLabel(() => ({}));
    for (const node of order) sheet.setNode(`n ${node.id}`, { width: 8, height: 40 });
    const stages = [...new Set(order.map((node) => node.stage))].sort((a, b) => a - b);
    stages.slice(1).forEach((stage, index) => {
        const gate = `g ${index}`;
        sheet.setNode(gate, { width: 0, height: 0 });
        for (const node of order) {
            if (node.stage === stages[index]) sheet.setEdge(`n ${node.id}`, gate, { weight: 0 });
            if (node.stage === stage) sheet.setEdge(gate, `n ${node.id}`, { weight: 0 });
        }
    });
    for (const [from, to, units] of shapingEdges(graph, order)) {
        sheet.setEdge(`n ${from}`, `n ${to}`, { weight: 1 + Math.round((9 * units) / Math.max(1, graph.units)) });
    }
    for (const [from, to] of chains) {
        if (!sheet.hasEdge(`n ${from}`, `n ${to}`)) sheet.setEdge(`n ${from}`, `n ${to}`, { weight: 1 });
    }
    dagre.layout(sheet);
    return order.map((node) => ({ id: node.id, x: sheet.node(`n ${node.id}`).x, y: sheet.node(`n ${node.id}`).y }));
}

/** Spreads what shares a column and stands in different lanes a little, earlier ones to the left. */
function shifts(order: readonly GraphNode[], column: ReadonlyMap<string, number>): Map<string, number> {
    const groups = new Map<string, GraphNode[]>();
    for (const node of order) {
        const key = `${node.stage} ${column.get(node.id)}`;
        groups.set(key, [...(groups.get(key) ?? []), node]);
    }
    const shift = new Map<string, number>();
    for (const group of groups.values()) {
        group.forEach((node, index) =>
            shift.set(node.id, group.length > 1 ? (index / (group.length - 1) - 0.5) * 0.36 : 0),
        );
    }
    return shift;
}

/** Lays the graph out in stages, columns, lanes and rows. Deterministic; costs about a second for 300 touchpoints. */
export function layColumns(graph: FlowGraph): Columns {
    const order = orderNodes(graph);
    const laned = graph.lanes.length > 0;
    const { row, chains } = laned ? laneRows(order) : { row: new Map<string, number>(), chains: [] };
    const placed = layered(graph, order, chains);
    const stageCount = Math.max(1, graph.stages.length);
    const stageColumns: number[] = [];
    const column = new Map<string, number>();
    for (let stage = 0; stage < stageCount; stage++) {
        const members = placed.filter((_, index) => order[index]!.stage === stage);
        const ranks = [...new Set(members.map((one) => Math.round(one.x)))].sort((a, b) => a - b);
        for (const one of members) column.set(one.id, ranks.indexOf(Math.round(one.x)));
        stageColumns.push(Math.max(1, ranks.length));
    }
    const shift = laned ? shifts(order, column) : new Map<string, number>();
    const top = Math.min(...placed.map((one) => one.y));
    const high = Math.max(1, Math.max(...placed.map((one) => one.y)) - top);
    const slots: Record<string, Slot> = {};
    order.forEach((node, index) => {
        slots[node.id] = {
            stage: node.stage,
            column: column.get(node.id)!,
            shift: shift.get(node.id) ?? 0,
            lane: laned ? node.lane : 0,
            row: laned ? row.get(node.id)! : (placed[index]!.y - top) / high,
        };
    });
    return {
        slots,
        stageColumns,
        laneRows: graph.lanes.map(
            (_, lane) =>
                1 + Math.max(0, ...order.filter((node) => node.lane === lane).map((node) => row.get(node.id)!)),
        ),
        freeHeight: freeHeight(placed, high),
        order: order.map((node) => node.id),
    };
}

/** Least room between two touchpoints above each other, in pixels. */
const freeGap = 46;

function freeHeight(placed: readonly Placed[], high: number): number {
    const sorted = [...placed].sort((a, b) => Math.round(a.x) - Math.round(b.x) || a.y - b.y);
    let least = Infinity;
    for (let i = 1; i < sorted.length; i++) {
        const [a, b] = [sorted[i - 1]!, sorted[i]!];
        if (Math.round(a.x) === Math.round(b.x)) {
            least = Math.min(least, b.y - a.y);
        }
    }
    return Number.isFinite(least) ? (freeGap * high) / Math.max(1, least) : 0;
}
