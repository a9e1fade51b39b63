import { describe, expect, it } from 'vitest';
import fixture from '../../test/fixtures/blueprint.json';
import { anyOf, blueprintSentence, heldAgainst, metricTarget, metricWords, stagesOf, type Blueprint } from './held-against';
import { termsText } from './journey-design';

const blueprint = fixture as unknown as Blueprint;
const names = blueprint.touchpoints.map(({ name }) => name);
const values = (met: string[], distinct = met.length) => ({
    field: 'touchpoint', looked_at: met.length, distinct, values: met.map((value, i) => ({ value, encounters: 100 - i })),
});

describe('held against reality', () => {
    it('tells what was never met and what nobody designed', () => {
        const held = heldAgainst(blueprint, values([...names.slice(2), 'Fax', '']));
        expect(held.never).toEqual(names.slice(0, 2));
        expect(held.undesigned.map(({ name }) => name)).toEqual(['Fax']);
        expect(held.more).toBe(0);
    });
    it.each([
        [names, 0, /; customers met all of them, and none besides\.$/], [[...names, 'Fax'], 0, /; customers met all of them, and one that is not designed\.$/],
        [names.slice(1), 0, /; one of them was never met\.$/], [[...names.slice(2), 'Fax', 'Telex'], 0, /; two of them were never met, and two that are not designed\.$/],
        [[], 0, /; customers met none of them yet\.$/], [names, 5, /touchpoints are designed\.$/],
    ])('the sentence of case %#', (met, more, expected) => {
        expect(blueprintSentence(blueprint, heldAgainst(blueprint, values(met, met.length + more)))).toMatch(expected);
    });
    it('nothing designed, and nothing known of what was met', () => {
        expect(blueprintSentence({ ...blueprint, journeys: [], touchpoints: [] }, null)).toMatch(/^Nothing is designed yet/);
        expect(blueprintSentence({ ...blueprint, journeys: blueprint.journeys.slice(0, 1) }, null)).toMatch(/^One journey over \d+ touchpoints is designed\.$/);
    });
});

describe('words of the design', () => {
    it('lists as people do', () => {
        expect([anyOf([]), anyOf(['a']), anyOf(['a', 'b']), anyOf(['a', 'b', 'c'])]).toEqual(['', 'a', 'a or b', 'a, b or c']);
    });
    it('says when a journey begins, ends and is given up', () => {
        const journey = { ...blueprint.journeys[0]!, starts: ['a'], ends: ['b'], silence: 86_400 * 30, within: null, thread: false };
        expect(termsText(journey)).toBe('Starts at a, ends at b. Given up after 30 days of silence. One at a time for each customer.');
        expect(termsText({ ...journey, silence: null, ends: [] })).toBe('Starts at a. One at a time for each customer.');
    });
    it('says what a metric counts and what it should reach', () => {
        const metric = { ...blueprint.metrics[0]!, kind: 'nps', scale: 'nps', target: 40, minimum: 30, touchpoints: ['first bill'], promise: '', journey: '', high_is_good: true };
        expect(metricWords(metric)).toBe('promoters less detractors, on nps, at first bill, from 30 on');
        expect(metricTarget(metric)).toBe('at least +40');
        expect(metricTarget({ ...metric, kind: 'kept', target: 0.9 })).toBe('at least 90%');
        expect(metricTarget({ ...metric, kind: 'contact_rate', target: 1.5, high_is_good: false })).toBe('at most 1.5');
        expect(metricTarget({ ...metric, target: null })).toBe('no target');
    });
    it('puts every step of the path into its stage, and none twice', () => {
        for (const journey of blueprint.journeys) {
            expect(stagesOf(journey, blueprint).flatMap(({ path }) => path).sort()).toEqual([...journey.path].sort());
        }
        const strange = stagesOf({ ...blueprint.journeys[0]!, path: ['no such touchpoint'] }, blueprint);
        expect(strange.at(-1)).toMatchObject({ stage: '', path: ['no such touchpoint'] });
    });
});
