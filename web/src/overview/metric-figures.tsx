import type { Schema } from '../api/client';
import { Course } from '../design/course';
import { estimateText, intervalText, targetText, calendarText, count } from '../design/format';
import { metricName } from '../design/metric-name';
import { StatusShape, type Status } from '../design/marks';
import { Drill } from '../shell/drill';
import { useAsked } from '../question/address';

type MetricOf = Schema['OverviewMetric'];

/** The metrics of the blueprint, each with its interval, its target and its weeks. */
export function MetricFigures({ metrics }: { metrics: MetricOf[] }) {
    return (
        <section className="sec overview-part" aria-labelledby="h-metrics">
            <header>
                <h2 className="head" id="h-metrics">Metrics</h2>
                <span className="label">by week, with 95% band; the ring is the target</span>
            </header>
            <ul className="metrics">{metrics.map((m) => <MetricFigure key={m.metric.name} of={m} />)}</ul>
        </section>
    );
}

const verdicts: Record<MetricOf['verdict'], { status: Status; words: string } | null> = {
    met: { status: 'kept', words: 'met' },
    missed: { status: 'broken', words: 'missed' },
    unclear: { status: 'unknown', words: 'not yet decided' },
    'not enough': null,
    none: null,
};

function MetricFigure({ of }: { of: MetricOf }) {
    const asked = useAsked();
    const { metric, value, trend } = of;
    const verdict = verdicts[of.verdict];
    const name = metricName(metric.name);
    return (
        <li>
            <p className="metric-name"><span className="word">{name}</span></p>
            <p className="metric-value">
                {value.estimate === null
                    ? <span className="strong dim">not enough answers</span>
                    : <Drill question={of.drill} of={name} className="metric-figure">{estimateText(value)}</Drill>}
                <span className="axis">{intervalText(value)}</span>
                {value.estimate !== null && <span className="axis">{`n ${count(value.n)}`}</span>}
            </p>
            <Course
                compact name={name} points={trend} unit={metric.unit} target={metric.target} height={64}
                drillTo={(point) => asked.with({ drill: point.drill, of: `${name}, week of ${calendarText(point.label)}` })}
            />
            <p className="metric-foot axis">
                {verdict && metric.target !== null && (
                    <span className="state"><StatusShape status={verdict.status} />{`target ${targetText(metric.target, metric.unit)} ${verdict.words}`}</span>
                )}
                <span>{metric.definition}</span>
            </p>
        </li>
    );
}
