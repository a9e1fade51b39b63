import { capsuleWidth, type Geometry, type Spot } from './geometry';
import type { Point, Route } from './routes';
import { shortened, textWidth } from './text-width';

export interface Box {
    x: number;
    y: number;
    width: number;
    height: number;
}

/** Where the words of a touchpoint stand. `note` is drawn behind the name, or on a second line under it. */
export interface Label {
    id: string;
    text: string;
    note: string;
    lines: 1 | 2;
    anchor: 'start' | 'middle' | 'end';
    x: number;
    /** Baseline of the first line. */
    y: number;
    box: Box;
}

export interface Labelled {
    id: string;
    name: string;
    note: string;
    share: number;
}

const lineHeight = 13;
const ascent = 10.5;
const cell = 4;
/** A stroke that only touches a label's edge is not under it. */
const edge = 3;

/** How much ink lies in each cell of the map, summed up so that any box costs four look-ups. */
class InkSheet {
    private readonly columns: number;
    private readonly rows: number;
    private readonly top: number;
    private readonly sums: Float64Array;

    constructor(geometry: Geometry, routes: Iterable<Route>) {
        this.top = geometry.top - 40;
        this.columns = Math.ceil(geometry.width / cell) + 2;
        this.rows = Math.ceil((geometry.bottom + 40 - this.top) / cell) + 2;
        const ink = new Float64Array(this.columns * this.rows);
        for (const route of routes) {
            const reach = Math.max(0, Math.floor((route.width / 2 - 2) / cell));
            // what is seldom in the picture is seldom in the way
            const often = route.way === 'stub' ? 1 : Math.min(1, Math.max(0.08, route.share / 0.02));
            const weight = often * Math.min(3, 0.8 + route.width / 4);
            for (const point of route.points) {
                this.drop(ink, point, reach, weight);
            }
        }
        this.sums = new Float64Array(this.columns * this.rows);
        for (let row = 1; row < this.rows; row++) {
            let line = 0;
            for (let column = 1; column < this.columns; column++) {
                line += ink[row * this.columns + column]!;
                this.sums[row * this.columns + column] = this.sums[(row - 1) * this.columns + column]! + line;
            }
        }
    }

    private drop(ink: Float64Array, point: Point, reach: number, weight: number): void {
        const column = Math.floor(point.x / cell) + 1;
        const row = Math.floor((point.y - this.top) / cell) + 1;
        for (let step = -reach; step <= reach; step++) {
            const r = row + step;
            if (r > 0 && r < this.rows && column > 0 && column < this.columns) {
                ink[r * this.columns + column]! += weight / (2 * reach + 1);
            }
        }
    }

    /** Ink under a box. */
    under(box: Box): number {
        const clampX = (x: number) => Math.max(0, Math.min(this.columns - 1, Math.floor(x / cell) + 1));
        const clampY = (y: number) => Math.max(0, Math.min(this.rows - 1, Math.floor((y - this.top) / cell) + 1));
        const [x0, x1] = [Math.max(0, clampX(box.x) - 1), clampX(box.x + box.width)];
        const [y0, y1] = [Math.max(0, clampY(box.y + edge) - 1), clampY(box.y + box.height - edge)];
        const sum = (x: number, y: number) => this.sums[y * this.columns + x]!;
        return sum(x1, y1) - sum(x0, y1) - sum(x1, y0) + sum(x0, y0);
    }
}

const overlap = (a: Box, b: Box) =>
    a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** Boxes by coarse columns, so that a look-up meets only neighbours. */
class Taken {
    private readonly columns = new Map<number, Box[]>();

    add(box: Box): void {
        for (let column = Math.floor(box.x / 64); column <= Math.floor((box.x + box.width) / 64); column++) {
            const boxes = this.columns.get(column);
            if (boxes) {
                boxes.push(box);
            } else {
                this.columns.set(column, [box]);
            }
        }
    }

    meets(box: Box): boolean {
        for (let column = Math.floor(box.x / 64); column <= Math.floor((box.x + box.width) / 64); column++) {
            if (this.columns.get(column)?.some((other) => overlap(box, other))) {
                return true;
            }
        }
        return false;
    }
}

const gap = 5;

/** The quadrants in which a label may stand, best first for a middle lane. */
function candidates(spot: Spot, label: Labelled, text: string): Label[] {
    const name = textWidth(text, 'name');
    const note = textWidth(label.note, 'note');
    const space = label.note === '' ? 0 : 4;
    const one = name + space + note;
    const two = Math.max(name, note);
    const top = spot.y - spot.height / 2;
    const foot = spot.y + spot.height / 2;
    const side = capsuleWidth / 2 + gap - 1;
    const made: Label[] = [];
    const add = (lines: 1 | 2, anchor: Label['anchor'], x: number, y: number) => {
        const width = lines === 1 ? one : two;
        const left = anchor === 'start' ? x : anchor === 'end' ? x - width : x - width / 2;
        const box = { x: left - 1, y: y - ascent, width: width + 2, height: lines * lineHeight + 1 };
        made.push({ id: label.id, text, note: label.note, lines, anchor, x, y, box });
    };
    for (const far of [0, 9]) {
        add(2, 'middle', spot.x, top - gap - lineHeight - far);
        add(1, 'middle', spot.x, top - gap - far);
        add(1, 'middle', spot.x, foot + ascent + gap - 2 + far);
        add(2, 'middle', spot.x, foot + ascent + gap - 2 + far);
        add(1, 'start', spot.x + side, top - 1 - far);
        add(1, 'start', spot.x + side - 4, foot + ascent + 2 + far);
        add(2, 'start', spot.x + side - 4, foot + ascent + 2 + far);
        add(1, 'end', spot.x - side + 4, foot + ascent + 2 + far);
        add(2, 'end', spot.x - side + 4, foot + ascent + 2 + far);
        add(1, 'end', spot.x - side, top - 1 - far);
        add(2, 'start', spot.x + side, top - 1 - lineHeight - far);
        add(2, 'end', spot.x - side, top - 1 - lineHeight - far);
    }
    add(1, 'start', spot.x + side + 2, spot.y + 4);
    add(1, 'end', spot.x - side - 2, spot.y + 4);
    return made;
}

