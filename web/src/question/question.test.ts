import { describe, expect, it } from 'vitest';
import { periodBeside, periodRange, quoted, pathOf } from './address';
import { insertSuggestion, ownText } from './question-bar';

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
