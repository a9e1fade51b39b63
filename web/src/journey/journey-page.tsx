import './journey.css';
import { useMemo } from 'react';

import { answeredIn } from '../api/client';
import { useAsk } from '../api/queries';
import { linked } from '../design/answer';
import { capital, count, countOf } from '../design/format';
import { Icon } from '../design/icon';
import { Empty, ProblemNote, Shown, Skeleton, SkeletonRows } from '../design/states';
import { useAsked } from '../question/address';
import { QuestionBar, Token } from '../question/question-bar';
import { useKeys } from '../shell/keys';
import { Link } from '../shell/router';
import { Page } from '../shell/shell';
import type { Blueprint, FlowAnswer, PromisesAnswer, VariantsAnswer } from './answer';
import type { Columns } from './columns';
import type { FlowGraph } from './flow-graph';
import { JourneyDrawer } from './journey-drawer';
import { JourneyMap } from './journey-map';
import { questionText, readSelection, selectionText, unitOf, unitWords, type Scope, type Selection, type Unit } from './journey-question';
import { isForced } from './map-strokes';
import type { Pictures } from './picture';
import { PromisesView } from './promises-view';
import { RoadBar, useRoad } from './road-slider';
import type { StageMeasure } from './stage-feeling';
import { StageList } from './stage-list';
import { TableView } from './table-view';
import { useJourney, usePictureStep } from './use-journey';
import { VariantsView } from './variants-view';
import { WorstPaths } from './worst-paths';

const views = ['map', 'variants', 'promises', 'table'] as const;
type View = (typeof views)[number];

/** Where does this journey turn? The real flow as a map, its ways, its promises, and the same as a table. */
export default function JourneyPage({ params }: { params: Record<string, string> }) {
    const name = params.name ?? '';
    const unit = useMemo(() => unitOf(name), [name]);
    const asked = useAsked();
    const journey = useJourney(unit);
    const { scope, ready, flow, variants, blueprint, columns, frame, graph, all, measures } = journey;
    const promises = useAsk('promises', ready ? questionText('promises', scope) : '');
    const words = unitWords(unit);
    const fault = flow.error ?? frame.error;
    const parts = graph && all && columns.data && blueprint.data && flow.data && variants.data
        ? { graph, all, columns: columns.data, blueprint: blueprint.data, flow: flow.data, variants: variants.data, promises: promises.data ?? null, measures }
        : undefined;
    const query = {
        data: parts,
        error: fault ?? variants.error ?? blueprint.error ?? columns.error,
        isPlaceholderData: flow.isPlaceholderData || variants.isPlaceholderData,
        isFetching: flow.isFetching || variants.isFetching,
        refetch: () => [flow, frame, variants, blueprint, columns].filter((one) => one.error).forEach((one) => void one.refetch()),
    };
    return (
        <Page title={`${capital(words.title)} \u00b7 Journeys`} wide bar={<QuestionBar tokens={<Token name={unit.kind === 'journey' ? 'journey' : 'per'}>{capital(words.title)}</Token>} fault={asked.where ? fault : null} />}>
            {unit.kind === 'journey' && blueprint.data && !journey.journey
                ? <NoJourney name={unit.name} blueprint={blueprint.data} />
                : (
                    <div className="journey">
                        <Shown query={query} loading={<JourneyLoading />}>
                            {(answers) => <Loaded {...answers} unit={unit} scope={scope} owner={journey.journey?.owner ?? ''} promisesFault={promises.error} />}
                        </Shown>
                    </div>
                )}
        </Page>
    );
}

interface LoadedProps {
    graph: FlowGraph;
    all: Pictures;
    columns: Columns;
    blueprint: Blueprint;
    flow: FlowAnswer;
    variants: VariantsAnswer;
    promises: PromisesAnswer | null;
    measures: StageMeasure[] | null;
    unit: Unit;
    scope: Scope;
    owner: string;
    promisesFault: Error | null;
}

