// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { railsOf } from './rails';

const rows = (...threads: string[]) => threads.map((thread) => ({ thread }));

describe('railsOf', () => {
    it('nothing has one empty lane', () => {
        expect(railsOf([])).toEqual({ lanes: 1, dots: [], parts: [] });
    });
    it('a thread of one row is a dot without a rail', () => {
        expect(railsOf(rows('a'))).toEqual({ lanes: 1, dots: [0], parts: [[null]] });
    });
    it('a thread runs from its newest row to its oldest', () => {
        const { dots, parts } = railsOf(rows('a', '', 'a'));
        expect(parts.map((lanes) => lanes[0]?.part)).toEqual(['newest', 'through', 'oldest']);
        expect(dots).toEqual([0, 0, 0]);
    });
    it('threads at the same time stand beside each other, later ones take a free lane again', () => {
        const { lanes, dots } = railsOf(rows('a', 'b', 'a', 'b', 'c', 'c'));
        expect(lanes).toBe(2);
        expect(dots).toEqual([0, 1, 0, 1, 0, 0]);
    });
    it('a row without a thread keeps out of the way of a rail', () => {
        const { dots } = railsOf(rows('a', 'b', '', 'b', 'a'));
        expect(dots[2]).toBe(1);
        expect(railsOf(rows('a', 'b', '', 'a')).dots[2]).toBe(1);
    });
    it('never more than five lanes; what is beyond has dots only', () => {
        const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
        const { lanes, parts, dots } = railsOf(rows(...names, ...names));
        expect(lanes).toBe(5);
        expect(Math.max(...dots)).toBe(4);
        expect(parts.every((lanes_) => lanes_.length === 5)).toBe(true);
        expect(parts.flat().some((part) => part?.thread === 'f')).toBe(false);
    });
});
