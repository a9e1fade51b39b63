import { afterEach, describe, expect, it } from 'vitest';
import type { Estimate } from '../api/client';
import * as f from './format';

const estimate = (e: number | null, low: number | null, high: number | null, unit: Estimate['unit'], n = 100): Estimate => ({
    estimate: e, low, high, n, unit, method: 'x', version: 'x 1', enough: e !== null, ...(e === null ? { needed: 30 } : {}),
});

afterEach(() => {
    document.documentElement.lang = 'en';
    f.setTimeZone('UTC');
});

describe('digits follow the interval', () => {
    it('none from 5, one from 0.5, two below', () => {
        expect(f.digitsFor(5)).toBe(0);
        expect(f.digitsFor(4.99)).toBe(1);
        expect(f.digitsFor(0.5)).toBe(1);
        expect(f.digitsFor(0.49)).toBe(2);
    });
    it('points', () => {
        expect(f.estimateText(estimate(39.8, 37.1, 42.4, 'points'))).toBe('+39.8');
        expect(f.estimateText(estimate(-39.8, -50, -30, 'points'))).toBe('\u221240');
        expect(f.intervalText(estimate(39.8, -37.1, 42.4, 'points'))).toBe('\u221237 to +42');
    });
    it('shares stop at one decimal and say percent once', () => {
        expect(f.estimateText(estimate(0.714, 0.709, 0.719, 'share'))).toBe('71.4%');
        expect(f.intervalText(estimate(0.714, 0.709, 0.719, 'share'))).toBe('70.9 to 71.9');
        expect(f.estimateText(estimate(0.7, 0.5, 0.85, 'share'))).toBe('70%');
    });
    it('feeling is signed with one decimal, and zero has no sign', () => {
        expect(f.feelingText(-1.26)).toBe('\u22121.3');
        expect(f.feelingText(0.44)).toBe('+0.4');
        expect(f.feelingText(-0.01)).toBe('0.0');
        expect(f.intervalText(estimate(0.1, -0.04, 0.2, 'experience'))).toBe('0.0 to +0.2');
    });
    it('too few answers are words, never zero', () => {
        expect(f.estimateText(estimate(null, null, null, 'points', 17))).toBe('not enough answers');
        expect(f.intervalText(estimate(null, null, null, 'points', 17))).toBe('17 of 30 needed');
    });
    it('targets on the terms of the unit', () => {
        expect(f.targetText(0.9, 'share')).toBe('90%');
        expect(f.targetText(0.145, 'share')).toBe('14.5%');
        expect(f.targetText(40, 'points')).toBe('+40');
        expect(f.targetText(4.2, 'score')).toBe('4.2');
    });
});

describe('by locale', () => {
    it('Finnish', () => {
        document.documentElement.lang = 'fi';
        expect(f.estimateText(estimate(0.714, 0.709, 0.719, 'share')).replace(/\s/g, ' ')).toBe('71,4 %');
        expect(f.count(5120).replace(/\s/g, ' ')).toBe('5 120');
    });
    it('English', () => {
        expect(f.count(5120)).toBe('5,120');
        expect(f.count(-3)).toBe('\u22123');
        expect(f.countOf(1, 'episode')).toBe('1 episode');
        expect(f.countOf(0, 'episode')).toBe('0 episodes');
        expect(f.shareText(0.00001)).toBe('under 0.1%');
        expect(f.shareText(1)).toBe('100%');
        expect(f.moneyText(1_240_000)).toBe('€1.24 M');
        expect(f.moneyText(41_300)).toBe('€41,300');
        expect(f.moneyText(9.9)).toBe('€9.90');
    });
});

describe('durations in two units', () => {
    it.each([
        [0, '0 s'], [40, '40 s'], [61, '1 min 1 s'], [12_000, '3 h 20 min'], [86_399, '1 day'], [90_000, '1 day 1 h'],
        [527_040, '6 days 2 h'], [1_520_000, '17 days'], [-3_600, '\u22121 h'], [31_557_600 * 2, '2 years'],
    ])('%d s is %s', (seconds, text) => {
        expect(f.durationText(seconds)).toBe(text);
    });
    it('since is never less than nothing', () => {
        expect(f.secondsSince('2026-01-02T03:04:05Z', Date.parse('2026-01-02T03:04:07.500Z'))).toBe(2.5);
        expect(f.secondsSince('2026-01-02T03:04:05Z', Date.parse('2026-01-02T03:04:04Z'))).toBe(0);
    });
    it('ago has one unit', () => {
        expect(f.agoText(0.2)).toBe('now');
        expect(f.agoText(2)).toBe('2 s ago');
        expect(f.agoText(12_000)).toBe('3 h ago');
        expect(f.agoText(200_000)).toBe('2 days ago');
    });
});

describe('times in the organisation\u2019s zone', () => {
    it('moves the day at midnight there', () => {
        f.setTimeZone('Europe/Helsinki');
        expect(f.dayKey('2026-09-20T22:30:00Z')).toBe('2026-09-21');
        expect(f.clockText('2026-09-20T22:30:00Z')).toBe('01:30');
        expect(f.weekdayText('2026-09-20T22:30:00Z', '2026-12-01T00:00:00Z')).toBe('Mon 21 Sep');
    });
    it('says the year only when it is another', () => {
        expect(f.dayText('2025-09-12T10:00:00Z', '2026-01-01T00:00:00Z')).toContain('2025');
        expect(f.dayText('2026-09-12T10:00:00Z', '2026-01-01T00:00:00Z')).not.toContain('2026');
    });
    it('an unknown zone falls back instead of failing', () => {
        f.setTimeZone('Mars/Olympus');
        expect(f.clockText('2026-09-20T22:30:00Z')).toMatch(/^\d\d:\d\d$/);
    });
});
