import type { Schema } from '../api/client';
import { capital, dayKey, inWords } from '../design/format';

export type Encounter = Schema['CustomerEncounter'];
export type PromiseMade = Schema['EncounterPromise'];

/** What the timeline shows, newest first. */
export type TimelineRow =
    /** An encounter; `times` more than one when the same thing came again on the same day without anything said. */
    | { kind: 'encounter'; key: string; thread: string; time: string; newDay: boolean; encounter: Encounter; times: number }
    /** A promise that is still open and falls due later. */
    | { kind: 'ahead'; key: string; thread: string; time: string; newDay: boolean; promise: PromiseMade; made: string }
    /** A spell without any encounter, or with the same small thing again and again: `folded` of them are not shown. */
    | { kind: 'quiet'; key: string; thread: ''; text: string; folded: number };

const day = 86_400_000;
const quietFrom = 21 * day;
const foldedFrom = 3;

/** The rows of a timeline whose encounters come oldest first; `opened` are the keys of folded spells to show in full. */
export function timelineRows(encounters: readonly Encounter[], opened: ReadonlySet<string> = new Set()): TimelineRow[] {
    const rows: TimelineRow[] = [];
    let above: Exclude<TimelineRow, { kind: 'quiet' }> | null = null;
    for (const part of folded([...aheadRows(encounters), ...encounterRows(encounters)], opened)) {
        if (part.kind === 'quiet') {
            rows.push(part);
            above = null;
            continue;
        }
        if (above) {
            part.newDay = dayKey(above.time) !== dayKey(part.time);
            const gap = Date.parse(above.time) - Date.parse(part.time);
            if (above.kind === 'encounter' && gap >= quietFrom) {
                rows.push({ kind: 'quiet', key: `quiet ${part.key}`, thread: '', text: quietText(gap), folded: 0 });
            }
        }
        rows.push(part);
        above = part;
    }
    return rows;
}

/** Folds runs of the same small thing, where nobody said or promised anything and no thread was open, into one line. */
function folded(rows: TimelineRow[], opened: ReadonlySet<string>): TimelineRow[] {
    const parts: TimelineRow[] = [];
    for (let i = 0; i < rows.length;) {
        const first = rows[i]!;
        let end = i + 1;
        while (end < rows.length && isSameSmallThing(first, rows[end]!)) {
            end += 1;
        }
        const run = rows.slice(i, end) as Extract<TimelineRow, { kind: 'encounter' }>[];
        const key = `folded ${first.key}`;
        if (run.length >= foldedFrom && !opened.has(key)) {
            const times = run.reduce((sum, row) => sum + row.times, 0);
            const span = Date.parse(run[0]!.time) - Date.parse(run.at(-1)!.time);
            parts.push({ kind: 'quiet', key, thread: '', folded: times, text: foldedText(run[0]!.encounter.touchpoint, times, span) });
        } else {
            parts.push(...run);
        }
        i = end;
    }
    return parts;
}

function foldedText(touchpoint: string, times: number, span: number): string {
    const what = `${capital(touchpoint)}, ${inWords(times)} times`;
    return span >= quietFrom ? `${quietText(span)}: ${what}` : what;
}

function isSameSmallThing(a: TimelineRow, b: TimelineRow): boolean {
    if (a.kind !== 'encounter' || b.kind !== 'encounter') {
        return false;
    }
    const small = [a, b].every(({ encounter }) => encounter.thread === '' && says(encounter) === '');
    return small && a.encounter.touchpoint === b.encounter.touchpoint && a.encounter.channel === b.encounter.channel;
}

/** "Ten quiet weeks", "Four quiet months", "Two quiet years". */
export function quietText(gap: number): string {
    const days = gap / day;
    const [size, unit] = days >= 730 ? [365.25, 'years'] : days >= 120 ? [30.44, 'months'] : [7, 'weeks'];
    const words = inWords(Math.floor(days / size));
    return `${words.charAt(0).toUpperCase()}${words.slice(1)} quiet ${unit}`;
}

function aheadRows(encounters: readonly Encounter[]): TimelineRow[] {
    const latest = encounters.at(-1)?.time ?? '';
    const ahead = encounters.flatMap((encounter, i) => encounter.promises
        .filter(({ outcome, due }) => (outcome === 'open' || outcome === 'at_risk') && due > latest)
        .map((promise): TimelineRow => ({
            kind: 'ahead', key: `due ${i} ${promise.promise}`, thread: encounter.thread, time: promise.due, newDay: true, promise, made: encounter.time,
        })));
    return ahead.sort((a, b) => (a.kind !== 'quiet' && b.kind !== 'quiet' && a.time < b.time ? 1 : -1));
}

function encounterRows(encounters: readonly Encounter[]): TimelineRow[] {
    const rows: Extract<TimelineRow, { kind: 'encounter' }>[] = [];
    for (let i = encounters.length - 1; i >= 0; i -= 1) {
        const encounter = encounters[i]!;
        const above = rows.at(-1);
        if (above && says(above.encounter) === '' && says(encounter) === '' && sameThing(above.encounter, encounter)) {
            above.times += 1;
            continue;
        }
        rows.push({ kind: 'encounter', key: `${i} ${encounter.id}`, thread: encounter.thread, time: encounter.time, newDay: true, encounter, times: 1 });
    }
    return rows;
}

function says(encounter: Encounter): string {
    return encounter.text + (encounter.score === null ? '' : 'score') + encounter.promises.map((p) => p.promise).join('');
}

function sameThing(a: Encounter, b: Encounter): boolean {
    return a.touchpoint === b.touchpoint && a.channel === b.channel && a.thread === b.thread && dayKey(a.time) === dayKey(b.time);
}

/** The threads in the order of their newest encounter, with how many encounters they have. */
export function threadsOf(encounters: readonly Encounter[]): { thread: string; encounters: number; latest: string }[] {
    const found = new Map<string, { thread: string; encounters: number; latest: string }>();
    for (const { thread, time } of encounters) {
        const entry = found.get(thread) ?? { thread, encounters: 0, latest: time };
        found.set(thread, { thread, encounters: entry.encounters + 1, latest: time > entry.latest ? time : entry.latest });
    }
    found.delete('');
    return [...found.values()].sort((a, b) => (a.latest < b.latest ? 1 : a.latest > b.latest ? -1 : a.thread < b.thread ? -1 : 1));
}
