import { useMemo } from 'react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';

import { get, type Schema } from '../api/client';
import { useAsk, useBlueprint } from '../api/queries';
import { useAsked } from '../question/address';
import { buildGraph, type FlowGraph } from './flow-graph';
import { questionText, type Scope, type Unit } from './journey-question';
import { openingStep, pictures, stepAt, type Pictures } from './picture';
import { stageMeasures } from './stage-feeling';
import { useColumns } from './use-columns';

/** So many sequences are asked for one by one; the rest comes summed up, and is said. */
export const sequencesMax = 5000;

/** The question of the page: its unit, with period and filter from the address. */
export function useScope(unit: Unit): { scope: Scope; ready: boolean } {
    const { from, to, where, ready } = useAsked();
    const name = unit.kind === 'journey' ? unit.name : '';
    const scope = useMemo<Scope>(
        () => ({ unit: unit.kind === 'journey' ? { kind: 'journey', name } : { kind: unit.kind }, from, to, where }),
        [unit.kind, name, from, to, where],
    );
    return { scope, ready };
}

/**
 * Everything the map is drawn from. The frame comes from all paths of all time, the numbers from the question in the
 * address: so period, filter, slider and news never move a touchpoint.
 */
export function useJourney(unit: Unit) {
    const { scope, ready } = useScope(unit);
    const blueprint = useBlueprint();
    const frame = useAsk('flow', questionText('flow', { ...scope, from: null, to: null, where: '' }), { live: false });
    const flow = useAsk('flow', ready ? questionText('flow', scope) : '');
    const variants = useAsk('variants', ready ? questionText('variants', scope, { limit: sequencesMax }) : '');
    const designed = blueprint.data;
    const journey = useMemo(
        () => (unit.kind === 'journey' ? (designed?.journeys.find((one) => one.name === unit.name) ?? null) : null),
        [designed, unit],
    );
    const frameGraph = useMemo(
        () => (frame.data && designed ? buildGraph(frame.data, designed, journey) : null),
        [frame.data, designed, journey],
    );
    const columns = useColumns(frameGraph);
    const graph = useMemo<FlowGraph | null>(
        () => (flow.data && designed && frameGraph ? framed(buildGraph(flow.data, designed, journey), frameGraph) : null),
        [flow.data, designed, journey, frameGraph],
    );
    const all = useMemo<Pictures | null>(
        () => (graph && variants.data ? pictures(graph.edges, variants.data.variants, variants.data.other) : null),
        [graph, variants.data],
    );
    const stages = useByStage(ready && graph !== null && graph.stages.length > 0 ? questionText('flow', scope, { by: 'stage' }) : '');
    const measures = useMemo(() => (graph ? stageMeasures(graph, stages.data) : null), [graph, stages.data]);
    return { measures, scope, ready, blueprint, frame, flow, variants, journey, columns, graph, all };
}

/** The flow once per stage; '' asks nothing. */
function useByStage(question: string) {
    return useQuery<Schema['GroupedAnswer']>({
        queryKey: ['/api/ask', 'by stage', question],
        queryFn: ({ signal }) => get('/api/ask', { query: { q: question }, signal }).then((answer) => answer as Schema['GroupedAnswer']),
        placeholderData: keepPreviousData,
        enabled: question !== '',
    });
}

/** The numbers of one graph in the stages and lanes of another. */
function framed(graph: FlowGraph, frame: FlowGraph): FlowGraph {
    const places = new Map(frame.nodes.map((node) => [node.id, node]));
    return {
        ...graph,
        stages: frame.stages,
        lanes: frame.lanes,
        nodes: graph.nodes.map((node) => {
            const place = places.get(node.id);
            return place ? { ...node, stage: place.stage, lane: place.lane } : node;
        }),
    };
}

/** The slider's position: from the address (?paths= least percent of episodes a path has), else nine in ten journeys. */
export function usePictureStep(all: Pictures | null): { step: number; setStep: (step: number) => void } {
    const asked = useAsked();
    const text = asked.param('paths');
    const step = useMemo(() => {
        if (!all || all.steps.length === 0) {
            return 0;
        }
        const least = Number.parseFloat(text);
        return Number.isFinite(least) ? stepAt(all, least / 100) : openingStep(all);
    }, [all, text]);
    const setStep = (next: number) => {
        const chosen = all?.steps[Math.min(all.steps.length - 1, Math.max(0, next))];
        if (all && chosen) {
            const last = chosen === all.steps[all.steps.length - 1];
            asked.set({ paths: last ? '0' : leastText(chosen.leastUnits, all.total) }, { replace: true });
        }
    };
    return { step, setStep };
}

/** Percent with as many digits as tell neighbouring positions apart, never above the true value. */
function leastText(units: number, total: number): string {
    return String(Math.floor((units / total) * 1e6) / 1e4);
}
