/**
 * Test support: whole answers in the exact contract, counted plainly from simulated episodes, so that every number of a
 * fixture agrees with every other. Nothing here is part of the product's bundle.
 */
import type { Schema } from '../api/client';
import {
    END,
    START,
    type Blueprint,
    type Episode,
    type EpisodesAnswer,
    type Estimate,
    type FlowAnswer,
    type PromisesAnswer,
    type Seconds,
    type VariantsAnswer,
} from './answer';
import { edgeId } from './flow-graph';

/** Numbers in [0, 1) that are the same in every run (mulberry32). */
export function chance(seed: number): () => number {
    let state = seed >>> 0;
    return () => {
        state = (state + 0x6d2b79f5) >>> 0;
        let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
        mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
    };
}

export interface Step {
    touchpoint: string;
    /** Seconds since the episode began. */
    at: number;
    score: number | null;
}

export interface World {
    blueprint: Blueprint;
    journey: string;
    channels: Record<string, string>;
    episodes: Step[][];
    /** Pairs that are forced switches. */
    forced: ReadonlySet<string>;
}

export function estimateOf(values: readonly number[], needed = 10): Estimate {
    const n = values.length;
    if (n < needed) {
        return {
            estimate: null,
            low: null,
            high: null,
            n,
            needed,
            unit: 'experience',
            method: 'student',
            version: 'experience 1',
            enough: false,
            text: `not enough answers (n = ${n})`,
        };
    }
    const mean = values.reduce((sum, value) => sum + value, 0) / n;
    const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1) / n);
    return {
        estimate: mean,
        low: mean - 1.96 * spread,
        high: mean + 1.96 * spread,
        n,
        unit: 'experience',
        method: 'student',
        version: 'experience 1',
        enough: true,
    };
}

export function shareOf(part: number, n: number): Estimate {
    if (n < 10) {
        return { estimate: null, low: null, high: null, n, needed: 10, unit: 'share', method: 'wilson', version: 'share 1', enough: false };
    }
    const z = 1.96;
    const p = part / n;
    const middle = (p + (z * z) / (2 * n)) / (1 + (z * z) / n);
    const half = (z / (1 + (z * z) / n)) * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
    return { estimate: p, low: middle - half, high: middle + half, n, unit: 'share', method: 'wilson', version: 'share 1', enough: true };
}

export function secondsOf(values: number[]): Seconds {
    if (values.length === 0) return { n: 0, mean: null, median: null, p90: null };
    const sorted = [...values].sort((a, b) => a - b);
    const at = (q: number) => sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))]!;
    return {
        n: values.length,
        mean: values.reduce((sum, value) => sum + value, 0) / values.length,
        median: at(0.5),
        p90: at(0.9),
    };
}

/** Mean score of an episode; null without one. */
export function feelingOf(episode: readonly Step[]): number | null {
    const scores = episode.flatMap((step) => (step.score === null ? [] : [step.score]));
    return scores.length > 0 ? scores.reduce((sum, score) => sum + score, 0) / scores.length : null;
}

const envelope = <K extends string>(world: World, kind: K, units: number) => ({
    kind,
    per: 'journey' as const,
    journey: world.journey,
    range: { from: null, to: null },
    question: `${kind} per '${world.journey}'`,
    population: {
        encounters: world.episodes.reduce((sum, episode) => sum + episode.length, 0),
        units,
        customers: units,
        without_unit: 0,
        first: '2026-07-01T06:00:00Z',
        latest: '2026-09-30T18:00:00Z',
    },
    blueprint_version: 1,
    finding: {
        id: 'flow.worst_edge',
        values: {},
        text: 'One in eleven goes from Visit moved to Call: where is my visit, and those end 1.9 lower.',
    },
});

const scoresOf = (episodes: readonly Step[][]) =>
    episodes.flatMap((episode) => {
        const feeling = feelingOf(episode);
        return feeling === null ? [] : [feeling];
    });

