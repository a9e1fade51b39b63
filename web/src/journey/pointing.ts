import { capsuleWidth, type Spot } from './geometry';
import type { Route } from './routes';

const cell = 24;
/** How far from a stroke's edge the pointer still means it. */
const reach = 5;

/** What the pointer means: a coarse grid in script, so that no stroke has to listen to the pointer itself. */
export class Pointing {
    private readonly cells = new Map<string, { route: Route; index: number }[]>();

    constructor(routes: Iterable<Route>, private readonly spots: readonly Spot[]) {
        for (const route of routes) {
            const wide = route.width / 2 + reach;
            route.points.forEach((point, index) => {
                for (let x = Math.floor((point.x - wide) / cell); x <= Math.floor((point.x + wide) / cell); x++) {
                    for (let y = Math.floor((point.y - wide) / cell); y <= Math.floor((point.y + wide) / cell); y++) {
                        const key = `${x} ${y}`;
                        const list = this.cells.get(key);
                        if (!list) {
                            this.cells.set(key, [{ route, index }]);
                        } else if (list[list.length - 1]!.route !== route || list[list.length - 1]!.index < index - 3) {
                            list.push({ route, index });
                        }
                    }
                }
            });
        }
    }

    /** The touchpoint under the pointer, else the nearest path that `seen` lets through, else null. */
    at(x: number, y: number, seen: (id: string) => boolean): { touchpoint: string } | { path: string } | null {
        for (const spot of this.spots) {
            if (Math.abs(x - spot.x) <= capsuleWidth / 2 + 4 && Math.abs(y - spot.y) <= spot.height / 2 + 4) {
                return { touchpoint: spot.id };
            }
        }
        let best: string | null = null;
        let least = Infinity;
        for (const { route, index } of this.cells.get(`${Math.floor(x / cell)} ${Math.floor(y / cell)}`) ?? []) {
            if (!seen(route.id)) {
                continue;
            }
            // the grid keeps every fourth point: look at those around it
            for (let i = Math.max(0, index - 3); i <= Math.min(route.points.length - 1, index + 3); i++) {
                const point = route.points[i]!;
                const away = Math.hypot(point.x - x, point.y - y) - route.width / 2;
                // inside several strokes the thinner one is meant: it is the harder to hit
                const cost = away > 0 ? away : -1 / (1 + route.width);
                if (away <= reach && cost < least) {
                    least = cost;
                    best = route.id;
                }
            }
        }
        return best === null ? null : { path: best };
    }
}
