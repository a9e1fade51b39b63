import { useMemo, type ReactNode } from 'react';

import { answeredIn } from '../api/client';
import { useAsk, useEpisodes } from '../api/queries';
import { count, countOf, durationText, estimateText, feelingText, intervalText, shareText } from '../design/format';
import { Drawer, Facts } from '../design/drawer';
import { Empty, Shown, SkeletonRows } from '../design/states';
import { useAsked } from '../question/address';
import { EpisodeItem } from '../shell/drill';
import { Export, rowsExportedMax } from '../shell/export';
import { Link } from '../shell/router';
import { END, START, type Estimate, type FlowAnswer, type Seconds, type Variant } from './answer';
import type { FlowGraph, GraphEdge, GraphNode } from './flow-graph';
import { colourOf, softOf, toneOf } from './flow-tones';
import { conditionOf, questionText, selectionText, stopName, unitWords, type Scope, type Selection } from './journey-question';
import { isForced } from './map-strokes';

/** What is behind the selected path, touchpoint or way: facts with intervals, what came around it, the exact episodes. */
export function JourneyDrawer({ selection, graph, variants, scope, onClose }: {
    selection: Selection; graph: FlowGraph; variants: readonly Variant[]; scope: Scope; onClose: () => void;
}) {
    const subject = useMemo(() => subjectOf(selection, graph, variants, scope), [selection, graph, variants, scope]);
    return (
        <Drawer kind={subject.kind} title={subject.title} onClose={onClose} key={selectionText(selection)}>
            {subject.units === 0
                ? <Empty>{`Nobody took it in this period and filter.`}</Empty>
                : <Behind subject={subject} selection={selection} scope={scope} />}
        </Drawer>
    );
}

interface Subject {
    kind: ReactNode;
    title: ReactNode;
    units: number;
    share: number;
    facts: [string, ReactNode][];
    experience: Estimate | null;
    drill: string;
    /** Touchpoint whose neighbours are told, and on which side. */
    around: { before: string | null; after: string | null };
}

const tag = (text: string) => <span className="tag" key={text}>{text}</span>;

function timeFact({ median, p90, n }: Seconds): [string, ReactNode][] {
    return median === null ? [] : [['Time between', <TimeWords key="t" median={median} p90={p90} n={n} />]];
}

function TimeWords({ median, p90, n }: { median: number; p90: number | null; n: number }) {
    return (
        <>
            <b className="strong">{durationText(median)}</b>
            {p90 !== null && p90 > median && `\u2002 1 in 10 over ${durationText(p90)}`}
            <span className="ci">{`\u2002n ${count(n)}`}</span>
        </>
    );
}

function subjectOf(selection: Selection, graph: FlowGraph, variants: readonly Variant[], scope: Scope): Subject {
    const drill = questionText('episodes', scope, { having: conditionOf(selection) });
    const nothing = { units: 0, share: 0, facts: [], experience: null, drill, around: { before: null, after: null } };
    switch (selection.kind) {
        case 'path': {
            const edge = graph.edges.find((one) => one.from === selection.from && one.to === selection.to);
            const title = <PathTitle edge={edge} from={selection.from} to={selection.to} graph={graph} />;
            return edge ? edgeSubject(edge, title) : { ...nothing, kind: 'Path', title };
        }
        case 'touchpoint': {
            const node = graph.nodes.find((one) => one.id === selection.name);
            return node?.used ? nodeSubject(node) : { ...nothing, kind: <>Touchpoint {node && tag('designed, never used')}</>, title: selection.name };
        }
        case 'way': {
            const variant = variants.find((one) => one.path.join('\n') === selection.path.join('\n'));
            const title = countOf(selection.path.length, 'step');
            return variant ? waySubject(variant, title) : { ...nothing, kind: 'Way', title };
        }
    }
}