/** The answer to `flow`, counted plainly. */
export function flowOf(world: World, episodes = world.episodes): FlowAnswer {
    interface Tally {
        count: number;
        units: Set<number>;
        seconds: number[];
        scores: number[];
        places: number[];
    }
    const fresh = (): Tally => ({ count: 0, units: new Set(), seconds: [], scores: [], places: [] });
    const nodes = new Map<string, Tally>();
    const edges = new Map<string, Tally & { from: string; to: string }>();
    episodes.forEach((episode, unit) => {
        episode.forEach((step, index) => {
            const node = nodes.get(step.touchpoint) ?? fresh();
            nodes.set(step.touchpoint, node);
            node.count++;
            node.units.add(unit);
            node.places.push(episode.length > 1 ? index / (episode.length - 1) : 0);
            if (step.score !== null) node.scores.push(step.score);
        });
        const stops = [START, ...episode.map((step) => step.touchpoint), END];
        stops.slice(1).forEach((to, index) => {
            const from = stops[index]!;
            const id = edgeId(from, to);
            const edge = edges.get(id) ?? { ...fresh(), from, to };
            edges.set(id, edge);
            edge.count++;
            edge.units.add(unit);
            if (index > 0 && index < episode.length) edge.seconds.push(episode[index]!.at - episode[index - 1]!.at);
        });
    });
    const declared = new Map(world.blueprint.touchpoints.map((one) => [one.name, one]));
    const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
    return {
        ...envelope(world, 'flow', episodes.length),
        nodes: [...nodes]
            .sort((a, b) => byText(a[0], b[0]))
            .map(([touchpoint, node]) => ({
                touchpoint,
                encounters: node.count,
                units: node.units.size,
                customers: node.units.size,
                share: node.units.size / episodes.length,
                stage: declared.get(touchpoint)?.stage ?? '',
                channel: world.channels[touchpoint] ?? '',
                owner: declared.get(touchpoint)?.owner ?? '',
                in_blueprint: declared.has(touchpoint),
                position: node.places.reduce((sum, place) => sum + place, 0) / node.places.length,
                experience: estimateOf(node.scores),
                drill: `episodes per '${world.journey}' where touches '${touchpoint}'`,
            })),
        edges: [...edges.values()]
            .sort((a, b) => byText(a.from, b.from) || byText(a.to, b.to))
            .map((edge) => ({
                from: edge.from,
                to: edge.to,
                count: edge.count,
                units: edge.units.size,
                customers: edge.units.size,
                share: edge.units.size / episodes.length,
                forced: world.forced.has(edgeId(edge.from, edge.to)) ? edge.count : 0,
                seconds: secondsOf(edge.seconds),
                experience: estimateOf(scoresOf([...edge.units].map((unit) => episodes[unit]!))),
                drill: `episodes per '${world.journey}' where goes '${edge.from}' -> '${edge.to}'`,
            })),
        experience: estimateOf(scoresOf(episodes)),
    };
}

/** The answer to `variants`, counted plainly. */
export function variantsOf(world: World, limit: number): VariantsAnswer {
    const groups = new Map<string, Step[][]>();
    for (const episode of world.episodes) {
        const key = episode.map((step) => step.touchpoint).join('\u0001');
        groups.set(key, [...(groups.get(key) ?? []), episode]);
    }
    const sorted = [...groups].sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1));
    const total = world.episodes.length;
    let running = 0;
    const variants = sorted.slice(0, limit).map(([key, members]) => {
        running += members.length;
        const path = key.split('\u0001');
        return {
            path,
            count: members.length,
            customers: members.length,
            share: members.length / total,
            running: running / total,
            seconds: secondsOf(members.map((member) => member[member.length - 1]!.at)),
            experience: estimateOf(scoresOf(members)),
            drill: `episodes per '${world.journey}' where follows (${path.map((name) => `'${name}'`).join(',')})`,
        };
    });
    const rest = sorted.slice(limit);
    const count = rest.reduce((sum, [, members]) => sum + members.length, 0);
    return {
        ...envelope(world, 'variants', total),
        variants,
        distinct: sorted.length,
        other: { variants: rest.length, count, share: count / total },
        total,
    };
}

