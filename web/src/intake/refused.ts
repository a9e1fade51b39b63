import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { get, type Schema } from '../api/client';
import { capital, count, countOf, inWords } from '../design/format';

export type RefusedItem = Schema['RefusedItem'];
export type RefusedList = Schema['RefusedList'];
export type Door = Schema['Door'];
export type RefusedState = Schema['RefusedState'];
export type Tried = Schema['Tried'];

/** The kind of items that the list is narrowed to; '' is any. */
export interface Sought { door: Door | ''; code: string; state: RefusedState }

/** Refused items, newest first, page by page. */
export function useRefused({ door, code, state }: Sought, enabled: boolean) {
    return useInfiniteQuery({
        queryKey: ['/api/refused', door, code, state],
        queryFn: ({ pageParam, signal }) => get('/api/refused', {
            query: { state, limit: 50, ...(door ? { door } : {}), ...(code ? { code } : {}), ...(pageParam ? { after: pageParam } : {}) }, signal,
        }),
        initialPageParam: '',
        getNextPageParam: ({ next }) => next ?? undefined,
        placeholderData: keepPreviousData,
        enabled,
    });
}

export function useRefusedItem(id: string) {
    return useQuery({
        queryKey: ['/api/refused/{id}', id], queryFn: ({ signal }) => get('/api/refused/{id}', { path: { id }, signal }),
        meta: { live: false }, enabled: id !== '',
    });
}

const doors: Record<Door, string> = { encounters: 'the API', cloudevents: 'CloudEvents', segment: 'Segment', webhook: 'a webhook' };
export const doorText = (door: Door): string => doors[door] ?? door;
export const doorNames = Object.keys(doors) as Door[];

const states: Record<RefusedState, string> = { open: 'waiting', replayed: 'sent again', dropped: 'dropped' };
export const stateText = (state: RefusedState): string => states[state] ?? state;
export const stateNames = Object.keys(states) as RefusedState[];

/** "no_user_anon_id" as people read it. */
export const codeText = (code: string): string => code.replaceAll('_', ' ');

/** The kinds of items that wait, the largest first. */
export function waitingKinds(counts: RefusedList['counts']): { door: Door; code: string; items: number }[] {
    return counts.filter(({ state }) => state === 'open').map(({ door, code, items }) => ({ door, code, items })).sort((a, b) => b.items - a.items);
}

/** Is everything arriving, and is it right? The sentence of the page. */
export function dataSentence(counts: RefusedList['counts'] | null, encounters: number): string {
    if (counts === null) {
        return encounters === 0 ? 'Nothing has arrived yet.' : `${countOf(encounters, 'encounter')} have arrived.`;
    }
    const kinds = waitingKinds(counts);
    const waiting = kinds.reduce((sum, { items }) => sum + items, 0);
    if (waiting === 0) {
        return encounters === 0 ? 'Nothing has arrived yet, and nothing was refused.' : 'Everything that arrived was taken; nothing waits.';
    }
    const first = kinds[0]!;
    const why = kinds.length === 1 ? `all of them for \u201c${codeText(first.code)}\u201d` : `${inWords(first.items)} of them for \u201c${codeText(first.code)}\u201d at ${doorText(first.door)}`;
    return waiting === 1 ? `One item was refused and waits, for \u201c${codeText(first.code)}\u201d.` : `${capital(inWords(waiting))} items were refused and wait, ${why}.`;
}

/** What came of sending an item again, or would come of it. */
export function outcomeText({ dry_run: dry, done, outcome, refused }: Tried): string {
    const why = refused.map(({ reason, code }) => reason ?? codeText(code)).join('; ');
    if (done) {
        const how = ['would be taken', 'accepted'].includes(outcome) ? '' : `: ${outcome}`;
        return `${dry ? 'It would be taken' : 'Taken'}${how}.`;
    }
    return `${dry ? 'It would not be taken' : 'Not taken'}: ${why || outcome}.`;
}

/** "12 of 40 were taken; 28 were refused again." */
export function allTriedText({ looked_at: looked, done, refused, conflicts }: { looked_at: number; done: number; refused: number; conflicts: number }): string {
    const rest = [refused > 0 && `${count(refused)} refused again`, conflicts > 0 && `${count(conflicts)} in conflict with what is there`].filter(Boolean).join(', ');
    return looked === 0 ? 'None waits any more.' : `${count(done)} of ${count(looked)} taken${rest === '' ? '' : `; ${rest}`}.`;
}

/** The tokens of a JSON text: texts, brackets and marks, and numbers, true, false and null as they were written. */
const tokens = /"(?:[^"\\]+|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

function isJson(text: string): boolean {
    try {
        JSON.parse(text);
        return true;
    } catch {
        return false;
    }
}

/**
 * A JSON text over several lines, for reading and correcting; anything else as it is. Only the space between the tokens
 * changes: read as values, numbers beyond 2^53 would come back as others, and of a field that stands twice one would go.
 */
export function laidOut(text: string): string {
    if (!isJson(text)) {
        return text;
    }
    let out = '';
    let depth = 0;
    let before = '';
    const line = () => `\n${'  '.repeat(depth)}`;
    for (const [token] of text.matchAll(tokens)) {
        const opened = before === '{' || before === '[';
        const closes = token === '}' || token === ']';
        depth -= closes ? 1 : 0;
        out += opened !== closes || before === ',' ? line() : '';
        out += token === ':' ? ': ' : token;
        depth += token === '{' || token === '[' ? 1 : 0;
        before = token;
    }
    return out;
}
