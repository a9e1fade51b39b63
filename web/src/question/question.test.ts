import { describe, expect, it } from 'vitest';
import { periodBeside, periodRange, quoted, pathOf } from './address';
import { ProblemError } from '../api/client';
import { faultPlace, fieldAt, insertSuggestion, ownText } from './question-bar';

describe('periodRange', () => {
    it('ends with the latest day of the data', () => {
        expect(periodRange('4w', '2026-09-30')).toEqual({ from: '2026-09-03', to: '2026-09-30' });
        expect(periodRange('13w', '2026-03-01')).toEqual({ from: '2025-12-01', to: '2026-03-01' });
    });
    it('the whole time, and a period nobody knows, have no ends', () => {
        expect(periodRange('all', '2026-09-30')).toEqual({ from: null, to: null });
        expect(periodRange('3w', '2026-09-30')).toEqual({ from: null, to: null });
    });
});

it('the period beside has the same length and no day in between', () => {
    expect(periodBeside('2026-09-03', '2026-09-30', -1)).toEqual({ from: '2026-08-06', to: '2026-09-02' });
    expect(periodBeside('2026-09-03', '2026-09-30', 1)).toEqual({ from: '2026-10-01', to: '2026-10-28' });
    expect(periodBeside('2026-09-30', '2026-09-30', -1)).toEqual({ from: '2026-09-29', to: '2026-09-29' });
    expect(periodBeside(null, null, -1)).toBeNull();
});

it('names are quoted as the grammar wants', () => {
    expect(quoted("what's new")).toBe("'what''s new'");
    expect(pathOf('customers', 'a/b')).toBe('/customers/a%2Fb');
});

it('an own period says its days, the year where it is needed', () => {
    expect(ownText('2026-08-24', '2026-11-22')).toBe('24 Aug to 22 Nov 2026');
    expect(ownText('2025-12-01', '2026-03-01')).toBe('1 Dec 2025 to 1 Mar 2026');
    expect(ownText(null, null)).toBe('the whole time');
});

describe('insertSuggestion', () => {
    const at = (text: string) => [text.replace('|', ''), text.indexOf('|')] as const;
    it.each([
        ['|', 'channel', 'channel '],
        ['cha|', 'channel', 'channel '],
        ["channel = |", "'phone'", "channel = 'phone' "],
        ["channel = 'pho|", "'phone'", "channel = 'phone' "],
        ["channel = 'pho|ne' and score <= 2", "'chat'", "channel = 'chat' and score <= 2"],
        ['cha| = 2', 'channel', 'channel = 2'],
        ['(cha|)', 'channel', '(channel)'],
    ])('%s with %s', (text, suggestion, expected) => {
        const next = insertSuggestion(...at(text), suggestion);
        expect(next.text).toBe(expected);
        expect(next.cursor).toBeLessThanOrEqual(expected.length);
    });
});

describe('faultPlace', () => {
    const fault = (detail: string, column?: number) =>
        new ProblemError({ type: 'about:blank', title: 'x', status: 400, detail, code: 'invalid_input', ...(column === undefined ? {} : { column }) });
    it('finds the word that is spoken of, whatever the column counts in', () => {
        expect(faultPlace("score < 3 and chanel = 'a'", fault('column 51: "chanel" is not a field; did you mean "channel"?', 51))).toEqual({ at: 14, length: 6 });
    });
    it('else takes what stands at the column, at most the end', () => {
        expect(faultPlace("a = 'b' zz", fault('column 9: expected and', 9))).toEqual({ at: 8, length: 2 });
        expect(faultPlace('a =', fault('column 40: a value is missing', 40))).toEqual({ at: 3, length: 1 });
    });
    it('is nothing for other faults', () => {
        expect(faultPlace('a = 1', fault('disk full'))).toBeNull();
        expect(faultPlace('', fault('column 3: no', 3))).toBeNull();
        expect(faultPlace('a = 1', null)).toBeNull();
    });
});

it.each([
    ["channel = |", 'channel'], ["score < 3 and channel = 'pho|", 'channel'], ["plan:go|", 'plan'], ["channel in ('web', 'ph|", 'channel'],
    ["channel not in (|", 'channel'], ["channel = 'web' |", ''], ['chan|', ''], ["touches 'a|", ''], ['|', ''],
])('the field at the cursor of %s is "%s"', (text, field) => {
    expect(fieldAt(text.replace('|', ''), text.indexOf('|'))).toBe(field);
});