/** One page of the answer to `episodes`, of those that `holds` lets through. */
export function episodesOf(
    world: World,
    holds: (episode: readonly Step[]) => boolean,
    limit: number,
    offset: number,
): EpisodesAnswer {
    const first = Date.UTC(2026, 6, 1, 6);
    const rows = world.episodes.flatMap((episode, index): Episode[] => {
        if (!holds(episode)) return [];
        const start = first + index * 1_800_000;
        const last = episode[episode.length - 1]!;
        return [
            {
                customer: `k-${10_000 + index}`,
                thread: '',
                start: new Date(start).toISOString(),
                end: new Date(start + last.at * 1000).toISOString(),
                seconds: last.at,
                encounters: episode.length,
                status: 'completed',
                experience: feelingOf(episode),
                path: episode.map((step) => step.touchpoint),
            },
        ];
    });
    return {
        ...envelope(world, 'episodes', rows.length),
        total: rows.length,
        offset,
        limit,
        episodes: rows.slice(offset, offset + limit),
    };
}

/** The answer to `promises`: a promise made at one touchpoint and kept by its due time at another. */
export function promisesOf(world: World, due: Record<string, number>): PromisesAnswer {
    const promises = world.blueprint.promises.map((promise) => {
        const slack: number[] = [];
        const feelings: Record<'kept' | 'late' | 'broken', number[]> = { kept: [], late: [], broken: [] };
        let made = 0,
            kept = 0,
            late = 0,
            broken = 0;
        for (const episode of world.episodes) {
            const from = episode.find((step) => promise.made.includes(step.touchpoint));
            if (!from) continue;
            made++;
            const to = episode.find((step) => promise.kept.includes(step.touchpoint) && step.at >= from.at);
            const left = to ? from.at + due[promise.name]! - to.at : null;
            if (left !== null) slack.push(left);
            const end = left === null ? 'broken' : left >= 0 ? 'kept' : 'late';
            if (end === 'kept') kept++;
            else if (end === 'late') late++;
            else broken++;
            const feeling = feelingOf(episode);
            if (feeling !== null) feelings[end].push(feeling);
        }
        const cuts = [
            null,
            -1209600,
            -604800,
            -259200,
            -86400,
            -14400,
            0,
            14400,
            86400,
            259200,
            604800,
            1209600,
            null,
        ];
        return {
            promise: promise.name,
            owner: promise.owner,
            target: promise.target,
            made,
            kept,
            late,
            broken,
            open: 0,
            at_risk: 0,
            customers: made,
            kept_rate: shareOf(kept, made),
            slack: {
                mean: slack.length > 0 ? slack.reduce((sum, value) => sum + value, 0) / slack.length : null,
                early_median: secondsOf(slack.filter((value) => value >= 0)).median,
                late_median: secondsOf(slack.filter((value) => value < 0).map((value) => -value)).median,
                late_p90: secondsOf(slack.filter((value) => value < 0).map((value) => -value)).p90,
                bins: cuts.slice(1).map((to, index) => ({
                    from: cuts[index]!,
                    to,
                    count: slack.filter((value) => value >= (cuts[index] ?? -Infinity) && value < (to ?? Infinity))
                        .length,
                })),
            },
            experience: {
                kept: estimateOf(feelings.kept),
                late: estimateOf(feelings.late),
                broken: estimateOf(feelings.broken),
            },
            drills: Object.fromEntries(
                ['kept', 'late', 'broken', 'open', 'at_risk'].map((outcome) => [
                    outcome,
                    `episodes per '${world.journey}' where promise '${promise.name}' is ${outcome}`,
                ]),
            ) as PromisesAnswer['promises'][0]['drills'],
        };
    });
    return { ...envelope(world, 'promises', world.episodes.length), now: '2026-09-30T18:00:00Z', promises };
}

/** The answer to `flow ... by stage`: the same once for the encounters of every stage. */
export function flowByStage(world: World): Schema['GroupedAnswer'] {
    const stages = new Map(world.blueprint.touchpoints.map((one) => [one.name, one.stage]));
    const groups = world.blueprint.stages.map((stage) => {
        const inside = world.episodes.map((episode) => episode.filter((step) => stages.get(step.touchpoint) === stage)).filter((episode) => episode.length > 0);
        return { value: stage, answer: flowOf(world, inside) };
    });
    return { ...envelope(world, 'flow', world.episodes.length), by: 'stage', groups, other_values: 0 };
}
