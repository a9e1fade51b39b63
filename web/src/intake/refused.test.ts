import { describe, expect, it } from 'vitest';
import { sourceText } from '../account/users';
import { arrivals } from './arrivals';
import { allTriedText, dataSentence, laidOut, outcomeText, waitingKinds, type RefusedList, type Tried } from './refused';

type Counts = RefusedList['counts'];
const kind = (items: number, more: Partial<Counts[number]> = {}): Counts[number] => ({ door: 'segment', state: 'open', code: 'no_user_anon_id', items, ...more });
const tried = (more: Partial<Tried> = {}): Tried => ({ dry_run: false, done: true, outcome: 'accepted', refused: [], ...more });

describe('what waits', () => {
    it.each([
        [[], 7, 'Everything that arrived was taken; nothing waits.'], [[], 0, 'Nothing has arrived yet, and nothing was refused.'],
        [[kind(3, { state: 'dropped' })], 7, 'Everything that arrived was taken; nothing waits.'],
        [[kind(1)], 7, 'One item was refused and waits, for \u201cno user anon id\u201d.'],
        [[kind(3)], 7, 'Three items were refused and wait, all of them for \u201cno user anon id\u201d.'],
        [[kind(2), kind(4, { code: 'invalid_type' })], 7, 'Six items were refused and wait, four of them for \u201cinvalid type\u201d at Segment.'],
    ] as [Counts, number, string][])('%#', (counts, encounters, sentence) => {
        expect(dataSentence(counts, encounters)).toBe(sentence);
    });
    it('who may not see what was refused is told what arrived', () => {
        expect([dataSentence(null, 0), dataSentence(null, 1234)]).toEqual(['Nothing has arrived yet.', '1,234 encounters have arrived.']);
    });
    it('the largest kind first, and what is decided left out', () => {
        expect(waitingKinds([kind(2), kind(9, { state: 'replayed' }), kind(4, { code: 'x' })]).map(({ items }) => items)).toEqual([4, 2]);
    });
});

describe('what came of it', () => {
    it.each([
        [tried(), 'Taken.'], [tried({ outcome: 'duplicate' }), 'Taken: duplicate.'], [tried({ dry_run: true, outcome: 'would be taken' }), 'It would be taken.'],
        [tried({ dry_run: true, outcome: 'left out by bots' }), 'It would be taken: left out by bots.'],
        [tried({ done: false, outcome: 'refused', refused: [{ index: 0, code: 'x', reason: 'no time' }] }), 'Not taken: no time.'],
        [tried({ done: false, dry_run: true, outcome: 'refused', refused: [{ index: 0, code: 'no_time', reason: null }] }), 'It would not be taken: no time.'],
        [tried({ done: false, outcome: 'conflict' }), 'Not taken: conflict.'],
    ])('%#', (of, text) => {
        expect(outcomeText(of)).toBe(text);
    });
    it('of many at once', () => {
        expect(allTriedText({ looked_at: 0, done: 0, refused: 0, conflicts: 0 })).toBe('None waits any more.');
        expect(allTriedText({ looked_at: 40, done: 12, refused: 27, conflicts: 1 })).toBe('12 of 40 taken; 27 refused again, 1 in conflict with what is there.');
    });
    it('JSON is laid out, anything else stays', () => {
        expect(laidOut('{"a":1}')).toBe('{\n  "a": 1\n}');
        expect(laidOut('{"a":')).toBe('{"a":');
        const deep = { a: [1, { b: [] }, 'x, y: {"z"}\n'], c: {}, d: { e: [[], [null, true]] }, f: '' };
        expect(laidOut(JSON.stringify(deep))).toBe(JSON.stringify(deep, null, 2));
        expect(laidOut(' 7 ')).toBe('7');
    });
    it('laying out changes nothing that was sent: no number beyond 2^53, no field that stands twice', () => {
        const sent = '{"properties":{"order_id":90071992547409931, "total":1.0,"tiny":1e-999},"userId":10152345678901235,"userId":"b","text":"\\u00e4"}';
        const shown = laidOut(sent);
        expect(shown).toContain('"order_id": 90071992547409931,\n');
        expect(shown).toContain('"userId": 10152345678901235,\n  "userId": "b",\n');
        expect(shown.replace(/\s/g, '')).toBe(sent.replace(/\s/g, ''));
    });
    it('who sent it', () => {
        const names = { person: (id: string) => (id === 'u' ? 'Anna' : undefined), key: (id: string) => (id === 'k' ? '\u201cTill\u201d' : undefined) };
        expect(['key:k', 'key:z', 'u', 'anybody', 'desk'].map((source) => sourceText(source, names))).toEqual(['key \u201cTill\u201d', 'key z', 'Anna', 'anybody', 'desk']);
    });
});

it('a channel that says nothing this week stands first', () => {
    const values = (of: Record<string, number>) => ({ field: 'channel', looked_at: 9, distinct: 9, values: Object.entries(of).map(([value, encounters]) => ({ value, encounters })) });
    const rows = arrivals(['fax', 'web'], values({ web: 3, app: 9 }), values({ web: 4, store: 2 }));
    expect(rows.map(({ channel, silent }) => [channel, silent])).toEqual([['store', true], ['fax', true], ['app', false], ['web', false]]);
});