/** Where labels may stand. */
export interface Frame {
    left: number;
    right: number;
    top: number;
    bottom: number;
    /** Other words on the map that no label may touch. */
    reserved?: readonly Box[];
}

/**
 * Places the words of every touchpoint in a free quadrant: above in the top lane, below in the bottom lane, else where
 * least ink lies. No two labels and no label and capsule ever overlap. Where nothing is free the name is shortened, and
 * at last left out (it is then said on hover and focus). Those with most episodes choose first.
 */
export function placeLabels(
    labelled: readonly Labelled[], geometry: Geometry, routes: ReadonlyMap<string, Route>, frame: Frame, lanes: number,
): Map<string, Label> {
    const ink = new InkSheet(geometry, routes.values());
    const taken = new Taken();
    for (const spot of geometry.spots.values()) {
        taken.add({ x: spot.x - capsuleWidth / 2 - 1, y: spot.y - spot.height / 2 - 1, width: capsuleWidth + 2, height: spot.height + 2 });
    }
    for (const box of frame.reserved ?? []) {
        taken.add(box);
    }
    const placed = new Map<string, Label>();
    const order = [...labelled].sort((a, b) => b.share - a.share || (a.id < b.id ? -1 : 1));
    for (const label of order) {
        const spot = geometry.spots.get(label.id);
        if (!spot) {
            continue;
        }
        const best = bestOf(label, spot, ink, taken, frame, lanes);
        if (best) {
            placed.set(label.id, best);
            taken.add(best.box);
        }
    }
    return placed;
}

function bestOf(label: Labelled, spot: Spot, ink: InkSheet, taken: Taken, frame: Frame, lanes: number): Label | null {
    const rooms = [Infinity, 112, 84, 52];
    for (const room of rooms) {
        const text = room === Infinity ? label.name : shortened(label.name, room);
        if (room !== Infinity && text === label.name) {
            continue;
        }
        let best: Label | null = null;
        let least = Infinity;
        candidates(spot, label, text).forEach((candidate, rank) => {
            const { box } = candidate;
            const outside = box.x < frame.left || box.x + box.width > frame.right || box.y < frame.top || box.y + box.height > frame.bottom;
            if (outside || taken.meets(box)) {
                return;
            }
            const above = box.y + box.height / 2 < spot.y;
            const wanted = lanes > 1 && (spot.lane === 0 ? above : spot.lane === lanes - 1 ? !above : true);
            const cost = ink.under(box) + rank * 0.35 + (wanted || lanes <= 1 ? 0 : 8);
            if (cost < least) {
                best = candidate;
                least = cost;
            }
        });
        if (best) {
            return best;
        }
    }
    return null;
}

/** A place next to a line, on its right and lower side, so that words do not cover it. */
function besideLine(here: Point, next: Point, width: number): Point {
    const length = Math.hypot(next.x - here.x, next.y - here.y) || 1;
    const [along, down] = [Math.abs(next.x - here.x) / length, (next.y - here.y) / length];
    const steep = Math.abs(down);
    return { x: here.x + steep * (width / 2 + 3) * (down > 0 ? 1 : -1), y: here.y + along * 10 };
}

export interface TimeLabel {
    id: string;
    text: string;
    x: number;
    y: number;
    box: Box;
}

/** Places the times of the widest paths on them (`aside`: beside their middle line), where they touch no other words; at most `limit`. */
export function placeTimes(
    times: readonly { id: string; text: string; aside?: boolean }[], routes: ReadonlyMap<string, Route>, labels: ReadonlyMap<string, Label>, geometry: Geometry, limit: number,
): TimeLabel[] {
    const taken = new Taken();
    for (const label of labels.values()) {
        taken.add(label.box);
    }
    for (const spot of geometry.spots.values()) {
        taken.add({ x: spot.x - 9, y: spot.y - spot.height / 2 - 2, width: 18, height: spot.height + 4 });
    }
    const placed: TimeLabel[] = [];
    for (const time of times) {
        const route = routes.get(time.id);
        if (!route || placed.length >= limit) {
            continue;
        }
        const width = textWidth(time.text, 'note') + 4;
        for (const part of [0.5, 0.42, 0.58, 0.34, 0.66]) {
            const index = Math.min(route.points.length - 2, Math.round(part * (route.points.length - 1)));
            const point = time.aside ? besideLine(route.points[index]!, route.points[index + 1]!, width) : route.points[index]!;
            const box = { x: point.x - width / 2, y: point.y - 7, width, height: 14 };
            if (!taken.meets(box)) {
                taken.add(box);
                placed.push({ id: time.id, text: time.text, x: point.x, y: point.y + 4, box });
                break;
            }
        }
    }
    return placed;
}
