import { memo } from 'react';

import type { FlowGraph, GraphEdge } from './flow-graph';
import { colourOf, softOf, toneOf } from './flow-tones';
import { forcedBars, type Route } from './routes';

/** A path is drawn as a forced switch when most who take it had to leave a machine for a person. */
export const isForced = (edge: GraphEdge) => edge.count > 0 && edge.forced / edge.count >= 0.5;

const thin = 2.4;

/** One path as a stroke: a casing of the page's colour, the edge in full colour, the core in the soft tint. */
export function Stroke({ edge, route, scored, chosen = false }: { edge: GraphEdge; route: Route; scored: boolean; chosen?: boolean }) {
    const tone = toneOf(edge.experience);
    const few = scored && tone === null;
    const { d, width } = route;
    const bars = isForced(edge) && route.way === 'forward' ? forcedBars(route) : '';
    return (
        <>
            {chosen ? (
                <>
                    <path className="casing" d={d} strokeWidth={width + 9} />
                    <path d={d} stroke={colourOf(tone)} strokeWidth={width + 3} />
                </>
            ) : (
                <>
                    <path className="casing" d={d} strokeWidth={width + 2.5} />
                    <path d={d} stroke={colourOf(tone)} strokeWidth={width} {...(few ? { strokeDasharray: width > thin ? '1.5 2.5' : '3 2.5' } : {})} />
                    {width > thin && <path className="core" d={d} stroke={softOf(tone)} strokeWidth={width - 2} />}
                </>
            )}
            {route.arrow && <path className="head" d={route.arrow} stroke={colourOf(tone)} strokeWidth={chosen ? 2 : 1.5} />}
            {route.bar && <path d={route.bar} stroke="var(--ink)" strokeWidth={2} strokeLinecap="round" />}
            {bars && <path className="casing" d={bars} strokeWidth={3.6} />}
            {bars && <path d={bars} stroke="var(--ink)" strokeWidth={1.5} />}
        </>
    );
}

/** All paths: good and neutral below, pain above, wide below thin. Which are in the picture is said by class, not here. */
export const Strokes = memo(function Strokes({ graph, routes }: { graph: FlowGraph; routes: ReadonlyMap<string, Route> }) {
    const order = [...graph.edges].sort((a, b) => {
        return (toneOf(b.experience) ?? 4) - (toneOf(a.experience) ?? 4) || b.units - a.units || (a.id < b.id ? -1 : 1);
    });
    return (
        <g className="strokes" aria-hidden="true">
            {order.map((edge) => {
                const route = routes.get(edge.id);
                return route ? <g key={edge.id} className="edge" data-id={edge.id}><Stroke edge={edge} route={route} scored={graph.scored} /></g> : null;
            })}
        </g>
    );
});