function Loaded({ graph, all, columns, blueprint, flow, variants, promises, measures, unit, scope, owner, promisesFault }: LoadedProps) {
    const asked = useAsked();
    const view = views.find((one) => one === asked.param('view')) ?? 'map';
    const selectText = asked.param('select');
    const selection = useMemo(() => readSelection(selectText), [selectText]);
    const { step, setStep } = usePictureStep(all);
    const { now, move, picture } = useRoad(all, step, setStep);
    const designed = asked.param('design') !== 'off';
    const words = unitWords(unit);
    const select = (next: Selection) => asked.set({ select: selectionText(next) });
    const made = promises?.promises.filter((row) => row.made > 0) ?? [];
    const tabs: { view: View; text: string; note?: string }[] = [
        { view: 'map', text: 'Map' }, { view: 'variants', text: 'Variants', note: count(variants.distinct) },
        ...(made.length > 0 || view === 'promises' ? [{ view: 'promises' as const, text: 'Promises', note: promises ? count(made.length) : '' }] : []),
        { view: 'table', text: 'Table', note: count(graph.edges.length) },
    ];
    const show = (next: View) => asked.with({ view: next === 'map' ? null : next });
    useKeys(Object.fromEntries(tabs.map((tab, index) => [String(index + 1), { words: `show ${tab.text}`, run: () => asked.set({ view: tab.view === 'map' ? null : tab.view }) }])));
    const nothing = flow.population.units === 0;
    const canLay = view === 'map' && graph.path.length > 1 && !nothing;
    return (
        <div className="journey-work">
            <div className="journey-body">
                <JourneyHead flow={flow} unit={unit} owner={owner} words={words} />
                <nav className="tabs" aria-label="Views of this journey">
                    {tabs.map((tab) => (
                        <Link key={tab.view} to={show(tab.view)} keepScroll {...(tab.view === view ? { 'aria-current': 'page' as const } : {})}>
                            {tab.text}{tab.note && <span>{tab.note}</span>}
                        </Link>
                    ))}
                    {canLay && (
                        <div className="end">
                            <button type="button" className="btn" aria-pressed={designed} onClick={() => asked.set({ design: designed ? 'off' : null }, { replace: true })}>
                                <svg width={26} height={14} aria-hidden="true">
                                    <path d="M1 7h7M19 7h7" stroke="currentColor" strokeWidth={1.5} strokeDasharray=".1 3.4" strokeLinecap="round" />
                                    <circle cx={13} cy={7} r={4.5} fill="none" stroke="currentColor" strokeWidth={1.5} />
                                </svg>
                                <span>The design</span>
                            </button>
                        </div>
                    )}
                </nav>
                {nothing ? <NothingHere scope={scope} many={words.many} /> : (
                    <>
                        {view === 'map' && (
                            <>
                                {graph.stages.length > 1 && <StageList graph={graph} measures={measures} unit={unit} />}
                                <JourneyMap
                                    name={capital(words.title)} graph={graph} columns={columns} blueprint={blueprint} promises={made} measures={measures} unit={words} picture={picture}
                                    selection={selection} select={select} designed={designed}
                                />
                                <RoadBar
                                    all={all} now={now} move={move} paths={graph.edges.length} unit={unit}
                                    forcedThere={graph.edges.some(isForced)} scored={graph.scored}
                                />
                            </>
                        )}
                        <div className="view" hidden={view === 'map'}>
                            {view === 'variants' && <VariantsView answer={variants} graph={graph} selection={selection} unit={unit} />}
                            {view === 'promises' && (promises ? <PromisesView answer={promises} /> : promisesFault ? <ProblemNote fault={promisesFault} /> : <SkeletonRows rows={4} height={120} />)}
                            {view === 'table' && <TableView graph={graph} picture={picture} selection={selection} question={questionText('flow', scope)} />}
                        </div>
                    </>
                )}
            </div>
            {selection
                ? <JourneyDrawer selection={selection} graph={graph} variants={variants.variants} scope={scope} onClose={() => asked.set({ select: null })} />
                : !nothing && <WorstPaths graph={graph} experience={flow.experience} />}
        </div>
    );
}

function JourneyHead({ flow, unit, owner, words }: { flow: FlowAnswer; unit: Unit; owner: string; words: { title: string; one: string; many: string } }) {
    const asked = useAsked();
    const took = answeredIn(flow);
    const known = new Set(flow.nodes.map((node) => node.touchpoint));
    const names: Record<string, string> = {};
    for (const value of Object.values(flow.finding.values)) {
        if (typeof value === 'string' && known.has(value)) {
            names[value] = asked.with({ select: selectionText({ kind: 'touchpoint', name: value }) });
        }
    }
    const facts = [
        countOf(flow.population.units, words.one, words.many),
        ...(unit.kind === 'journey' ? [`blueprint version ${flow.blueprint_version}`] : []),
        ...(owner ? [`owner ${owner}`] : []),
        ...(unit.kind === 'thread' && flow.population.without_unit > 0 ? [`${countOf(flow.population.without_unit, 'encounter')} without a thread`] : []),
        ...(took === null ? [] : [`counted in ${count(Math.max(1, Math.round(took)))} ms`]),
    ];
    return (
        <header className="journey-head">
            <p className="crumb"><Link to="/journeys">Journeys</Link><Icon name="right" /><span>{capital(words.title)}</span><span className="facts-line">{facts.join(', ')}</span></p>
            <h1 className="title">{linked(flow.finding.text, names)}</h1>
        </header>
    );
}

function NothingHere({ scope, many }: { scope: Scope; many: string }) {
    const asked = useAsked();
    return (
        <Empty action={<Link className="btn" to={asked.with({ where: null, period: 'all', from: null, to: null })}>{scope.where ? 'Take out filter and period' : 'Look at the whole time'}</Link>}>
            {`No ${many} match ${scope.where ? 'the period and the filter' : 'the period'}.`}
        </Empty>
    );
}

function NoJourney({ name, blueprint }: { name: string; blueprint: Blueprint }) {
    return (
        <div className="journey-none">
            <h1 className="title">{`The blueprint has no journey "${name}".`}</h1>
            <Empty action={<Link className="btn" to="/journeys">All journeys</Link>}>
                {blueprint.journeys.length > 0 ? `It has ${blueprint.journeys.map((one) => one.name).join(', ')}.` : 'It has none yet: whole timelines and threads can be looked at.'}
            </Empty>
        </div>
    );
}

/** The same frame as the answer, in sunken blocks, so that nothing moves when it comes. */
function JourneyLoading() {
    return (
        <div className="journey-work">
            <div className="journey-body">
                <header className="journey-head">
                    <div className="crumb"><Skeleton height={14} width={280} /></div>
                    <div className="title"><Skeleton height={22} width="min(36em, 90%)" /></div>
                </header>
                <nav className="tabs" aria-hidden="true"><Skeleton height={14} width={220} /></nav>
                <div className="map-box loading"><Skeleton height={120} /><Skeleton height={434} /></div>
            </div>
            <aside className="worst"><SkeletonRows rows={8} height={54} /></aside>
        </div>
    );
}
