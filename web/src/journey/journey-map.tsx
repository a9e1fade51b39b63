import { useEffect, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';

import { countOf, feelingText, shareText } from '../design/format';
import { Icon } from '../design/icon';
import { useCamera } from './camera';
import type { Columns } from './columns';
import { DesignedPath, DesignedRings } from './designed-path';
import { drawMap, feelingTop, shortShare, shortTime } from './drawing';
import type { FlowGraph, GraphEdge } from './flow-graph';
import type { Selection } from './journey-question';
import { stopName } from './journey-question';
import { FeelingBand, feelingScale, MapFrame, MapWords } from './map-frame';
import { MapLabels, MapNodes } from './map-nodes';
import { isForced, Stroke, Strokes } from './map-strokes';
import { pathEdges, type Picture } from './picture';
import { Pointing } from './pointing';
import { placePromises, PromiseBand, promiseRowHeight } from './promise-band';
import type { Blueprint, PromiseRow } from './answer';
import type { StageMeasure } from './stage-feeling';
import { ends, neighbour, type Arrow } from './walk';

interface MapProps {
    name: string;
    graph: FlowGraph;
    columns: Columns;
    blueprint: Blueprint;
    promises: readonly PromiseRow[];
    /** Per stage; null while they are counted. */
    measures: StageMeasure[] | null;
    /** "episode", "episodes". */
    unit: { one: string; many: string };
    picture: Picture | null;
    selection: Selection | null;
    select: (selection: Selection) => void;
    designed: boolean;
}

const narrowBelow = 640;
/** Chrome above and below the lanes, in a window of the height the map is made for. */
const otherHeights = 566;
const lanesWish = 434;
/** Part of it that stages and their feeling take, and the promises counted in it. */
const headsHeight = 159;
const promisesUsual = 4;
/** Paths thinner than this are lifted on top while pointed at. */
const liftedBelow = 10;
const empty: ReadonlySet<string> = new Set();

/** The size of the map's box and of the window, followed as they change. */
function useSize() {
    const box = useRef<HTMLDivElement>(null);
    const [size, setSize] = useState({ width: 0, window: 900 });
    useLayoutEffect(() => {
        const element = box.current!;
        const measure = () => setSize({ width: Math.floor(element.clientWidth), window: innerHeight });
        measure();
        const observer = new ResizeObserver(measure);
        observer.observe(element);
        addEventListener('resize', measure);
        return () => {
            observer.disconnect();
            removeEventListener('resize', measure);
        };
    }, []);
    return { box, size };
}

/** The real flow of a journey as a map. See README.md for what is drawn and what never moves. */
export function JourneyMap(props: MapProps) {
    const { box, size } = useSize();
    return (
        <div className="map-box" ref={box} data-narrow={size.width > 0 && size.width < narrowBelow ? '' : undefined}>
            {size.width > 0 && <SizedMap {...props} box={box} width={size.width} windowHeight={size.window} />}
        </div>
    );
}

function SizedMap({ name, graph, columns, blueprint, promises, measures, unit, picture, selection, select, designed, box, width, windowHeight }: MapProps & {
    box: React.RefObject<HTMLDivElement | null>; width: number; windowHeight: number;
}) {
    const [zoom, setZoom] = useState(1);
    const narrow = width < narrowBelow;
    const worded = graph.lanes.length > 0 || graph.stages.length > 0 || promises.length > 0;
    const words = narrow || !worded ? 14 : 100;
    const spared = (graph.stages.length > 0 ? 0 : headsHeight) + (promisesUsual - promises.length) * promiseRowHeight;
    const lanesHeight = Math.max(lanesWish, Math.min(1.9 * lanesWish, windowHeight - otherHeights + spared));
    const drawing = useMemo(
        () => drawMap(graph, columns, { width, lanesHeight, zoom, words }), [graph, columns, width, lanesHeight, zoom, words],
    );
    const feelings = useMemo(() => measures?.map((one) => one.feeling) ?? null, [measures]);
    const reached = useMemo(() => measures?.map((one) => countOf(one.units, unit.one, unit.many)) ?? [], [measures, unit.one, unit.many]);
    const placed = useMemo(() => placePromises(promises, blueprint, drawing, words), [promises, blueprint, drawing, words]);
    const { geometry } = drawing;
    const felt = drawing.headed && feelings !== null && feelings.length === graph.stages.length;
    const promisesTop = geometry.bottom + 26;
    const foot = placed.length > 0 ? promisesTop + Math.max(1, placed.length - 1) * promiseRowHeight + 14 : geometry.bottom + 16;
    const content = useRef<HTMLDivElement>(null);
    // the box keeps the height of the whole map: zooming looks into it
    const whole = useRef(foot);
    useLayoutEffect(() => {
        if (zoom === 1) {
            whole.current = foot;
        }
        box.current!.style.height = `${whole.current}px`;
    }, [box, foot, zoom]);
    const camera = useCamera(box, content, { width: geometry.width, height: foot, zoom }, setZoom);
    const nodes = useRef<SVGGElement>(null);
    const edges = useMemo(() => new Map(graph.edges.map((edge) => [edge.id, edge])), [graph]);
    const pointing = useMemo(
        () => new Pointing(drawing.routes.values(), [...geometry.spots.values()].filter((spot) => !spot.end)), [drawing, geometry],
    );
    const lit = useMemo(() => litBy(selection), [selection]);
    const visible = picture?.edges ?? null;
    const [pointed, setPointed] = useState<Pointed | null>(null);
    const walk = useWalk({ drawing, graph, nodes, visible, select, setPointed, show: camera.show, selection });

    // which paths and touchpoints are in the picture, lit or pointed at: classes only, the map itself stays drawn
    useEffect(() => {
        const root = content.current!;
        for (const element of root.querySelectorAll<SVGElement>('.edge')) {
            const id = element.dataset.id!;
            element.classList.toggle('off', visible !== null && !visible.has(id));
            element.classList.toggle('dim', lit !== null && !lit.edges.has(id));
        }
        const unused = new Set(drawing.graph.nodes.filter((node) => !node.used).map((node) => node.id));
        for (const element of root.querySelectorAll<SVGElement>('.touch, .ring, .labels [data-id]')) {
            const id = element.dataset.id!;
            element.classList.toggle('off', picture !== null && !picture.touchpoints.has(id) && !unused.has(id));
            element.classList.toggle('dim', lit !== null && !lit.touchpoints.has(id));
        }
        for (const element of root.querySelectorAll<SVGElement>('.labels [data-path]')) {
            element.classList.toggle('off', visible !== null && !visible.has(element.dataset.path!));
        }
    }, [visible, picture, lit, drawing]);

    const hot = pointed && 'path' in pointed ? pointed.path : null;
    useEffect(() => {
        const element = hot === null ? null : content.current!.querySelector(`.edge[data-id="${CSS.escape(hot)}"]`);
        element?.classList.add('hot');
        return () => element?.classList.remove('hot');
    }, [hot]);

    const meant = (event: PointerEvent) => {
        const { left, top } = content.current!.getBoundingClientRect();
        return pointing.at(event.clientX - left, event.clientY - top, (id) => visible === null || visible.has(id));
    };
    const point = (event: PointerEvent) => {
        const found = event.buttons === 0 ? meant(event) : null;
        setPointed((now) => (samePointed(now, found) ? now : found === null ? null : { ...found, by: 'pointer' }));
    };
    const press = (event: PointerEvent) => {
        const found = camera.dragged() ? null : meant(event);
        if (found) {
            select('path' in found ? { kind: 'path', from: edges.get(found.path)!.from, to: edges.get(found.path)!.to } : { kind: 'touchpoint', name: found.touchpoint });
        }
    };
    const chosen = (lit === null ? [] : [...lit.edges]).flatMap((id): { edge: GraphEdge; id: string }[] => (edges.has(id) ? [{ edge: edges.get(id)!, id }] : []));
    // a thin path is lifted over what hides it; a wide one would hide others itself
    const hovered = pointed && 'path' in pointed && !lit?.edges.has(pointed.path) && drawing.routes.get(pointed.path)!.width < liftedBelow ? edges.get(pointed.path) : undefined;
    const many = graph.edges.length > 150;
    return (
        <>
            <div
                ref={content} className={`map-content${many ? ' many' : ''}${lit ? ' chosen' : ''}${pointed ? ' pointing' : ''}`}
                style={{ width: geometry.width, height: foot }} onPointerMove={point} onPointerLeave={() => setPointed(null)} onClick={(event) => press(event as unknown as PointerEvent)}
            >
                <svg
                    width={geometry.width} height={foot} role="group" aria-roledescription="journey map" onKeyDown={walk.keyDown} onFocus={walk.focus}
                    aria-label={`${name}: ${countOf(graph.nodes.length, 'touchpoint')}, ${countOf(graph.edges.length, 'path')}${graph.stages.length > 1 ? `, ${graph.stages.length} stages` : ''}${graph.lanes.length > 1 ? ` by ${graph.lanes.length} lanes of channels` : ''}. Arrow keys move between touchpoints, square brackets between the paths of one, Enter opens it.`}
                >
                    <MapFrame drawing={drawing} foot={foot} reached={reached} />
                    {felt && <FeelingBand drawing={drawing} feelings={feelings} />}
                    <Strokes graph={graph} routes={drawing.routes} />
                    {designed && graph.path.length > 1 && <DesignedPath drawing={drawing} />}
                    {hovered && <g className="over" aria-hidden="true"><Stroke edge={hovered} scored={graph.scored} route={drawing.routes.get(hovered.id)!} /></g>}
                    <g className="over" aria-hidden="true">
                        {chosen.map(({ edge, id }) => {
                            const route = drawing.routes.get(id);
                            return route ? <Stroke key={id} scored={graph.scored} edge={edge} route={route} chosen={selection?.kind === 'path'} /> : null;
                        })}
                    </g>
                    <MapNodes many={unit.many} drawing={drawing} roving={walk.roving} ref={nodes} />
                    {designed && graph.path.length > 1 && <DesignedRings drawing={drawing} />}
                    <MapLabels drawing={drawing} />
                    {selection?.kind === 'path' && chosen[0] && <Pill edge={chosen[0].edge} points={drawing.routes.get(chosen[0].id)?.points ?? []} />}
                    {narrow && drawing.laned && geometry.lanes.map((lane, index) => (
                        <text key={graph.lanes[index]!.key} className="lane halo" x={4} y={lane.from + 15} aria-hidden="true">{graph.lanes[index]!.title}</text>
                    ))}
                    {placed.length > 0 && <PromiseBand promises={placed} top={promisesTop} drawing={drawing} words={words} />}
                </svg>
            </div>
            {words > 50 && (
                <MapWords
                    drawing={drawing} height={foot} scaleOf={felt ? feelingScale(graph.stages.map((stage) => stage.intended), feelings) : null}
                    promisesAt={placed.length > 0 ? promisesTop : null}
                />
            )}
            <div className="map-zoom" role="group" aria-label="Size of the map">
                <button type="button" className="iconbtn" aria-label="Larger" disabled={zoom >= 4} onClick={() => camera.zoomBy(1.4)}><Icon name="plus" /></button>
                <button type="button" className="iconbtn" aria-label="Smaller" disabled={zoom <= 1} onClick={() => camera.zoomBy(1 / 1.4)}>
                    <svg className="i" viewBox="0 0 16 16" aria-hidden="true"><path d="M3 8h10" /></svg>
                </button>
            </div>
            {pointed && <Note pointed={pointed} graph={graph} edges={edges} drawing={drawing} offset={camera.offset()} width={width} />}
            <p className="vh" role="status">{walk.said}</p>
        </>
    );
}

export type Pointed = ({ touchpoint: string } | { path: string }) & { by: 'pointer' | 'keys' };

function samePointed(now: Pointed | null, found: { touchpoint: string } | { path: string } | null): boolean {
    if (now === null || found === null) {
        return now === found;
    }
    return 'path' in now ? 'path' in found && now.path === found.path : 'touchpoint' in found && now.touchpoint === found.touchpoint;
}

/** What a selection lights; null lights everything. */
function litBy(selection: Selection | null): { edges: ReadonlySet<string>; touchpoints: ReadonlySet<string> } | null {
    switch (selection?.kind) {
        case 'path':
            return { edges: new Set([`${selection.from}\u2192${selection.to}`]), touchpoints: new Set([selection.from, selection.to]) };
        case 'way':
            return { edges: new Set(pathEdges(selection.path)), touchpoints: new Set(selection.path) };
        case 'touchpoint':
            return { edges: empty, touchpoints: new Set([selection.name]) };
        default:
            return null;
    }
}

/** The chosen path says its share on the map. */
function Pill({ edge, points }: { edge: GraphEdge; points: readonly { x: number; y: number }[] }) {
    const middle = points[Math.round(points.length / 2)];
    if (!middle) {
        return null;
    }
    return (
        <g aria-hidden="true" className="pill">
            <rect x={middle.x - 21} y={middle.y - 10} width={42} height={20} rx={10} />
            <text x={middle.x} y={middle.y + 4} textAnchor="middle">{shortShare(edge.share)}</text>
        </g>
    );
}

/** What is under the pointer, in words, beside it. */
function Note({ pointed, graph, edges, drawing, offset, width }: {
    pointed: Pointed; graph: FlowGraph; edges: ReadonlyMap<string, GraphEdge>; drawing: ReturnType<typeof drawMap>; offset: { x: number; y: number }; width: number;
}) {
    const edge = 'path' in pointed ? edges.get(pointed.path) : undefined;
    const node = 'touchpoint' in pointed ? graph.nodes.find((one) => one.id === pointed.touchpoint) : undefined;
    const spot = node && drawing.geometry.spots.get(node.id);
    const route = edge && drawing.routes.get(edge.id);
    const at = spot ?? route?.points[Math.round(route.points.length / 2)];
    if (!at || (!edge && !node)) {
        return null;
    }
    const feeling = edge?.experience ?? node?.experience ?? null;
    const facts = [
        node && !node.used ? 'designed, never used' : shareText((edge ?? node)!.share),
        ...(feeling?.estimate == null ? ((node && !node.used) || !graph.scored ? [] : ['too few answers']) : [`feeling ${feelingText(feeling.estimate)}`]),
        ...(edge?.seconds.median == null ? [] : [`${shortTime(edge.seconds.median)} between`]),
        ...(edge && isForced(edge) ? ['forced switch'] : []),
        ...(node && !node.inBlueprint ? ['not in the blueprint'] : []),
    ];
    const x = Math.min(Math.max(at.x + offset.x, 120), width - 120);
    const below = at.y + offset.y < feelingTop + 40;
    return (
        <p className="map-note" aria-hidden="true" style={{ left: x, top: at.y + offset.y + (spot ? spot.height / 2 : 8) * (below ? 1 : -1), translate: below ? '-50% 10px' : '-50% calc(-100% - 10px)' }}>
            <b>{edge ? `${stopName(edge.from)} to ${stopName(edge.to)}` : node!.id}</b>
            <span>{facts.join(' \u00b7 ')}</span>
        </p>
    );
}

/** Keyboard of the map: one tab stop; arrows walk, brackets go through the paths of a touchpoint, Enter opens. */
function useWalk({ drawing, graph, nodes, visible, select, setPointed, show, selection }: {
    drawing: ReturnType<typeof drawMap>; graph: FlowGraph; nodes: React.RefObject<SVGGElement | null>; visible: ReadonlySet<string> | null;
    select: (selection: Selection) => void; setPointed: (pointed: Pointed | null) => void; show: (x: number, y: number) => void; selection: Selection | null;
}) {
    const [at, setAt] = useState<string | null>(selection?.kind === 'touchpoint' ? selection.name : null);
    const [path, setPath] = useState<{ of: string; index: number } | null>(null);
    const [said, setSaid] = useState('');
    const spots = useMemo(() => [...drawing.geometry.spots.values()].filter((spot) => !spot.end), [drawing]);
    const roving = at !== null && drawing.geometry.spots.has(at) ? at : (ends(spots)?.[0].id ?? '');
    const goTo = (id: string) => {
        nodes.current?.querySelector<SVGGElement>(`[data-id="${CSS.escape(id)}"]`)?.focus({ preventScroll: true });
    };
    const pathsOf = (id: string) =>
        [...graph.edges.filter((edge) => edge.from === id), ...graph.edges.filter((edge) => edge.to === id && edge.from !== id)]
            .filter((edge) => visible === null || visible.has(edge.id))
            .sort((a, b) => Number(b.from === id) - Number(a.from === id) || b.units - a.units);
    const keyDown = (event: KeyboardEvent) => {
        const here = (event.target as Element).closest<SVGGElement>('.touch')?.dataset.id;
        const spot = here === undefined ? undefined : drawing.geometry.spots.get(here);
        if (!spot || event.ctrlKey || event.metaKey || event.altKey) {
            return;
        }
        const done = () => event.preventDefault();
        if (event.key.startsWith('Arrow')) {
            done();
            const next = neighbour(spots, spot, event.key as Arrow);
            if (next) {
                goTo(next.id);
            }
        } else if (event.key === 'Home' || event.key === 'End') {
            done();
            const found = ends(spots);
            if (found) {
                goTo(found[event.key === 'Home' ? 0 : 1].id);
            }
        } else if (event.key === '[' || event.key === ']') {
            done();
            const paths = pathsOf(spot.id);
            if (paths.length > 0) {
                const step = event.key === ']' ? 1 : -1;
                const index = path?.of === spot.id ? (path.index + step + paths.length) % paths.length : step > 0 ? 0 : paths.length - 1;
                setPath({ of: spot.id, index });
                setPointed({ path: paths[index]!.id, by: 'keys' });
                setSaid(pathWords(paths[index]!, spot.id));
            }
        } else if (event.key === 'Enter' || event.key === ' ') {
            done();
            const edge = path?.of === spot.id ? pathsOf(spot.id)[path.index] : undefined;
            select(edge ? { kind: 'path', from: edge.from, to: edge.to } : { kind: 'touchpoint', name: spot.id });
        }
    };
    const focus = (event: React.FocusEvent) => {
        const id = (event.target as Element).closest<SVGGElement>('.touch')?.dataset.id;
        const spot = id === undefined ? undefined : drawing.geometry.spots.get(id);
        if (spot) {
            setAt(spot.id);
            setPath(null);
            if ((event.target as Element).matches(':focus-visible')) {
                show(spot.x, spot.y);
            }
        }
    };
    return { roving, said, keyDown, focus };
}

/** "to Call: where is my visit, 9.1%, forced" */
export function pathWords(edge: GraphEdge, from: string): string {
    const other = edge.from === from ? `to ${stopName(edge.to)}` : `from ${stopName(edge.from)}`;
    return `${other}, ${shareText(edge.share)}${isForced(edge) ? ', forced' : ''}`;
}
