import { estimateText, intervalText, shareText } from '../design/format';
import { useAsked } from '../question/address';
import { Link } from '../shell/router';
import type { Estimate } from './answer';
import type { FlowGraph, GraphEdge } from './flow-graph';
import { colourOf, softOf, toneOf } from './flow-tones';
import { selectionText, stopName } from './journey-question';
import { isForced } from './map-strokes';

const shownMost = 8;

/** The paths whose episodes are surely worse than all of them together, by how much is lost there in sum. */
export function worstPaths(edges: readonly GraphEdge[], all: Estimate): GraphEdge[] {
    if (all.estimate === null || all.low === null) {
        return [];
    }
    const mean = all.estimate;
    const loss = (edge: GraphEdge) => (mean - edge.experience.estimate!) * edge.units;
    return edges
        .filter((edge) => edge.experience.estimate !== null && edge.experience.high! < all.low! && edge.from !== 'START')
        .sort((a, b) => loss(b) - loss(a) || (a.id < b.id ? -1 : 1));
}

/** What stands beside the map while nothing is selected: where it hurts most. */
export function WorstPaths({ graph, experience }: { graph: FlowGraph; experience: Estimate }) {
    const asked = useAsked();
    const worst = worstPaths(graph.edges, experience);
    return (
        <aside className="worst" aria-labelledby="worst-title">
            <h2 id="worst-title" className="head">Where it hurts most</h2>
            <p className="small dim">
                {experience.estimate === null
                    ? 'Too few answers to say how these journeys feel.'
                    : `All of them feel ${estimateText(experience)} (${intervalText(experience)}). Paths that are worse beyond chance, most loss first:`}
            </p>
            {experience.estimate !== null && worst.length === 0 && <p className="small">No path is worse than the rest beyond chance.</p>}
            <ol>
                {worst.slice(0, shownMost).map((edge) => (
                    <li key={edge.id}>
                        <Link className="worst-row" keepScroll to={asked.with({ select: selectionText({ kind: 'path', from: edge.from, to: edge.to }) })}>
                            <svg width={14} height={38} aria-hidden="true">
                                <path d="M7 6v26" stroke={colourOf(toneOf(edge.experience))} strokeWidth={5} strokeLinecap="round" />
                                <path d="M7 6v26" stroke={softOf(toneOf(edge.experience))} strokeWidth={3} strokeLinecap="round" />
                            </svg>
                            <span className="names"><span>{stopName(edge.from)}</span><span>{stopName(edge.to)}</span></span>
                            <span className="figures">
                                <span className="strong">{estimateText(edge.experience)}</span>
                                <span className="axis">{`${shareText(edge.share)}${isForced(edge) ? ', forced' : ''}`}</span>
                            </span>
                        </Link>
                    </li>
                ))}
            </ol>
            {worst.length > shownMost && (
                <p className="small"><Link className="link" keepScroll to={asked.with({ view: 'table' })}>{`${worst.length - shownMost} more in the table`}</Link></p>
            )}
        </aside>
    );
}
