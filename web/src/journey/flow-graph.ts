import {
    END,
    START,
    type Blueprint,
    type BlueprintJourney,
    type Estimate,
    type FlowAnswer,
    type FlowEdge,
} from './answer';
import { lanesOf, type Lane } from './lanes';

/** A touchpoint of the map, with where the design puts it. */
export interface GraphNode {
    id: string;
    /** Index into the graph's stages; 0 when there are none. */
    stage: number;
    /** Index into the graph's lanes; 0 when there are none. */
    lane: number;
    encounters: number;
    units: number;
    share: number;
    position: number;
    experience: Estimate | null;
    inBlueprint: boolean;
    /** On the designed path of this journey. */
    designed: boolean;
    /** False for touchpoints that are designed and never met: rings only. */
    used: boolean;
    channel: string;
    owner: string;
    drill: string;
}

export interface GraphEdge extends FlowEdge {
    id: string;
}

export interface GraphStage {
    name: string;
    feeling: string;
    intended: number | null;
}

/** What the map is made of: the real flow joined with the blueprint. */
export interface FlowGraph {
    nodes: GraphNode[];
    edges: GraphEdge[];
    /** In designed order; empty when no touchpoint has a stage. */
    stages: GraphStage[];
    lanes: Lane[];
    /** The designed touchpoints in order, all of them nodes of the graph. */
    path: string[];
    units: number;
    /** False when nobody gave a score: then nothing is coloured, and nothing is marked as having too few answers. */
    scored: boolean;
}

export const edgeId = (from: string, to: string) => `${from}\u2192${to}`;
export const isEnd = (id: string) => id === START || id === END;

interface Sketch {
    id: string;
    stage: string;
    channel: string;
    position: number;
    units: number;
}

function mean(values: readonly { at: number; weight: number }[]): number {
    const weight = values.reduce((sum, value) => sum + value.weight, 0);
    return weight > 0 ? values.reduce((sum, value) => sum + value.at * value.weight, 0) / weight : 0;
}

/** The journey's stages in designed order; stages it does not name are put where their touchpoints lie in episodes. */
function stageOrder(sketches: readonly Sketch[], blueprint: Blueprint, journey: BlueprintJourney | null): string[] {
    const used = new Set(sketches.map((sketch) => sketch.stage).filter((stage) => stage !== ''));
    const declared = blueprint.stages.filter((stage) => used.has(stage));
    const named = journey !== null && journey.stages.length > 0 ? [...journey.stages] : declared;
    const at = (stage: string) =>
        mean(
            sketches
                .filter((sketch) => sketch.stage === stage)
                .map((one) => ({ at: one.position, weight: one.units })),
        );
    const rest = [...used]
        .filter((stage) => !named.includes(stage))
        .sort((a, b) => at(a) - at(b) || (a < b ? -1 : 1));
    for (const stage of rest) {
        const before = named.findIndex((other) => used.has(other) && at(other) > at(stage));
        named.splice(before < 0 ? named.length : before, 0, stage);
    }
    return named;
}

/** A touchpoint without a stage stands where most of its neighbours do; one without neighbours by its place. */
function fillStages(
    sketches: readonly Sketch[],
    edges: readonly FlowEdge[],
    stages: readonly string[],
): Map<string, number> {
    const known = new Map<string, number>();
    for (const sketch of sketches) {
        const index = stages.indexOf(sketch.stage);
        if (index >= 0) known.set(sketch.id, index);
    }
    const open = sketches
        .filter((sketch) => !known.has(sketch.id))
        .sort((a, b) => b.units - a.units || (a.id < b.id ? -1 : 1));
    for (const sketch of open) {
        const votes = new Map<number, number>();
        for (const edge of edges) {
            const other = edge.from === sketch.id ? edge.to : edge.to === sketch.id ? edge.from : null;
            const stage = other === null ? undefined : known.get(other);
            if (stage !== undefined) votes.set(stage, (votes.get(stage) ?? 0) + edge.units);
        }
        const best = [...votes].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0];
        const guess = Math.min(stages.length - 1, Math.floor(sketch.position * stages.length));
        known.set(sketch.id, best ? best[0] : Math.max(0, guess));
    }
    return known;
}

/** Where a designed touchpoint that nobody met would lie: between its designed neighbours that were met. */
function designedPosition(path: readonly string[], index: number, met: ReadonlyMap<string, number>): number {
    const seek = (step: -1 | 1) => {
        for (let i = index + step; i >= 0 && i < path.length; i += step) {
            const position = met.get(path[i]!);
            if (position !== undefined) return position;
        }
        return step < 0 ? 0 : 1;
    };
    return (seek(-1) + seek(1)) / 2;
}

/** Joins an answer to `flow` with the blueprint. `journey` is null for whole timelines and threads. */
export function buildGraph(flow: FlowAnswer, blueprint: Blueprint, journey: BlueprintJourney | null): FlowGraph {
    const declared = new Map(blueprint.touchpoints.map((touchpoint) => [touchpoint.name, touchpoint]));
    const met = new Map(flow.nodes.map((node) => [node.touchpoint, node.position]));
    const path = journey?.path ?? [];
    const unused = path.filter((name, index) => !met.has(name) && path.indexOf(name) === index);
    const sketches: Sketch[] = [
        ...flow.nodes.map((node) => ({
            id: node.touchpoint,
            stage: node.stage ?? '',
            channel: node.channel ?? '',
            position: node.position,
            units: node.units,
        })),
        ...unused.map((name) => ({
            id: name,
            stage: declared.get(name)?.stage ?? '',
            channel: declared.get(name)?.channel ?? '',
            position: designedPosition(path, path.indexOf(name), met),
            units: 0,
        })),
    ];
    const names = stageOrder(sketches, blueprint, journey);
    const stageAt = names.length > 0 ? fillStages(sketches, flow.edges, names) : new Map<string, number>();
    const lanes = lanesOf(
        sketches.map((sketch) => sketch.channel),
        blueprint.channels,
    );
    const laneAt = new Map(lanes.flatMap((lane, index) => lane.channels.map((channel) => [channel, index] as const)));
    // without any designed touchpoint the mark "not in the blueprint" would say nothing
    const designs = flow.nodes.some((node) => node.in_blueprint);
    const answers = new Map(flow.nodes.map((node) => [node.touchpoint, node]));
    const nodes = sketches.map((sketch): GraphNode => {
        const node = answers.get(sketch.id);
        return {
            id: sketch.id,
            stage: stageAt.get(sketch.id) ?? 0,
            lane: laneAt.get(sketch.channel) ?? 0,
            encounters: node?.encounters ?? 0,
            units: sketch.units,
            share: node?.share ?? 0,
            position: sketch.position,
            experience: node?.experience ?? null,
            inBlueprint: !designs || (node?.in_blueprint ?? true),
            designed: path.includes(sketch.id),
            used: node !== undefined,
            channel: sketch.channel,
            owner: node?.owner ?? declared.get(sketch.id)?.owner ?? '',
            drill: node?.drill ?? '',
        };
    });
    const feelings = journey?.stage_feelings ?? {};
    return {
        nodes,
        edges: flow.edges.map((edge) => ({ ...edge, id: edgeId(edge.from, edge.to) })),
        stages: names.map((name) => ({
            name,
            feeling: feelings[name]?.feeling ?? '',
            intended: feelings[name]?.intended ?? null,
        })),
        lanes,
        path: [...path],
        units: flow.population.units,
        scored: flow.experience.n > 0 || flow.nodes.some((node) => node.experience.n > 0),
    };
}
