import type { Schema } from '../api/client';
import { Course } from '../design/course';
import { Empty } from '../design/states';
import { useAsked } from '../question/address';
import { calendarText } from '../design/format';

/** Promises kept, week by week, with their band; the target where the metric of all promises has one. */
export function KeptByWeek({ points, metrics }: { points: Schema['TrendPoint'][]; metrics: Schema['OverviewMetric'][] }) {
    const asked = useAsked();
    const target = metrics.find(({ metric }) => metric.name === 'kept')?.metric.target ?? null;
    const measured = points.some((p) => p.value.estimate !== null);
    return (
        <section className="sec" aria-labelledby="h-kept">
            <header>
                <h2 className="head" id="h-kept">Promises kept, week by week</h2>
                <span className="label">all promises, with 95% band</span>
            </header>
            {measured ? (
                <div className="weeks">
                    <Course
                        name="Promises kept, all promises" points={points} unit="share" target={target} height={300}
                        drillTo={(point) => asked.with({ drill: point.drill, of: `Promises due in the week of ${calendarText(point.label)}` })}
                    />
                </div>
            ) : <Empty>No promise came due in this period.</Empty>}
        </section>
    );
}
