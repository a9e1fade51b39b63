import type { Schema } from '../api/client';
import { Capsule, ExperienceAxis } from '../design/capsule';
import { ChangeWords } from '../design/change';
import { capital, count, countOf, estimateText, intervalText, targetText } from '../design/format';
import { MarkKey } from '../design/marks';
import { Empty } from '../design/states';
import { Drill } from '../shell/drill';
import { Link } from '../shell/router';
import { routes } from '../routes';
import { pathOf } from '../question/address';

type Journey = Schema['OverviewJourney'];

/** Designed and lived: a row per journey with the feeling intended and measured, its change, and promises kept. */
export function JourneyRows({ journeys, against }: { journeys: Journey[]; against: string | undefined }) {
    const keptLow = lowestShown(journeys);
    return (
        <section className="sec overview-part design" aria-labelledby="h-design">
            <header>
                <h2 className="head" id="h-design">Designed and lived</h2>
                <MarkKey />
            </header>
            {journeys.length === 0 ? (
                <Empty>The blueprint names no journey yet. Add a [journey.NAME] with its starts and ends, then ask again.</Empty>
            ) : (
                <>
                    <div className="only-small"><ExperienceAxis /></div>
                    <table>
                        <caption className="vh">
                            For each journey: feeling intended and measured, change against the period before, promises kept
                        </caption>
                        <thead>
                            <tr>
                                <th scope="col" className="c-name">Journey, intended feeling</th>
                                <th scope="col" className="c-feel"><span className="vh">Feeling, from worst to best</span><ExperienceAxis /></th>
                                <th scope="col" className="c-chg">{against ? `Against ${against.replace(/ \d{4}$/, '')}` : 'Change'}</th>
                                <th scope="col" className="c-kept">{`Promises kept, ${Math.round(keptLow * 100)} to 100%`}</th>
                                <th scope="col" className="c-done">Completed</th>
                            </tr>
                        </thead>
                        <tbody>
                            {journeys.map((journey) => <JourneyRow key={journey.journey} journey={journey} keptLow={keptLow} />)}
                        </tbody>
                    </table>
                </>
            )}
        </section>
    );
}

/** The lower end of the axis of promises kept: under every interval and target, on a round tenth. */
export function lowestShown(journeys: Journey[]): number {
    const values = journeys.flatMap((j) => [j.kept?.low ?? 1, j.kept_target ?? 1]);
    return Math.max(0, Math.floor((Math.min(0.9, ...values) - 0.02) * 10) / 10);
}

/** Whether names of journeys lead anywhere yet. */
export const hasJourneyPage = () => routes.some((route) => route.path.startsWith('/journeys/:'));

function JourneyRow({ journey, keptLow }: { journey: Journey; keptLow: number }) {
    const { experience, kept, completion, drill } = journey;
    const name = capital(journey.journey);
    const misses = kept?.high !== null && kept?.high !== undefined && journey.kept_target !== null && kept.high < journey.kept_target;
    return (
        <tr>
            <th scope="row" className="c-name">
                {hasJourneyPage()
                    ? <Link className="strong" to={pathOf('journeys', journey.journey)}>{name}</Link>
                    : <span className="strong">{name}</span>}
                <span className="felt">
                    {journey.feeling && <>{`“${journey.feeling}”`}<span className="dot"> · </span></>}
                    <Drill question={drill} of={`${name}, all episodes`}>{countOf(journey.episodes, 'episode')}</Drill>
                </span>
            </th>
            <td className="c-feel">
                <Capsule name={`${name}, feeling`} estimate={experience} intended={journey.intended} domain={[-3, 3]} tone="experience" height={56} grid={[-3, -2, -1, 0, 1, 2, 3]} withValue />
                <p className="feel-n axis"><span className="vh">Feeling </span>{experience.enough ? `n ${count(experience.n)}` : intervalText(experience)}</p>
            </td>
            <td className="c-chg chg"><ChangeWords change={journey.change} previous={journey.previous} /></td>
            <td className="c-kept">
                {kept === null ? <span className="small dim">none promised</span> : (
                    <div className="kept">
                        <Capsule name={`${name}, promises kept`} estimate={kept} intended={journey.kept_target} domain={[keptLow, 1]} tone="ink" rail />
                        <span className={misses ? 'kept-value misses' : 'kept-value'}>
                            {kept.enough ? estimateText(kept) : ''}
                            {journey.kept_target !== null && <span className="vh">{`, target ${targetText(journey.kept_target, 'share')}`}</span>}
                        </span>
                    </div>
                )}
            </td>
            <td className="c-done">
                <span className="small">{estimateText(completion)}</span>
                <span className="sub">{intervalText(completion)}</span>
            </td>
        </tr>
    );
}
