import type { Schema } from '../api/client';
import { agoText, countOf, dayText, inWords, secondsSince } from '../design/format';
import type { Status } from '../design/marks';

export type Key = Schema['Key'];

const dayMs = 86_400_000;
const soonDays = 14;

/** Whether a key still opens anything, and for how long. */
export function keyState(key: Key, now: number): { open: boolean; status: Status; words: string; sub: string } {
    if (key.revoked !== null) {
        return { open: false, status: 'broken', words: 'revoked', sub: dayText(key.revoked) };
    }
    const left = Date.parse(key.expires) - now;
    if (left <= 0) {
        return { open: false, status: 'late', words: 'ended', sub: dayText(key.expires) };
    }
    const days = Math.floor(left / dayMs);
    const words = days === 0 ? 'ends today' : `ends in ${countOf(days, 'day')}`;
    return { open: true, status: days < soonDays ? 'alarm' : 'kept', words, sub: dayText(key.expires) };
}

export function usedText(key: Key, now: number): string {
    if (key.used === null) {
        return 'never used';
    }
    const seconds = secondsSince(key.used, now);
    return seconds < 120 ? 'used just now' : seconds < 30 * 86_400 ? `used ${agoText(seconds)}` : `used on ${dayText(key.used)}`;
}

/** The sentence of the page: how many open the door, and which ends first if that is soon. */
export function keysSentence(keys: readonly Key[], now: number): string {
    const open = keys.filter((key) => keyState(key, now).open).sort((a, b) => Date.parse(a.expires) - Date.parse(b.expires));
    if (open.length === 0) {
        return keys.length === 0 ? 'No program has a key yet.' : 'No key opens anything any more.';
    }
    const first = keyState(open[0]!, now);
    const many = open.length === 1 ? 'One key is in use' : `${capitalWords(open.length)} keys are in use`;
    return first.status === 'alarm' ? `${many}; \u201c${open[0]!.name}\u201d ${first.words}.` : `${many}; none ends within two weeks.`;
}

function capitalWords(value: number): string {
    const words = inWords(value);
    return words.charAt(0).toUpperCase() + words.slice(1);
}
