import { beforeEach, describe, expect, it } from 'vitest';
import { isFilter, matchOf, meant, type Choice } from './matching';
import { forgetRecent, keepRecent, recentQuestions } from './recent';

const choice = (group: string, text: string, also?: string): Choice => ({ id: `${group} ${text}`, group, text, run: () => undefined, ...(also ? { also } : {}) });

describe('what is meant', () => {
    it.each([
        ['Getting connected', 'get', 3], ['Getting connected', 'conn', 2], ['Getting connected', 'nect', 1], ['Getting connected', 'con get', 5],
        ['Getting connected', 'bill', null], ['Päivä', 'paiva', 3], ['Call: (billing)', '(bill', 2], ['x', '', 0],
    ])('%s by "%s"', (text, typed, points) => {
        expect(matchOf(text, typed)).toBe(points);
    });
    it('keeps groups together, the best first, and not too many of each', () => {
        const all = [choice('Go to', 'Overview'), choice('Journeys', 'Recovery'), choice('Journeys', 'Over the moon'), choice('Journeys', 'Overdue'), choice('Do', 'Light theme', 'overhead lamp')];
        expect(meant(all, 'over', 2).map(({ text }) => text)).toEqual(['Overview', 'Over the moon', 'Overdue', 'Light theme']);
        expect(meant(all, 'nothing like it', 2)).toEqual([]);
    });
    it.each([["channel = 'phone'", true], ['channel:phone', true], ['score<3', true], ["touches 'a'", true], ['Call: where is my visit', false], ['touchy', false], ['anna@example.com', false]])('%s is a filter: %s', (text, is) => {
        expect(isFilter(text)).toBe(is);
    });
});

describe('recent questions', () => {
    beforeEach(forgetRecent);
    it('keeps questions, newest first, each once, and no single customers', () => {
        keepRecent('/?where=a', 'first');
        keepRecent('/journeys?period=4w', 'second');
        keepRecent('/?where=a', 'first again');
        keepRecent('/', 'no question');
        keepRecent('/customers/anna?where=x', 'a customer');
        keepRecent(`/?where=${encodeURIComponent("customer = 'anna'")}`, 'a customer in a filter');
        expect(recentQuestions().map(({ title }) => title)).toEqual(['first again', 'second']);
        for (let i = 0; i < 20; i += 1) {
            keepRecent(`/?where=${i}`, String(i));
        }
        expect(recentQuestions()).toHaveLength(8);
        forgetRecent();
        expect(recentQuestions()).toEqual([]);
    });
});
