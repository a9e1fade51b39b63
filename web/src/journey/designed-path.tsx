import { memo } from 'react';

import { px } from '../design/plot';
import type { Drawing } from './drawing';
import { edgeId } from './flow-graph';

/** The designed path laid over the flow: a dotted line along it. Its rings are drawn above the capsules. */
export const DesignedPath = memo(function DesignedPath({ drawing }: { drawing: Drawing }) {
    const { graph, geometry, routes } = drawing;
    const stops = graph.path.flatMap((name) => (geometry.spots.has(name) ? [geometry.spots.get(name)!] : []));
    const legs = stops.slice(1).map((to, index) => {
        const from = stops[index]!;
        const taken = routes.get(edgeId(from.id, to.id));
        if (taken) {
            return taken.d;
        }
        const reach = (to.x - from.x) * 0.5;
        return `M${px(from.x)} ${px(from.y)}C${px(from.x + reach)} ${px(from.y)} ${px(to.x - reach)} ${px(to.y)} ${px(to.x)} ${px(to.y)}`;
    });
    return (
        <g className="designed" aria-hidden="true">
            {legs.map((d, index) => <path key={index} className="under" d={d} />)}
            {legs.map((d, index) => <path key={index} className="dots" d={d} />)}
        </g>
    );
});

/** A hollow ring at each designed touchpoint: where it is met, the capsule sits in the ring. */
export const DesignedRings = memo(function DesignedRings({ drawing }: { drawing: Drawing }) {
    const { graph, geometry } = drawing;
    return (
        <g className="designed" aria-hidden="true">
            {graph.nodes.filter((node) => node.designed && node.used).map((node) => {
                const { x, y } = geometry.spots.get(node.id)!;
                return (
                    <g key={node.id} className="ring" data-id={node.id}>
                        <circle cx={px(x)} cy={px(y)} r={6} stroke="var(--surface)" strokeWidth={4} />
                        <circle cx={px(x)} cy={px(y)} r={6} stroke="var(--ink)" strokeWidth={1.5} />
                    </g>
                );
            })}
        </g>
    );
});
