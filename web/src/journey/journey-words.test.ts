import { describe, expect, it } from 'vitest';

import type { Schema } from '../api/client';
import { estimateOf, flowByStage, flowOf } from './fixture';
import { journeysSentence } from './journeys-page';
import { stageMeasures } from './stage-feeling';
import { differenceWords } from './variants-view';
import { slowestPaths, worstPaths } from './worst-paths';
import { broadbandWorld } from './fixture-worlds';
import { buildGraph } from './flow-graph';
import { neighbour } from './walk';

const row = (journey: string, values: number[], intended: number | null): Schema['OverviewJourney'] => ({
    journey, feeling: '', owner: '', episodes: values.length, experience: estimateOf(values), intended, previous: null, kept: null,
    kept_target: null, completion: estimateOf([]), change: null, drill: '',
});
const around = (mean: number) => Array.from({ length: 100 }, (_, i) => mean + (i % 2 === 0 ? 0.2 : -0.2));

describe('the sentence of the list', () => {
    it('names the journey that falls shortest, and never one within chance', () => {
        expect(journeysSentence([row('a', around(1), 1.2), row('b', around(-0.5), 1), row('c', around(2), 1)])).toBe('Two of three journeys fall short of their design, b most, by 1.5.');
        expect(journeysSentence([row('a', around(1), 1.01)])).toBe('No journey falls short of its design beyond chance.');
    });

    it('stays true with nothing to say', () => {
        expect(journeysSentence([])).toMatch(/No journey is designed yet/);
        expect(journeysSentence([row('a', [1, 2], 1)])).toMatch(/not enough answers/);
    });
});

describe('how a way differs from the design', () => {
    it.each([
        [['a', 'b', 'c'], 'the design'],
        [['a', 'b', 'b', 'c'], 'the design, with steps taken again'],
        [['b', 'a', 'c'], 'the design in another order'],
        [['a', 'x', 'c'], 'x added; b left out'],
        [['a', 'b', 'c', 'x', 'y', 'z', 'w'], 'x, y and 2 more added'],
    ])('%j is %s', (path, words) => {
        expect(differenceWords(path, ['a', 'b', 'c'])).toBe(words);
    });

    it('is nothing where nothing was designed', () => {
        expect(differenceWords(['a'], [])).toBe('');
    });
});

describe('what is measured in a stage', () => {
    it('comes from the answer of its own name, and is nothing where none is', () => {
        const world = broadbandWorld(300);
        const graph = buildGraph(flowOf(world), world.blueprint, world.blueprint.journeys[0]!);
        const answer = flowByStage(world);
        const measures = stageMeasures(graph, { ...answer, groups: answer.groups.filter((group) => group.value !== 'live') })!;
        expect(measures.map((one) => one.units)).toEqual(graph.stages.map(({ name }) =>
            name === 'live' ? 0 : world.episodes.filter((episode) => episode.some((step) => graph.nodes.find((node) => node.id === step.touchpoint && node.inBlueprint && graph.stages[node.stage]!.name === name))).length));
        expect(measures[4]!.feeling).toMatchObject({ estimate: null, n: 0 });
        expect(stageMeasures(graph, undefined)).toBeNull();
    });
});

describe('where it hurts', () => {
    const world = broadbandWorld(3000);
    const flow = flowOf(world);
    const graph = buildGraph(flow, world.blueprint, null);

    it('lists only paths that are surely worse than all', () => {
        const worst = worstPaths(graph.edges, flow.experience);
        expect(worst.length).toBeGreaterThan(0);
        for (const edge of worst) {
            expect(edge.experience.high!).toBeLessThan(flow.experience.low!);
        }
    });

    it('tells where the time goes where nobody gave a score', () => {
        const silent = { ...world, episodes: world.episodes.map((episode) => episode.map((step) => ({ ...step, score: null }))) };
        const unscored = buildGraph(flowOf(silent), world.blueprint, null);
        expect(graph.scored).toBe(true);
        expect(unscored.scored).toBe(false);
        const spent = slowestPaths(unscored.edges).map((edge) => edge.seconds.mean! * edge.seconds.n);
        expect(spent.length).toBeGreaterThan(10);
        expect(spent).toEqual([...spent].sort((a, b) => b - a));
    });

    it('lists none without an answer', () => {
        expect(worstPaths(graph.edges, estimateOf([]))).toEqual([]);
    });
});

describe('arrow keys', () => {
    const spot = (id: string, x: number, y: number) => ({ id, x, y, height: 10, lane: 0, row: 0, end: false });
    const spots = [spot('a', 0, 0), spot('b', 50, 0), spot('c', 40, 90), spot('d', 100, 5)];

    it('walk along the flow and across the lanes, and stop at the edges', () => {
        expect(neighbour(spots, spots[0]!, 'ArrowRight')!.id).toBe('b');
        expect(neighbour(spots, spots[1]!, 'ArrowRight')!.id).toBe('d');
        expect(neighbour(spots, spots[1]!, 'ArrowDown')!.id).toBe('c');
        expect(neighbour(spots, spots[3]!, 'ArrowRight')).toBeNull();
        expect(neighbour(spots, spots[2]!, 'ArrowUp')!.id).toBe('b');
    });
});
