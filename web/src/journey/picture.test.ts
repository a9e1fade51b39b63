import { describe, expect, it } from 'vitest';

import { END, START } from './answer';
import { flowOf, variantsOf, type World } from './fixture';
import { broadbandWorld, wildWorld } from './fixture-worlds';
import { buildGraph } from './flow-graph';
import { openingStep, pathEdges, pictures, stepAt } from './picture';

function picturesOf(world: World, limit: number) {
    const graph = buildGraph(flowOf(world), world.blueprint, null);
    const variants = variantsOf(world, limit);
    return { graph, all: pictures(graph.edges, variants.variants, variants.other) };
}

const worlds: [string, World][] = [
    ['the broadband provider', broadbandWorld(3000)],
    ['a wild one', wildWorld({ touchpoints: 40, episodes: 1500, stages: 0, channels: 0, seed: 21 })],
];

describe.each(worlds)('the pictures of %s', (_, world) => {
    const { graph, all } = picturesOf(world, 1_000_000);

    it('hold exactly the episodes whose whole way can be seen', () => {
        for (const step of all.steps) {
            const followed = world.episodes.filter((episode) =>
                pathEdges(episode.map((one) => one.touchpoint)).every((id) => step.edges.has(id)));
            expect(step.episodes).toBe(followed.length);
        }
    });

    it('show no path that fewer episodes take than they say', () => {
        for (const step of all.steps) {
            const least = Math.min(...graph.edges.filter((edge) => step.edges.has(edge.id)).map((edge) => edge.units));
            expect(least).toBe(step.leastUnits);
        }
    });

    it('are connected: every touchpoint lies on a way from START to END', () => {
        for (const step of all.steps) {
            const edges = graph.edges.filter((edge) => step.edges.has(edge.id));
            const reach = (start: string, from: 'from' | 'to', to: 'from' | 'to') => {
                const seen = new Set([start]);
                for (let grown = true; grown; ) {
                    grown = false;
                    for (const edge of edges) {
                        if (seen.has(edge[from]) && !seen.has(edge[to])) {
                            seen.add(edge[to]);
                            grown = true;
                        }
                    }
                }
                return seen;
            };
            expect(reach(START, 'from', 'to').size).toBe(step.touchpoints.size);
            expect(reach(END, 'to', 'from').size).toBe(step.touchpoints.size);
        }
    });

    it('grow from the main road to every path', () => {
        for (let i = 1; i < all.steps.length; i++) {
            expect(all.steps[i]!.edges.size).toBeGreaterThan(all.steps[i - 1]!.edges.size);
            expect(all.steps[i]!.episodes).toBeGreaterThan(all.steps[i - 1]!.episodes);
        }
        const last = all.steps[all.steps.length - 1]!;
        expect(last.edges.size).toBe(graph.edges.length);
        expect(last.episodes).toBe(world.episodes.length);
    });

    it('open with nine in ten journeys, and find their place again from the address', () => {
        const index = openingStep(all);
        expect(all.steps[index]!.episodes / all.total).toBeGreaterThanOrEqual(0.9);
        expect(all.steps[index - 1]!.episodes / all.total).toBeLessThan(0.9);
        all.steps.forEach((step, at) => expect(stepAt(all, step.leastUnits / all.total)).toBe(at));
        expect(stepAt(all, 0)).toBe(all.steps.length - 1);
    });
});

describe('a picture with a tail that is only summed up', () => {
    const world = wildWorld({ touchpoints: 40, episodes: 1500, stages: 0, channels: 0, seed: 21 });
    const exact = picturesOf(world, 1_000_000).all;
    const cut = picturesOf(world, 50).all;

    it('never claims more than the exact one', () => {
        for (const step of cut.steps.slice(0, -1)) {
            const same = exact.steps.find((one) => [...step.edges].every((id) => one.edges.has(id)))!;
            expect(step.episodes).toBeLessThanOrEqual(same.episodes);
        }
        expect(cut.uncounted).toBeGreaterThan(0);
    });

    it('still ends with all paths and all episodes', () => {
        const last = cut.steps[cut.steps.length - 1]!;
        expect(last.edges.size).toBe(exact.steps[exact.steps.length - 1]!.edges.size);
        expect(last.episodes).toBe(1500);
    });
});

describe('no episodes', () => {
    it('has no pictures', () => {
        expect(pictures([], [], { variants: 0, count: 0 })).toEqual({ steps: [], total: 0, uncounted: 0, uncountedSequences: 0 });
    });
});
