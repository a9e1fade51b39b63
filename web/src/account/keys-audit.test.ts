import { describe, expect, it } from 'vitest';
import { chainSentence, didText, kinds, noteText, whoText, type AuditEntry } from './audit-words';
import { keysSentence, keyState, usedText, type Key } from './key-state';
import { snippetsFor } from './snippet';

const now = Date.parse('2026-06-01T12:00:00Z');
const key = (more: Partial<Key> = {}) => ({
    id: 'k', user: 'u', name: 'Till', rights: ['send-encounters'], origins: [], made: '2026-05-01T00:00:00Z', expires: '2026-09-01T12:00:00Z', revoked: null, used: null, ...more,
}) as Key;
const entry = (more: Partial<AuditEntry> = {}): AuditEntry => ({
    number: 1, at: '2026-06-01T12:00:00Z', actor: 'u1', address: '127.0.0.1', action: 'sign-in', subject: '', note: '', digest: 'd', ...more,
});
const names = { person: (id: string) => ({ u1: 'Anna', u2: 'Bert' })[id], key: (id: string) => ({ k1: '\u201cTill\u201d' })[id] };

describe('keys', () => {
    it.each([
        [key(), true, 'kept', 'ends in 92 days'], [key({ expires: '2026-06-10T12:00:00Z' }), true, 'alarm', 'ends in 9 days'],
        [key({ expires: '2026-06-02T11:00:00Z' }), true, 'alarm', 'ends today'], [key({ expires: '2026-06-01T12:00:00Z' }), false, 'late', 'ended'],
        [key({ revoked: '2026-05-20T12:00:00Z' }), false, 'broken', 'revoked'],
    ] as const)('state %#', (of, open, status, words) => {
        expect(keyState(of, now)).toMatchObject({ open, status, words });
    });
    it('says when it was used last', () => {
        expect(usedText(key(), now)).toBe('never used');
        expect(usedText(key({ used: '2026-06-01T11:59:30Z' }), now)).toBe('used just now');
        expect(usedText(key({ used: '2026-06-01T09:00:00Z' }), now)).toBe('used 3 h ago');
        expect(usedText(key({ used: '2026-01-02T09:00:00Z' }), now)).toBe('used on 2 Jan 2026');
    });
    it('the sentence counts what opens something, and warns of the first to end', () => {
        expect(keysSentence([], now)).toBe('No program has a key yet.');
        expect(keysSentence([key({ revoked: '2026-05-20T12:00:00Z' })], now)).toBe('No key opens anything any more.');
        expect(keysSentence([key()], now)).toBe('One key is in use; none ends within two weeks.');
        expect(keysSentence([key(), key({ name: 'Report', expires: '2026-06-10T12:00:00Z' })], now)).toBe('Two keys are in use; \u201cReport\u201d ends in 9 days.');
    });
    it('what can be pasted holds the key and follows its rights', () => {
        const texts = (rights: string[], pages: string[] = []) => snippetsFor('kk_1', rights, 'https://cx.example', pages);
        expect(texts(['send-encounters']).map(({ name }) => name)).toEqual(['curl', 'Segment, server']);
        expect(texts(['send-encounters'], ['https://shop.example']).map(({ name }) => name)).toEqual(['curl', 'Segment, server', 'Segment, browser']);
        expect(texts(['send-encounters', 'ask-questions']).map(({ name }) => name)).toContain('curl, to ask');
        expect(texts(['ask-questions'])).toHaveLength(1);
        expect(texts(['read-operations'])).toHaveLength(1);
        for (const { text } of texts(['send-encounters', 'ask-questions'])) {
            expect(text).toContain('kk_1');
            expect(text).toContain('https://cx.example');
        }
    });
});

describe('audit', () => {
    it.each([
        [entry(), 'Anna', 'signed in'],
        [entry({ actor: 'nobody', action: 'sign-in.refused', subject: 'u2' }), 'Somebody not signed in', 'was refused at the door of Bert'],
        [entry({ actor: 'nobody', action: 'sign-in.refused' }), 'Somebody not signed in', 'was refused at the door'],
        [entry({ action: 'user.change', subject: 'u2' }), 'Anna', 'changed what Bert may do'],
        [entry({ action: 'key.revoke', subject: 'k1' }), 'Anna', 'revoked the key \u201cTill\u201d'],
        [entry({ actor: 'key:k1', action: 'customer.read', subject: '0123456789abcdef' }), 'key \u201cTill\u201d', 'looked at the customer 01234567'],
        [entry({ action: 'refused.drop' }), 'Anna', 'dropped refused items'],
        [entry({ action: 'refused.correct', subject: '0123456789abcdef' }), 'Anna', 'corrected the refused item 01234567'],
        [entry({ action: 'blueprint.change', subject: 'version 3' }), 'Anna', 'brought version 3 of the blueprint into force'],
        [entry({ actor: 'gone', action: 'news.of-tomorrow', subject: 'x' }), 'gone', 'news, of-tomorrow: x'],
    ])('%#', (of, who, did) => {
        expect([whoText(of.actor, names), didText(of, names)]).toEqual([who, did]);
    });
    it('notes and the chain in words', () => {
        expect(noteText('role=manager; departments=Billing')).toBe('role manager, departments Billing');
        expect(noteText('')).toBe('');
        const say = (entries: number, broken: number | null) => chainSentence({ entries, first_broken: broken }, String);
        expect(say(0, null)).toBe('Nothing stands in the audit log yet.');
        expect(say(1, null)).toBe('The one entry of the audit log is as it was written.');
        expect(say(214, null)).toBe('All 214 entries of the audit log are as they were written.');
        expect(say(214, 17)).toBe('Entry 17 of the audit log is not the one that was written there.');
    });
    it('each kind stands once', () => {
        expect(new Set(kinds.map(({ value }) => value)).size).toBe(kinds.length);
    });
});
