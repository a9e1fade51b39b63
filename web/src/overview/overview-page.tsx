import './overview.css';
import { answeredIn, type Schema } from '../api/client';
import { useOverview } from '../api/queries';
import { Answer } from '../design/answer';
import { count, countOf, dayText } from '../design/format';
import { Empty, Shown, Skeleton, SkeletonRows } from '../design/states';
import { pathOf, periodBeside, useAsked } from '../question/address';
import { ownText, QuestionBar } from '../question/question-bar';
import { Link } from '../shell/router';
import { Page } from '../shell/shell';
import { hasJourneyPage, JourneyRows } from './journey-rows';
import { KeptByWeek } from './kept-by-week';
import { MetricFigures } from './metric-figures';
import { PromiseRows } from './promise-rows';
import { WorstTouchpoints } from './worst-touchpoints';

/** Where do we fall short of what we designed, and what changed for real? */
export default function OverviewPage() {
    const asked = useAsked();
    const query = useOverview(asked, asked.ready);
    const before = periodBeside(asked.from, asked.to, -1);
    const against = before ? ownText(before.from, before.to) : undefined;
    return (
        <Page title="Overview" bar={<QuestionBar fault={query.error} against={against} />}>
            <Shown page query={query} loading={<OverviewLoading />}>
                {(overview) => <Overview overview={overview} period={ownText(asked.from, asked.to)} against={against} />}
            </Shown>
        </Page>
    );
}

function Overview({ overview, period, against }: { overview: Schema['Overview']; period: string; against: string | undefined }) {
    const { population, freshness } = overview;
    const took = answeredIn(overview);
    const names = hasJourneyPage() ? Object.fromEntries(overview.journeys.map((j) => [j.journey, pathOf('journeys', j.journey)])) : {};
    return (
        <>
            <Answer
                finding={overview.finding} names={names}
                proof={[
                    period === 'the whole time' && population.first && population.latest
                        ? `${dayText(population.first)} to ${dayText(population.latest)}` : period,
                    countOf(population.customers, 'customer'),
                    countOf(population.encounters, 'encounter'),
                    'every episode counted, none sampled',
                    took !== null && `answered in ${count(Math.max(1, Math.round(took)))} ms`,
                ]}
            />
            {population.encounters === 0 ? (
                <div className="sec overview-part">
                    <Empty action={freshness.encounters > 0 && <Link className="btn" to="/?period=all">Show the whole time without a filter</Link>}>
                        {freshness.encounters > 0 && freshness.latest
                            ? `There are ${countOf(freshness.encounters, 'encounter')} without the period and the filter, the newest of ${dayText(freshness.latest)}.`
                            : 'There is no encounter yet. Import a file with "kokemus import FILE", or start with the sample organisation: "kokemus demo".'}
                    </Empty>
                </div>
            ) : (
                <>
                    <JourneyRows journeys={overview.journeys} against={against} />
                    <div className="two">
                        <KeptByWeek points={overview.kept_trend} metrics={overview.metrics} />
                        <WorstTouchpoints touchpoints={overview.touchpoints} />
                    </div>
                    <PromiseRows promises={overview.promises} />
                    <MetricFigures metrics={overview.metrics} />
                </>
            )}
        </>
    );
}

/** The same frame as the answer, in sunken blocks, so that nothing moves when it comes. */
function OverviewLoading() {
    return (
        <>
            <Skeleton height={32} width="min(28em, 90%)" />
            <div className="proof"><Skeleton height={14} width="min(32em, 80%)" /></div>
            <div className="sec overview-part"><SkeletonRows rows={7} height={56} /></div>
            <div className="two">
                <div className="sec"><Skeleton height={280} /></div>
                <div className="sec"><SkeletonRows rows={5} height={52} /></div>
            </div>
        </>
    );
}