function edgeSubject(edge: GraphEdge, title: ReactNode): Subject {
    return {
        kind: <>Path {isForced(edge) && tag('forced switch')}</>,
        title, units: edge.units, share: edge.share, experience: edge.experience, drill: edge.drill,
        around: { before: edge.from === START ? null : edge.from, after: edge.to === END ? null : edge.to },
        facts: [
            ...timeFact(edge.seconds),
            ...(edge.forced > 0 ? [['Switch', <><b className="strong">{shareText(edge.forced / edge.count)}</b>{` forced, ${count(edge.forced)} of ${count(edge.count)}`}</>] as [string, ReactNode]] : []),
            ...(edge.count > edge.units ? [['Taken', `${count(edge.count)} times`] as [string, ReactNode]] : []),
        ],
    };
}

function nodeSubject(node: GraphNode): Subject {
    return {
        kind: <>Touchpoint {!node.inBlueprint && tag('not in the blueprint')}</>,
        title: node.id, units: node.units, share: node.share, experience: node.experience, drill: node.drill,
        around: { before: node.id, after: node.id },
        facts: [
            ['Encounters', `${count(node.encounters)}${node.units > 0 && node.encounters > node.units ? `, ${(node.encounters / node.units).toFixed(1)} each` : ''}`],
            ...(node.channel ? [['Channel', node.channel] as [string, ReactNode]] : []),
            ['Owner', node.owner || <span className="dim">nobody</span>],
        ],
    };
}

function waySubject(variant: Variant, title: string): Subject {
    return {
        kind: 'Way', title, units: variant.count, share: variant.share, experience: variant.experience, drill: variant.drill,
        around: { before: null, after: null },
        facts: [
            ...(variant.seconds.median === null ? [] : [['Start to end', <TimeWords key="t" median={variant.seconds.median} p90={variant.seconds.p90} n={variant.seconds.n} />] as [string, ReactNode]]),
            ['Steps', <ol className="way-steps" key="s">{variant.path.map((name, index) => <li key={index}>{name}</li>)}</ol>],
        ],
    };
}

function PathTitle({ edge, from, to, graph }: { edge: GraphEdge | undefined; from: string; to: string; graph: FlowGraph }) {
    const colour = (id: string) => colourOf(toneOf(graph.nodes.find((node) => node.id === id)?.experience ?? null));
    return (
        <span className="path-title">
            <svg width={14} height={44} viewBox="0 0 14 44" aria-hidden="true">
                <path d="M7 11v22" stroke={colourOf(toneOf(edge?.experience ?? null))} strokeWidth={3} />
                <circle cx={7} cy={11} r={4} fill={from === START ? 'var(--ink)' : colour(from)} />
                <circle cx={7} cy={33} r={4} fill={to === END ? 'var(--ink)' : colour(to)} />
            </svg>
            <span>{stopName(from)}<span className="vh"> to </span></span>
            <span>{stopName(to)}</span>
        </span>
    );
}

function Behind({ subject, selection, scope }: { subject: Subject; selection: Selection; scope: Scope }) {
    const condition = conditionOf(selection);
    const within = useAsk('flow', questionText('flow', scope, { having: condition }));
    const others = useAsk('flow', questionText('flow', scope, { having: `not (${condition})` }));
    const words = unitWords(scope.unit);
    const { experience } = subject;
    const rest = others.isPlaceholderData ? undefined : others.data?.experience;
    const around = within.isPlaceholderData ? undefined : within.data;
    const facts: [string, ReactNode][] = [
        [capitalWords(words.many), <><b className="strong">{count(subject.units)}</b>{`\u2002${shareText(subject.share)}`} <span className="ci">counted</span></>],
        ['Feeling', <FeelingWords key="f" experience={experience} rest={rest} there={selection.kind === 'touchpoint'} />],
        ...subject.facts,
    ];
    return (
        <>
            <Facts rows={facts} />
            {subject.around.after && <Around answer={around} of={subject.around.after} side="after" title={selection.kind === 'touchpoint' ? 'What came next' : 'What they did next'} />}
            {subject.around.before && <Around answer={around} of={subject.around.before} side="before" title="What came before" />}
            <EpisodePages drill={subject.drill} unit={words} counted={subject.units} />
        </>
    );
}

const capitalWords = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

