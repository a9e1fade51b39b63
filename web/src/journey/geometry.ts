import { END, START } from './answer';
import type { Columns } from './columns';
import type { FlowGraph } from './flow-graph';

/** What the map is drawn in. Text and strokes keep their size, only distances follow the window and the zoom. */
export interface Sheet {
    width: number;
    /** Height that the lanes would like to fill; they take more when they need it. */
    lanesHeight: number;
    zoom: number;
    /** Width of the words at the left of the lanes. */
    words: number;
}

export interface Spot {
    id: string;
    x: number;
    y: number;
    /** Height of the capsule: the share of the episodes. */
    height: number;
    lane: number;
    row: number;
    end: boolean;
}

export interface Band {
    from: number;
    to: number;
}

export interface Geometry {
    width: number;
    top: number;
    bottom: number;
    spots: Map<string, Spot>;
    /** Left and right of each stage; one band when there are no stages. */
    stages: Band[];
    /** Top and bottom of each lane; one band when height is free. */
    lanes: Band[];
    /** Pixels per share of episodes. */
    weight: number;
}

export const capsuleWidth = 8;
/** Least room for a column, in pixels: two capsules, and a way between them that can be pointed at. */
export const columnLeast = 36;
/** Room for a column where the map is wider than its box anyway, and panned. */
const columnEasy = 46;
export const rowLeast = 64;
const margin = 14;
const strokeLeast = 1.5;

/** Width of a path's stroke: linear in the episodes that take it, never too thin to be pointed at. */
export const strokeOf = (share: number, weight: number) => Math.max(strokeLeast, share * weight);

/** Columns' worth of air at the two sides of a stage together. */
const stageAir = 0.7;
const stageLeast = 2;

/** Width of the map in a box: that of the box while every column has its room, else what reads well, to be panned. */
export function fittingWidth(columns: Columns, { width, words }: Sheet): number {
    const needed = (least: number) => words + margin + columnSum(columns) * least;
    return needed(columnLeast) <= width ? width : needed(columnEasy);
}

const stageSpan = (count: number) => Math.max(stageLeast, count + stageAir);
const columnSum = (columns: Columns) => columns.stageColumns.reduce((sum, count) => sum + stageSpan(count), 0);

/** Height the lanes need at least. */
export function leastHeight(columns: Columns): number {
    const rows = columns.laneRows.reduce((sum, count) => sum + count, 0);
    return rows > 0 ? rows * rowLeast : Math.max(300, columns.freeHeight + 84);
}

function meanHeight(graph: FlowGraph, spots: Map<string, Spot>, end: string, top: number, bottom: number): number {
    let weight = 0;
    let sum = 0;
    for (const edge of graph.edges) {
        const other = edge.from === end ? spots.get(edge.to) : edge.to === end ? spots.get(edge.from) : undefined;
        if (other) {
            weight += edge.units;
            sum += edge.units * other.y;
        }
    }
    const y = weight > 0 ? sum / weight : (top + bottom) / 2;
    return Math.min(bottom - 40, Math.max(top + 40, y));
}

/** Puts everything in pixels. `top` is where the lanes begin. Pure: the same columns and sheet give the same places. */
export function geometryOf(graph: FlowGraph, columns: Columns, sheet: Sheet, top: number): Geometry {
    const width = fittingWidth(columns, sheet) * sheet.zoom;
    const high = Math.max(sheet.lanesHeight, leastHeight(columns)) * (1 + (sheet.zoom - 1) * 0.7);
    const unit = (width - sheet.words - margin) / columnSum(columns);
    const stages: Band[] = [];
    let left = sheet.words;
    for (const count of columns.stageColumns) {
        const right = left + stageSpan(count) * unit;
        stages.push({ from: left, to: right });
        left = right;
    }
    const rows = columns.laneRows.reduce((sum, count) => sum + count, 0);
    const rowHeight = rows > 0 ? high / rows : high;
    const lanes: Band[] = [];
    let laneTop = top;
    for (const count of rows > 0 ? columns.laneRows : [1]) {
        lanes.push({ from: laneTop, to: laneTop + count * rowHeight });
        laneTop += count * rowHeight;
    }
    const bottom = top + high;
    const weight = 43 * Math.min(1.4, Math.max(0.7, rowHeight / 84), rows > 0 ? 1.4 : 1);
    const spots = new Map<string, Spot>();
    for (const node of graph.nodes) {
        const slot = columns.slots[node.id];
        const stage = slot && stages[slot.stage];
        if (!slot || !stage) {
            continue;
        }
        const count = columns.stageColumns[slot.stage]!;
        const middle = (stage.from + stage.to) / 2;
        const lane = lanes[slot.lane] ?? lanes[0]!;
        spots.set(node.id, {
            id: node.id,
            x: middle + (slot.column - (count - 1) / 2 + slot.shift) * unit,
            y: rows > 0 ? lane.from + (slot.row + 0.5) * rowHeight + 4 : top + 44 + slot.row * (high - 84),
            height: Math.max(10, strokeOf(node.share, weight) + 2),
            lane: slot.lane,
            row: rows > 0 ? slot.row : 0,
            end: false,
        });
    }
    for (const [id, x] of [[START, sheet.words - 2], [END, width - margin + 4]] as const) {
        spots.set(id, {
            id, x, y: meanHeight(graph, spots, id, top, bottom), height: weight + 2, lane: -1, row: 0, end: true,
        });
    }
    return { width, top, bottom, spots, stages, lanes, weight };
}
