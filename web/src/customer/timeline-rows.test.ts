// @vitest-environment node
import { beforeEach, describe, expect, it } from 'vitest';
import { setTimeZone } from '../design/format';
import { quietText, threadsOf, timelineRows, type Encounter } from './timeline-rows';

const at = (time: string, more: Partial<Encounter> = {}): Encounter => ({
    time, touchpoint: 'order placed', channel: 'web', channel_kind: 'self-service', stage: '', department: '', employee: '', thread: '',
    score: null, scale: '', experience: null, value: null, seconds: null, in_blueprint: true, visible: true,
    id: time, sent_as: 'anna', text: '', language: '', due: {}, properties: {}, promises: [], ...more,
});

beforeEach(() => setTimeZone('UTC'));

describe('timelineRows', () => {
    it('nothing is nothing', () => expect(timelineRows([])).toEqual([]));

    it('newest first, the day said once', () => {
        const rows = timelineRows([at('2026-09-01T08:00:00Z'), at('2026-09-02T08:00:00Z', { channel: 'app' }), at('2026-09-02T09:00:00Z')]);
        expect(rows.map((r) => (r.kind === 'quiet' ? '' : [r.time.slice(8, 13), r.newDay]))).toEqual([['02T09', true], ['02T08', false], ['01T08', true]]);
    });

    it('the same thing again on a day is one row, unless something was said', () => {
        const rows = timelineRows([at('2026-09-02T08:00:00Z'), at('2026-09-02T09:00:00Z'), at('2026-09-02T10:00:00Z'), at('2026-09-02T11:00:00Z', { text: 'hello' })]);
        expect(rows.map((r) => r.kind === 'encounter' && r.times)).toEqual([1, 3]);
    });

    it('a spell of three weeks is folded into a line, a shorter one is not', () => {
        const rows = timelineRows([at('2026-08-01T08:00:00Z', { channel: 'app' }), at('2026-08-14T08:00:00Z'), at('2026-10-24T08:00:00Z')]);
        expect(rows.map((r) => (r.kind === 'quiet' ? r.text : r.kind))).toEqual(['encounter', 'Ten quiet weeks', 'encounter', 'encounter']);
    });

    it('the same small thing again and again is one line, that opens', () => {
        const usage = (time: string) => at(time, { touchpoint: 'usage viewed' });
        const all = [at('2026-01-01T08:00:00Z'), usage('2026-02-01T08:00:00Z'), usage('2026-02-20T08:00:00Z'), usage('2026-02-20T09:00:00Z'), usage('2026-03-15T08:00:00Z')];
        const rows = timelineRows(all);
        expect(rows.map((r) => (r.kind === 'quiet' ? r.text : r.kind))).toEqual(['Six quiet weeks: Usage viewed, four times', 'encounter']);
        expect(timelineRows(all, new Set([rows[0]!.key])).filter((r) => r.kind === 'encounter')).toHaveLength(4);
    });

    it('nothing that was said, promised or part of a thread is folded', () => {
        const small = (time: string, more: Partial<Encounter>) => at(time, { touchpoint: 'usage viewed', ...more });
        for (const more of [{ text: 'hello' }, { score: 3 }, { thread: 'a' }]) {
            const rows = timelineRows([1, 2, 3].map((day) => small(`2026-02-0${day}T08:00:00Z`, more)));
            expect(rows.map((r) => r.kind)).toEqual(['encounter', 'encounter', 'encounter']);
        }
    });

    it('open promises stand ahead, latest due on top; decided ones do not', () => {
        const promise = (name: string, due: string, outcome: 'open' | 'kept' | 'at_risk') => ({ promise: name, due, outcome, kept_at: null });
        const rows = timelineRows([at('2026-09-02T08:00:00Z', {
            promises: [promise('soon', '2026-09-03T00:00:00Z', 'at_risk'), promise('done', '2026-09-09T00:00:00Z', 'kept'), promise('later', '2026-09-05T00:00:00Z', 'open')],
        })]);
        expect(rows.map((r) => (r.kind === 'ahead' ? r.promise.promise : r.kind))).toEqual(['later', 'soon', 'encounter']);
    });
});

it('quiet spells in weeks, months, years', () => {
    const day = 86_400_000;
    expect([14, 83, 130, 800].map((days) => quietText(days * day))).toEqual(['Two quiet weeks', 'Eleven quiet weeks', 'Four quiet months', 'Two quiet years']);
});

it('threads by their newest encounter', () => {
    const threads = threadsOf([at('2026-09-01T08:00:00Z', { thread: 'b' }), at('2026-09-02T08:00:00Z'), at('2026-09-03T08:00:00Z', { thread: 'a' }), at('2026-09-01T08:00:00Z', { thread: 'a' })]);
    expect(threads.map((t) => [t.thread, t.encounters])).toEqual([['a', 2], ['b', 1]]);
});
