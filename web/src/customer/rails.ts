/** Which rail a thread runs on. Pure; rows are in the order shown, newest first. */
export interface Threaded {
    /** '' belongs to no thread. */
    thread: string;
}

export type RailPart =
    /** passes through the row */
    | 'through'
    /** its newest row: starts at the dot and goes down */
    | 'newest'
    /** its oldest row: comes from above and ends at the dot */
    | 'oldest';

export interface Rails {
    /** How many rails stand side by side. */
    lanes: number;
    /** For each row the lane of its dot. */
    dots: number[];
    /** For each row what each lane shows, null for nothing; the thread is named for its style. */
    parts: ({ part: RailPart; thread: string } | null)[][];
}

const lanesMax = 5;

/**
 * One lane per thread while it runs, the leftmost that is free; a thread keeps its lane from its newest row to its
 * oldest. A row without a thread, or of a thread beyond the fifth at once, has a dot but no rail.
 */
export function railsOf(rows: readonly Threaded[]): Rails {
    const spans = new Map<string, { thread: string; first: number; last: number; lane: number }>();
    rows.forEach(({ thread }, row) => {
        const span = spans.get(thread);
        if (thread !== '' && span) {
            span.last = row;
        } else if (thread !== '') {
            spans.set(thread, { thread, first: row, last: row, lane: -1 });
        }
    });
    const takenTo: number[] = []; // for each lane the last row it is taken to
    for (const span of [...spans.values()].sort((a, b) => a.first - b.first || b.last - a.last)) {
        let lane = takenTo.findIndex((last) => last < span.first);
        if (lane < 0) {
            lane = takenTo.length;
        }
        if (lane < lanesMax) {
            takenTo[lane] = span.last;
            span.lane = lane;
        }
    }
    const lanes = Math.max(1, takenTo.length);
    const parts = rows.map(() => new Array<Rails['parts'][number][number]>(lanes).fill(null));
    for (const { thread, first, last, lane } of spans.values()) {
        for (let row = first; lane >= 0 && first < last && row <= last; row += 1) {
            parts[row]![lane] = { thread, part: row === first ? 'newest' : row === last ? 'oldest' : 'through' };
        }
    }
    const dots = rows.map(({ thread }, row) => {
        const lane = spans.get(thread)?.lane ?? -1;
        if (lane >= 0) {
            return lane;
        }
        const singles = [...spans.values()].filter((span) => span.first === row && span.last === row).map((span) => span.lane);
        const free = parts[row]!.findIndex((part, i) => part === null && !singles.includes(i));
        return free < 0 ? lanes - 1 : free;
    });
    return { lanes, dots, parts };
}
