import { shareText, durationText } from '../design/format';
import type { Columns } from './columns';
import { edgeId, type FlowGraph } from './flow-graph';
import { geometryOf, type Geometry, type Sheet } from './geometry';
import { placeLabels, placeTimes, type Box, type Label, type TimeLabel } from './labels';
import { START, END } from './answer';
import { routesOf, type Route } from './routes';
import { textWidth } from './text-width';

/** A map ready to be drawn: everything in pixels, made once per answer, size and zoom. */
export interface Drawing {
    graph: FlowGraph;
    geometry: Geometry;
    routes: Map<string, Route>;
    labels: Map<string, Label>;
    times: TimeLabel[];
    /** Stages' heads and feeling above the lanes. */
    headed: boolean;
    laned: boolean;
}

export const feelingTop = 64;
export const feelingHeight = 108;
const lanesTop = 189;
const plainTop = 30;
/** So many times are written on the widest paths; all others say theirs when pointed at. */
const timesMax = 8;
const timesLeastShare = 0.12;

/** "17%", "0.4%": short, for beside a name on the map. */
export const shortShare = (share: number) => (share >= 0.0995 ? `${Math.round(share * 100)}%` : shareText(share));

/** Time in one unit, for on a path: "3 h", "6 days". */
export const shortTime = (seconds: number) => durationText(seconds).split(/ (?=\d)/)[0]!;

/** Words that stand on the map besides the names: its ends, and on narrow screens the lanes. */
function otherWords(graph: FlowGraph, geometry: Geometry, sheet: Sheet): Box[] {
    const ends = [START, END].map((id) => {
        const spot = geometry.spots.get(id)!;
        return { x: spot.x - (id === START ? 4 : 26), y: spot.y - spot.height / 2 - 18, width: 30, height: 14 };
    });
    const lanes = sheet.words < 50 ? graph.lanes.map((lane, index) => (
        { x: 0, y: geometry.lanes[index]!.from + 2, width: textWidth(lane.title, 'name') + 10, height: 16 })) : [];
    return [...ends, ...lanes];
}

/** Makes a map ready to be drawn; pure, so equal answers and sizes give equal maps. */
export function drawMap(graph: FlowGraph, columns: Columns, sheet: Sheet): Drawing {
    const headed = graph.stages.length > 0;
    const laned = graph.lanes.length > 0;
    const geometry = geometryOf(graph, columns, sheet, headed ? lanesTop : plainTop);
    const routes = routesOf(graph, geometry);
    const labelled = graph.nodes.map((node) => ({
        id: node.id, name: node.id, note: node.used ? shortShare(node.share) : 'never used', share: node.share,
    }));
    const frame = { left: Math.max(0, sheet.words - 18), right: geometry.width + 6, top: geometry.top - (headed ? 10 : 24), bottom: geometry.bottom + 12, reserved: otherWords(graph, geometry, sheet) };
    const labels = placeLabels(labelled, geometry, routes, frame, graph.lanes.length);
    const legs = new Set(graph.path.slice(1).map((to, index) => edgeId(graph.path[index]!, to)));
    const widest = graph.edges
        .filter((edge) => edge.share >= timesLeastShare && edge.seconds.median !== null && edge.from !== START && edge.to !== END)
        .sort((a, b) => b.share - a.share || (a.id < b.id ? -1 : 1))
        .map((edge) => ({ id: edge.id, text: shortTime(edge.seconds.median!), aside: legs.has(edge.id) }));
    return { graph, geometry, routes, labels, times: placeTimes(widest, routes, labels, geometry, timesMax), headed, laned };
}
