import type { ReactNode } from 'react';

import { durationText, estimateText, intervalText, shareText } from '../design/format';
import { useAsked } from '../question/address';
import { Link } from '../shell/router';
import { END, START, type Estimate } from './answer';
import type { FlowGraph, GraphEdge } from './flow-graph';
import { colourOf, softOf, toneOf } from './flow-tones';
import { selectionText, stopName } from './journey-question';
import { isForced } from './map-strokes';

const shownMost = 8;
const byId = (a: GraphEdge, b: GraphEdge) => (a.id < b.id ? -1 : 1);

/** The paths whose episodes are surely worse than all of them together, by how much is lost there in sum. */
export function worstPaths(edges: readonly GraphEdge[], all: Estimate): GraphEdge[] {
    if (all.estimate === null || all.low === null) {
        return [];
    }
    const mean = all.estimate;
    const loss = (edge: GraphEdge) => (mean - edge.experience.estimate!) * edge.units;
    return edges
        .filter((edge) => edge.experience.estimate !== null && edge.experience.high! < all.low! && edge.from !== START)
        .sort((a, b) => loss(b) - loss(a) || byId(a, b));
}

/** The paths on which most time passes in sum, for flows that nobody scored. */
export function slowestPaths(edges: readonly GraphEdge[]): GraphEdge[] {
    const spent = (edge: GraphEdge) => (edge.seconds.mean ?? 0) * edge.seconds.n;
    return edges
        .filter((edge) => edge.from !== START && edge.to !== END && spent(edge) > 0)
        .sort((a, b) => spent(b) - spent(a) || byId(a, b));
}

/** What stands beside the map while nothing is selected: where it hurts most, or without scores where the time goes. */
export function WorstPaths({ graph, experience }: { graph: FlowGraph; experience: Estimate }) {
    if (!graph.scored) {
        const all = graph.edges.reduce((sum, edge) => sum + (edge.seconds.mean ?? 0) * edge.seconds.n, 0);
        return (
            <Beside
                title="Where the time goes" paths={slowestPaths(graph.edges)}
                words="Nobody gave a score here. Paths by all the time that passes on them, with the median:"
                figures={(edge) => [durationText(edge.seconds.median!), `${shareText((edge.seconds.mean! * edge.seconds.n) / all)} of the time`]}
            />
        );
    }
    return (
        <Beside
            title="Where it hurts most" paths={worstPaths(graph.edges, experience)}
            words={experience.estimate === null
                ? `Not enough answers to say how all of them feel: ${intervalText(experience)}.`
                : `All of them feel ${estimateText(experience)} (${intervalText(experience)}). Paths that are worse beyond chance, most loss first:`}
            none={experience.estimate === null ? '' : 'No path is worse than the rest beyond chance.'}
            figures={(edge) => [estimateText(edge.experience), `${shareText(edge.share)}${isForced(edge) ? ', forced' : ''}`]}
        />
    );
}

function Beside({ title, words, paths, none = '', figures }: {
    title: string; words: ReactNode; paths: readonly GraphEdge[]; none?: string; figures: (edge: GraphEdge) => [string, string];
}) {
    const asked = useAsked();
    return (
        <aside className="worst" aria-labelledby="worst-title">
            <h2 id="worst-title" className="head">{title}</h2>
            <p className="small dim">{words}</p>
            {none && paths.length === 0 && <p className="small">{none}</p>}
            <ol>
                {paths.slice(0, shownMost).map((edge) => {
                    const tone = toneOf(edge.experience);
                    const [strong, axis] = figures(edge);
                    return (
                        <li key={edge.id}>
                            <Link className="worst-row" keepScroll to={asked.with({ select: selectionText({ kind: 'path', from: edge.from, to: edge.to }) })}>
                                <svg width={14} height={38} aria-hidden="true">
                                    <path d="M7 6v26" stroke={colourOf(tone)} strokeWidth={5} strokeLinecap="round" />
                                    <path d="M7 6v26" stroke={softOf(tone)} strokeWidth={3} strokeLinecap="round" />
                                </svg>
                                <span className="names"><span>{stopName(edge.from)}</span><span>{stopName(edge.to)}</span></span>
                                <span className="figures"><span className="strong">{strong}</span><span className="axis">{axis}</span></span>
                            </Link>
                        </li>
                    );
                })}
            </ol>
            {paths.length > shownMost && (
                <p className="small"><Link className="link" keepScroll to={asked.with({ view: 'table' })}>{`${paths.length - shownMost} more in the table`}</Link></p>
            )}
        </aside>
    );
}
