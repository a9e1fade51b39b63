import { describe, expect, it } from 'vitest';

import { layColumns } from './columns';
import { broadbandWorld, wildWorld } from './fixture-worlds';
import { flowOf, type World } from './fixture';
import { buildGraph, type FlowGraph } from './flow-graph';
import { capsuleWidth, geometryOf, strokeOf, type Sheet } from './geometry';
import { placeLabels, placeTimes, type Box } from './labels';
import { portsOf, runsForward } from './ports';
import { routesOf } from './routes';

const sheet: Sheet = { width: 1000, lanesHeight: 434, zoom: 1, words: 100 };

function graphOf(world: World): FlowGraph {
    const journey = world.blueprint.journeys.find((one) => one.name === world.journey) ?? null;
    return buildGraph(flowOf(world), world.blueprint, journey);
}

function drawn(world: World) {
    const graph = graphOf(world);
    const columns = layColumns(graph);
    const geometry = geometryOf(graph, columns, sheet, 190);
    return { graph, columns, geometry, routes: routesOf(graph, geometry) };
}

const worlds: [string, () => World][] = [
    ['the broadband provider', () => broadbandWorld(2000)],
    ['30 touchpoints in 5 stages and lanes', () => wildWorld({ touchpoints: 30, episodes: 400, stages: 5, channels: 5, seed: 3 })],
    ['100 touchpoints in 6 stages and 5 lanes', () => wildWorld({ touchpoints: 100, episodes: 600, stages: 6, channels: 5, seed: 5 })],
    ['27 touchpoints without stages or channels', () => wildWorld({ touchpoints: 27, episodes: 400, stages: 0, channels: 0, seed: 9 })],
    ['100 touchpoints without stages or channels', () => wildWorld({ touchpoints: 100, episodes: 400, stages: 0, channels: 0, seed: 11 })],
];

const overlap = (a: Box, b: Box) =>
    a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

