import './journey.css';
import { answeredIn, type Schema } from '../api/client';
import { useOverview } from '../api/queries';
import { Capsule, ExperienceAxis } from '../design/capsule';
import { ChangeWords } from '../design/change';
import { capital, count, countOf, estimateText, intervalText, inWords } from '../design/format';
import { Empty, Shown, Skeleton, SkeletonRows } from '../design/states';
import { useAsked } from '../question/address';
import { ownText, QuestionBar } from '../question/question-bar';
import { Link } from '../shell/router';
import { Page } from '../shell/shell';
import { Drill } from '../shell/drill';
import { unitPath, type Unit } from './journey-question';

/** Which journey deserves the next hour? All of them with volume, feeling as designed and as it was, promises kept. */
export default function JourneysPage() {
    const asked = useAsked();
    const query = useOverview(asked, asked.ready);
    return (
        <Page title="Journeys" bar={<QuestionBar fault={query.error} />}>
            <Shown query={query} loading={<JourneysLoading />}>
                {(overview) => <Journeys overview={overview} period={ownText(asked.from, asked.to)} />}
            </Shown>
        </Page>
    );
}

/** The sentence of the list: how many surely fall short of what was designed, and the one that does most. */
export function journeysSentence(journeys: readonly Schema['OverviewJourney'][]): string {
    const judged = journeys.filter((one) => one.intended !== null && one.experience.estimate !== null);
    const short = judged
        .filter((one) => one.experience.high! < one.intended!)
        .sort((a, b) => b.intended! - b.experience.estimate! - (a.intended! - a.experience.estimate!));
    if (journeys.length === 0) {
        return 'No journey is designed yet; whole timelines and threads can be looked at.';
    }
    if (judged.length === 0) {
        return `${countOf(journeys.length, 'journey')}, and not enough answers yet to hold them against their design.`;
    }
    if (short.length === 0) {
        return 'No journey falls short of its design beyond chance.';
    }
    const worst = short[0]!;
    const gap = (worst.intended! - worst.experience.estimate!).toFixed(1);
    return short.length === 1
        ? `${capital(worst.journey)} falls short of its design, by ${gap}; no other does beyond chance.`
        : `${short.length === judged.length ? 'All' : `${capital(inWords(short.length))} of`} ${inWords(judged.length)} journeys fall short of their design, ${worst.journey} most, by ${gap}.`;
}

function Journeys({ overview, period }: { overview: Schema['Overview']; period: string }) {
    const asked = useAsked();
    const took = answeredIn(overview);
    const to = (unit: Unit) => {
        const query = asked.with({ view: null, paths: null, select: null }).split('?')[1];
        return `/journeys/${encodeURIComponent(unitPath(unit))}${query ? `?${query}` : ''}`;
    };
    const orphans = overview.journeys.filter((one) => one.owner === '').length;
    return (
        <>
            <div className="answer-block">
                <h1 className="answer">{journeysSentence(overview.journeys)}</h1>
                <p className="proof">
                    <span>{period}</span>
                    <span>{countOf(overview.journeys.reduce((sum, one) => sum + one.episodes, 0), 'episode')}</span>
                    {orphans > 0 && <span>{`journeys without an owner: ${count(orphans)}`}</span>}
                    {took !== null && <span>{`answered in ${count(Math.max(1, Math.round(took)))} ms`}</span>}
                </p>
            </div>
            <section className="sec journeys" aria-label="Journeys">
                {overview.journeys.length > 0 && (
                    <div className="jrow jhead" aria-hidden="true">
                        <span>Journey, intended feeling</span><span>Episodes</span><div><ExperienceAxis /></div><span>Against before</span><span>Promises kept</span><span>Completed</span>
                    </div>
                )}
                <ol>
                    {overview.journeys.map((one) => <JourneyRow key={one.journey} row={one} to={to({ kind: 'journey', name: one.journey })} />)}
                </ol>
                {overview.journeys.length === 0 && <Empty>The blueprint names no journey. Write one under [journey."name"] with the touchpoints it starts and ends at.</Empty>}
            </section>
            <section className="sec journeys-else" aria-label="Without a journey">
                <h2 className="head">Without a design</h2>
                <ul>
                    <li><Link className="link" to={to({ kind: 'customer' })}>Whole timelines</Link><span>everything a customer lived through, from the first encounter to the last</span></li>
                    <li><Link className="link" to={to({ kind: 'thread' })}>Threads</Link><span>every order, ticket or claim on its own</span></li>
                </ul>
            </section>
        </>
    );
}

function JourneyRow({ row, to }: { row: Schema['OverviewJourney']; to: string }) {
    return (
        <li className="jrow">
            <p className="name">
                <Link className="strong link" to={to}>{capital(row.journey)}</Link>
                <span className="axis">{[row.feeling && `\u201c${row.feeling}\u201d`, row.owner || 'no owner'].filter(Boolean).join(' \u00b7 ')}</span>
            </p>
            <p className="num"><Drill question={row.drill} of={`${row.journey}, episodes`}>{count(row.episodes)}</Drill></p>
            <div className="felt">
                <Capsule name={`${capital(row.journey)}, feeling`} estimate={row.experience} intended={row.intended} domain={[-3, 3]} tone="experience" grid={[-3, -2, -1, 0, 1, 2, 3]} withValue height={30} />
            </div>
            <div className="chg"><ChangeWords change={row.change} previous={row.previous} /></div>
            <div className="kept">
                {row.kept === null ? <span className="small dim">none made</span> : (
                    <>
                        <Capsule name={`${capital(row.journey)}, promises kept`} estimate={row.kept} intended={row.kept_target} domain={[0.5, 1]} tone="ink" rail height={24} />
                        <span className="num">{estimateText(row.kept)}</span>
                    </>
                )}
            </div>
            <p className="num done">{row.completion.estimate === null ? <span className="small dim">not yet known</span> : <>{estimateText(row.completion)} <span className="ci">{intervalText(row.completion)}</span></>}</p>
        </li>
    );
}

function JourneysLoading() {
    return (
        <>
            <Skeleton height={32} width="min(28em, 90%)" />
            <div className="proof"><Skeleton height={14} width="min(32em, 80%)" /></div>
            <div className="sec journeys"><SkeletonRows rows={7} height={56} /></div>
        </>
    );
}
