import type { Spot } from './geometry';

export type Arrow = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown';

/** The touchpoint that an arrow key leads to: left and right along the flow, up and down across the lanes. */
export function neighbour(spots: readonly Spot[], here: Spot, key: Arrow): Spot | null {
    const along = key === 'ArrowLeft' || key === 'ArrowRight';
    const sign = key === 'ArrowRight' || key === 'ArrowDown' ? 1 : -1;
    let best: Spot | null = null;
    let least = Infinity;
    for (const spot of spots) {
        const ahead = (along ? spot.x - here.x : spot.y - here.y) * sign;
        const aside = Math.abs(along ? spot.y - here.y : spot.x - here.x);
        if (spot === here || ahead < (along ? 2 : 12)) {
            continue;
        }
        const cost = ahead + aside * (along ? 0.7 : 1.2);
        if (cost < least) {
            best = spot;
            least = cost;
        }
    }
    return best;
}

/** First and last touchpoint along the flow. */
export function ends(spots: readonly Spot[]): [Spot, Spot] | null {
    const sorted = [...spots].sort((a, b) => a.x - b.x || a.y - b.y);
    return sorted.length > 0 ? [sorted[0]!, sorted[sorted.length - 1]!] : null;
}