describe.each(worlds)('the map of %s', { timeout: 60_000 }, (_, make) => {
    const world = make();
    const { graph, columns, geometry, routes } = drawn(world);

    it('gives every touchpoint a place of its own', () => {
        const spots = graph.nodes.map((node) => geometry.spots.get(node.id)!);
        expect(spots.every((spot) => spot !== undefined)).toBe(true);
        const apart = (a: (typeof spots)[number], b: (typeof spots)[number]) =>
            Math.abs(a.x - b.x) >= capsuleWidth || Math.abs(a.y - b.y) >= (a.height + b.height) / 2;
        const clashes = spots.flatMap((a, index) => spots.slice(index + 1).filter((b) => !apart(a, b)).map((b) => `${a.id} and ${b.id}`));
        expect(clashes).toEqual([]);
    });

    it('is the same however the answer was listed', () => {
        const turned: FlowGraph = { ...graph, nodes: [...graph.nodes].reverse(), edges: [...graph.edges].reverse() };
        expect(layColumns(turned)).toEqual(columns);
    });

    it('keeps every touchpoint inside its stage and lane', () => {
        for (const node of graph.nodes) {
            const spot = geometry.spots.get(node.id)!;
            const stage = geometry.stages[node.stage]!;
            const lane = geometry.lanes[graph.lanes.length > 0 ? node.lane : 0]!;
            expect(spot.x).toBeGreaterThan(stage.from);
            expect(spot.x).toBeLessThan(stage.to);
            expect(spot.y).toBeGreaterThan(lane.from);
            expect(spot.y).toBeLessThan(lane.to);
        }
    });

    it('runs the main flow to the right', () => {
        const share = (edges: typeof graph.edges) => edges.reduce((sum, edge) => sum + edge.units, 0);
        const forward = graph.edges.filter((edge) => runsForward(geometry.spots.get(edge.from)!, geometry.spots.get(edge.to)!));
        expect(share(forward) / share(graph.edges)).toBeGreaterThan(0.9);
    });

    it('gives every path its own port, stubs too', () => {
        const ports = portsOf(graph, geometry);
        for (const node of graph.nodes) {
            for (const side of ['out', 'in'] as const) {
                const ids = graph.edges.filter((edge) => (side === 'out' ? edge.from : edge.to) === node.id);
                const stretches = ids.flatMap((edge) => {
                    const port = ports.get(edge.id);
                    return port ? [{ from: port[side] - port.width / 2, to: port[side] + port.width / 2 }] : [];
                }).sort((a, b) => a.from - b.from);
                for (let i = 1; i < stretches.length; i++) {
                    expect(stretches[i]!.from).toBeGreaterThanOrEqual(stretches[i - 1]!.to - 1e-9);
                }
            }
        }
    });

    it('draws every path as wide as its episodes are many', () => {
        expect(routes.size).toBe(graph.edges.length);
        for (const edge of graph.edges) {
            expect(routes.get(edge.id)!.width).toBe(strokeOf(edge.share, geometry.weight));
        }
    });

    it('places labels that touch neither each other nor a capsule', () => {
        const labelled = graph.nodes.map((node) => ({ id: node.id, name: node.id, note: `${Math.round(node.share * 100)}%`, share: node.share }));
        const frame = { left: 0, right: geometry.width, top: geometry.top - 24, bottom: geometry.bottom + 20 };
        const labels = [...placeLabels(labelled, geometry, routes, frame, graph.lanes.length).values()];
        const clashes = labels.flatMap((a, index) => labels.slice(index + 1).filter((b) => overlap(a.box, b.box)).map((b) => `${a.id} over ${b.id}`));
        expect(clashes).toEqual([]);
        const capsules = [...geometry.spots.values()].map((spot) => ({ id: spot.id, x: spot.x - 4, y: spot.y - spot.height / 2, width: 8, height: spot.height }));
        expect(labels.flatMap((a) => capsules.filter((capsule) => overlap(a.box, capsule)).map((capsule) => `${a.id} over ${capsule.id}`))).toEqual([]);
        const whole = labels.filter((label) => label.text === label.id).length;
        expect(labels.length / graph.nodes.length).toBeGreaterThan(graph.nodes.length > 50 ? 0.85 : 0.99);
        expect(whole / graph.nodes.length).toBeGreaterThan(graph.nodes.length > 50 ? 0.6 : 0.9);
        const times = placeTimes(graph.edges.map((edge) => ({ id: edge.id, text: '3 h 20 min' })), routes, new Map(labels.map((label) => [label.id, label])), geometry, 12);
        expect(times.filter((time) => labels.some((label) => overlap(label.box, time.box)))).toEqual([]);
        expect(times.length).toBeGreaterThan(3);
    });
});

describe('the frame of the map', { timeout: 60_000 }, () => {
    it('does not move a touchpoint when a filter changes what flows', () => {
        const world = broadbandWorld(2000);
        const all = graphOf(world);
        const columns = layColumns(all);
        const phone = flowOf(world, world.episodes.filter((episode) => episode.some((step) => step.touchpoint.startsWith('Call'))));
        const filtered = buildGraph(phone, world.blueprint, world.blueprint.journeys[0]!);
        const before = geometryOf(all, columns, sheet, 190);
        const after = geometryOf(filtered, columns, sheet, 190);
        for (const node of filtered.nodes) {
            expect(after.spots.get(node.id)!.x).toBe(before.spots.get(node.id)!.x);
            expect(after.spots.get(node.id)!.y).toBe(before.spots.get(node.id)!.y);
        }
    });

    it('shows designed touchpoints that nobody met, and marks those not in the blueprint', () => {
        const graph = graphOf(broadbandWorld(500));
        expect(graph.nodes.find((node) => node.id === 'Welcome call')).toMatchObject({ used: false, designed: true, stage: 4, lane: 3 });
        expect(graph.nodes.find((node) => node.id === 'Nobody came')).toMatchObject({ used: true, inBlueprint: false });
    });

    it('orders lanes from machine to person', () => {
        expect(graphOf(broadbandWorld(500)).lanes.map((lane) => [lane.title, lane.note])).toEqual([
            ['Web and app', 'self-service'], ['Messages', 'mail, text'], ['Chatbot', 'bot'], ['Phone', 'person'], ['On site', 'store, technician'],
        ]);
    });
});