function FeelingWords({ experience, rest, there }: { experience: Estimate | null; rest: Estimate | undefined; there: boolean }) {
    const other = rest && rest.estimate !== null && !there ? `\u2002others ${feelingText(rest.estimate)}` : '';
    if (!experience || experience.estimate === null) {
        return <><span className="dim">not enough answers</span>{experience && <span className="ci">{` ${intervalText(experience)}`}</span>}{other}</>;
    }
    return (
        <>
            <b className="strong">{estimateText(experience)}</b> <span className="ci">{intervalText(experience)}</span>
            {there ? <span className="ci">{`\u2002n ${count(experience.n)}`}</span> : other}
        </>
    );
}

const aroundMost = 4;

/** Where these episodes went next, or came from, as shares of the passages. */
function Around({ answer, of, side, title }: { answer: FlowAnswer | undefined; of: string; side: 'before' | 'after'; title: string }) {
    const asked = useAsked();
    const paths = (answer?.edges ?? []).filter((edge) => (side === 'after' ? edge.from : edge.to) === of).sort((a, b) => b.count - a.count);
    const total = paths.reduce((sum, edge) => sum + edge.count, 0);
    const shown = paths.slice(0, aroundMost);
    const rest = paths.slice(aroundMost).reduce((sum, edge) => sum + edge.count, 0);
    const most = Math.max(1, shown[0]?.count ?? 1, rest);
    const row = (name: ReactNode, part: number, tone: number | null, key: string) => (
        <li key={key}>
            <span>{name}</span>
            <svg width={84} height={8} aria-hidden="true">
                <rect x={0.5} y={0.5} width={Math.max(2, (83 * part) / most)} height={7} rx={1} fill={softOf(tone)} stroke={colourOf(tone)} />
            </svg>
            <span>{shareText(part / total)}</span>
        </li>
    );
    return (
        <section className="around">
            <h3>{title}</h3>
            <ul style={{ minHeight: answer ? undefined : 120 }}>
                {shown.map((edge) => row(
                    <Link className="opens" keepScroll to={asked.with({ select: selectionText({ kind: 'path', from: edge.from, to: edge.to }) })}>{side === 'after' ? stopName(edge.to) : stopName(edge.from)}</Link>,
                    edge.count, toneOf(edge.experience), `${edge.from} ${edge.to}`,
                ))}
                {rest > 0 && row(`${countOf(paths.length - aroundMost, 'other')}`, rest, null, 'rest')}
            </ul>
        </section>
    );
}

function EpisodePages({ drill, unit, counted }: { drill: string; unit: { one: string; many: string }; counted: number }) {
    const query = useEpisodes(drill);
    return (
        <section className="behind">
            <h3>{`These ${countOf(counted, unit.one, unit.many)}`}</h3>
            <Shown query={query} loading={<SkeletonRows rows={4} height={56} />}>
                {({ pages }) => {
                    const first = pages[0]!;
                    const all = pages.flatMap((page) => page.episodes);
                    const took = answeredIn(first);
                    return (
                        <>
                            <ol className="episodes">
                                {all.map((episode) => <EpisodeItem key={`${episode.customer} ${episode.thread} ${episode.start}`} episode={episode} latest={first.population.latest} />)}
                            </ol>
                            {query.hasNextPage && (
                                <button type="button" className="btn wide" disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                                    {`Show ${count(Math.min(first.limit, first.total - all.length))} more of ${count(first.total)}`}
                                </button>
                            )}
                            <Export
                                wide question={`${drill} limit ${rowsExportedMax}`} name="episodes"
                                label={first.total > rowsExportedMax ? `Export the first ${count(rowsExportedMax)} of ${count(first.total)}` : `Export these ${countOf(first.total, unit.one, unit.many)}`}
                            />
                            <div className="foot">
                                <p>{`${count(first.total)} listed, counted exactly${took === null ? '' : `, in ${count(Math.max(1, Math.round(took)))} ms`}.`}</p>
                                <p><code>{drill}</code></p>
                            </div>
                        </>
                    );
                }}
            </Shown>
        </section>
    );
}
