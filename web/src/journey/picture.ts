import { END, START, type Variant } from './answer';
import { edgeId, type GraphEdge } from './flow-graph';

/** One position of the slider: every journey whose weakest path is taken by at least `leastUnits` episodes. */
export interface Picture {
    /** Fewest episodes on a path of the picture. */
    leastUnits: number;
    edges: ReadonlySet<string>;
    /** Episodes whose whole way is in the picture. */
    episodes: number;
    /** Sequences in the picture. */
    sequences: number;
    /** Touchpoints in the picture. */
    touchpoints: ReadonlySet<string>;
}

export interface Pictures {
    steps: Picture[];
    total: number;
    /** Episodes of the rarest sequences that the answer only sums up; they count as not in the picture. */
    uncounted: number;
    uncountedSequences: number;
}

/** The paths of a sequence, from START to END. */
export function pathEdges(path: readonly string[]): string[] {
    const stops = [START, ...path, END];
    return stops.slice(1).map((to, index) => edgeId(stops[index]!, to));
}

interface Ranked {
    edges: string[];
    weakest: number;
    count: number;
}

function picture(edges: Set<string>, leastUnits: number, episodes: number, sequences: number): Picture {
    const touchpoints = new Set<string>();
    for (const id of edges) for (const end of id.split('\u2192')) touchpoints.add(end);
    return { leastUnits, edges, episodes, sequences, touchpoints };
}

/**
 * All positions of the slider, from the main road to every path. A sequence is in the picture as soon as its weakest
 * path is, so each picture is made of whole journeys, is connected, and its share is the exact share of the episodes
 * that can be followed in it from START to END. Each next picture holds the one before.
 */
export function pictures(
    edges: readonly GraphEdge[],
    variants: readonly Variant[],
    other: { variants: number; count: number },
): Pictures {
    const units = new Map(edges.map((edge) => [edge.id, edge.units]));
    const ranked = variants.map((variant): Ranked => {
        const ids = pathEdges(variant.path);
        return { edges: ids, count: variant.count, weakest: Math.min(...ids.map((id) => units.get(id) ?? 0)) };
    });
    ranked.sort((a, b) => b.weakest - a.weakest);
    const steps: Picture[] = [];
    const seen = new Set<string>();
    let episodes = 0;
    for (let i = 0; i < ranked.length;) {
        const least = ranked[i]!.weakest;
        const before = seen.size;
        let taken = i;
        for (; taken < ranked.length && ranked[taken]!.weakest === least; taken++) {
            ranked[taken]!.edges.forEach((id) => seen.add(id));
            episodes += ranked[taken]!.count;
        }
        if (seen.size > before) steps.push(picture(new Set(seen), least, episodes, taken));
        i = taken;
    }
    const listed = variants.reduce((sum, variant) => sum + variant.count, 0);
    const total = listed + other.count;
    const rest = edges.filter((edge) => !seen.has(edge.id));
    if (rest.length > 0) {
        rest.forEach((edge) => seen.add(edge.id));
        steps.push(
            picture(
                new Set(seen),
                Math.min(...rest.map((edge) => edge.units)),
                total,
                variants.length + other.variants,
            ),
        );
    } else if (steps.length > 0 && other.count > 0) {
        const last = steps[steps.length - 1]!;
        steps[steps.length - 1] = { ...last, episodes: total, sequences: variants.length + other.variants };
    }
    return { steps, total, uncounted: other.count, uncountedSequences: other.variants };
}

/** The position the map opens at: the first picture with nine in ten journeys, or all paths. */
export function openingStep(all: Pictures, share = 0.9): number {
    const first = all.steps.findIndex((step) => step.episodes >= share * all.total);
    return first < 0 ? Math.max(0, all.steps.length - 1) : first;
}

/** The position that an address names by the least share of episodes a path must have; 0 is all paths. */
export function stepAt(all: Pictures, leastShare: number): number {
    const least = leastShare * all.total;
    const index = all.steps.findIndex((step) => step.leastUnits < least - 1e-9);
    return index < 0 ? Math.max(0, all.steps.length - 1) : Math.max(0, index - 1);
}
