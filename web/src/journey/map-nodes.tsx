import { memo, type Ref } from 'react';

import { feelingText } from '../design/format';
import { px } from '../design/plot';
import { END, START } from './answer';
import type { Drawing } from './drawing';
import { shortShare } from './drawing';
import type { FlowGraph, GraphNode } from './flow-graph';
import { colourOf, toneOf } from './flow-tones';
import { capsuleWidth, type Spot } from './geometry';
import type { Label } from './labels';

/** What a reader who cannot see the capsule is told; begins with the words beside it. */
export function nodeWords(graph: FlowGraph, node: GraphNode, many: string): string {
    const lane = graph.lanes[node.lane];
    const parts = [
        node.used ? `${node.id} ${shortShare(node.share)} of ${many}` : `${node.id}, designed, never used`,
        ...(lane ? [lane.title] : []),
        ...(node.used && graph.scored ? [node.experience?.estimate == null ? 'too few answers' : `feeling ${feelingText(node.experience.estimate)}`] : []),
        ...(node.inBlueprint ? [] : ['not in the blueprint']),
    ];
    return parts.join(', ');
}

function Capsule({ node, spot, scored }: { node: GraphNode; spot: Spot; scored: boolean }) {
    const tone = toneOf(node.experience);
    const shape = { x: px(spot.x - capsuleWidth / 2), y: px(spot.y - spot.height / 2), width: capsuleWidth, height: px(spot.height), rx: capsuleWidth / 2 };
    if (!node.used) {
        return (
            <>
                <circle className="cap" cx={px(spot.x)} cy={px(spot.y)} r={7} fill="var(--surface)" />
                <circle cx={px(spot.x)} cy={px(spot.y)} r={5} fill="none" stroke="var(--ink)" strokeWidth={1.5} />
            </>
        );
    }
    const dotted = (scored && tone === null) || !node.inBlueprint;
    return (
        <>
            <rect className="cap" {...shape} fill={colourOf(tone)} />
            {dotted && (
                <rect
                    className="dotted" x={px(spot.x - capsuleWidth / 2 - 2.5)} y={px(spot.y - spot.height / 2 - 2.5)} width={capsuleWidth + 5}
                    height={px(spot.height + 5)} rx={capsuleWidth / 2 + 2.5}
                />
            )}
        </>
    );
}

/** The touchpoints as one stop of the keyboard: `roving` has the tab, arrows move from there. */
export const MapNodes = memo(function MapNodes({ drawing, roving, many, ref }: { drawing: Drawing; roving: string; many: string; ref?: Ref<SVGGElement> }) {
    const { graph, geometry } = drawing;
    return (
        <g ref={ref}>
            {graph.nodes.map((node) => {
                const spot = geometry.spots.get(node.id);
                return spot ? (
                    <g key={node.id} className="touch" role="button" tabIndex={node.id === roving ? 0 : -1} data-id={node.id} aria-label={nodeWords(graph, node, many)}>
                        <Capsule node={node} spot={spot} scored={graph.scored} />
                    </g>
                ) : null;
            })}
            {[START, END].map((id) => {
                const spot = geometry.spots.get(id)!;
                return (
                    <g key={id} aria-hidden="true">
                        <rect x={px(spot.x - 2)} y={px(spot.y - spot.height / 2)} width={4} height={px(spot.height)} rx={2} fill="var(--ink)" />
                        <text className="halo end-word" x={px(spot.x)} y={px(spot.y - spot.height / 2 - 6)} textAnchor={id === START ? 'start' : 'end'} dx={id === START ? -2 : 2}>
                            {id === START ? 'Start' : 'End'}
                        </text>
                    </g>
                );
            })}
        </g>
    );
});

function LabelText({ label, faint }: { label: Label; faint: boolean }) {
    const { x, y, anchor, text, note, lines } = label;
    return (
        <text className={faint ? 'node halo faint' : 'node halo'} data-id={label.id} x={px(x)} y={px(y)} textAnchor={anchor}>
            {lines === 1 ? `${text} ` : text}
            {note && (lines === 1 ? <tspan className="pc">{note}</tspan> : <tspan className="pc" x={px(x)} dy={13}>{note}</tspan>)}
        </text>
    );
}

/** Names and shares; the same words are in the names of the buttons. */
export const MapLabels = memo(function MapLabels({ drawing }: { drawing: Drawing }) {
    const used = new Map(drawing.graph.nodes.map((node) => [node.id, node.used]));
    return (
        <g className="labels" aria-hidden="true">
            {[...drawing.labels.values()].map((label) => <LabelText key={label.id} label={label} faint={!used.get(label.id)} />)}
            {drawing.times.map((time) => (
                <text key={time.id} className="time halo" data-path={time.id} x={px(time.x)} y={px(time.y)} textAnchor="middle">{time.text}</text>
            ))}
        </g>
    );
});
