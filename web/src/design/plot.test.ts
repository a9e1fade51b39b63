// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { band, curve, scale, stepOf, ticks } from './plot';

describe('curve', () => {
    it('draws nothing, a point, a line', () => {
        expect(curve([])).toBe('');
        expect(curve([[1, 2]])).toBe('M1 2');
        expect(curve([[0, 0], [3, 3]])).toBe('M0 0C1 1 2 2 3 3');
    });
    it('never overshoots what was measured', () => {
        const path = curve([[0, 0], [1, 0], [2, 10], [3, 10], [4, 2]]);
        const ys = path.slice(1).split(/[C ]/).filter((_, i) => i % 2 === 1).map(Number);
        expect(Math.min(...ys)).toBeGreaterThanOrEqual(0);
        expect(Math.max(...ys)).toBeLessThanOrEqual(10);
    });
    it('a band is closed', () => {
        expect(band([[0, 0], [1, 0]], [[0, 2], [1, 2]])).toMatch(/^M.*L.*Z$/);
        expect(band([], [])).toBe('');
    });
});

it('scales, also over an empty domain', () => {
    expect(scale(0, 10, 0, 100)(5)).toBe(50);
    expect(scale(3, 3, 0, 100)(3)).toBe(0);
});

it('seven steps of experience, ends included', () => {
    expect([-9, -3, -2.4, -0.4, 0.4, 2.6, 3, 9].map(stepOf)).toEqual([1, 1, 2, 4, 4, 7, 7, 7]);
});

it('round ticks', () => {
    expect(ticks(77, 92, 3)).toEqual([80, 85, 90]);
    expect(ticks(0, 1, 4)).toEqual([0, 0.5, 1]);
    expect(ticks(5, 5)).toEqual([5]);
});
