import { count, durationText, estimateText, intervalText } from '../design/format';
import { FeelingDisc, Plot } from '../design/marks';
import { px } from '../design/plot';
import { PromiseRow as PromiseSummary } from '../design/promise-row';
import { Empty } from '../design/states';
import { Drill } from '../shell/drill';
import type { Estimate, PromiseRow, PromisesAnswer } from './answer';

/** The promises made on this journey: how they end, how much time is left or missing, how either feels. */
export function PromisesView({ answer }: { answer: PromisesAnswer }) {
    const made = answer.promises.filter((row) => row.made > 0);
    if (made.length === 0) {
        return <Empty>No promise was made in this period and filter.</Empty>;
    }
    return (
        <div className="promises-view">
            {made.map((row) => (
                <section key={row.promise} aria-label={row.promise}>
                    <PromiseSummary row={row} />
                    <div className="promise-more">
                        <SlackStrip row={row} />
                        <dl>
                            {(['kept', 'late', 'broken'] as const).map((outcome) => (
                                <div key={outcome}>
                                    <dt>{outcome}</dt>
                                    <dd><Drill question={row.drills[outcome]} of={`${row.promise}, ${outcome}`} className="num">{count(row[outcome])}</Drill></dd>
                                    <dd>{outcome === 'kept' && row.slack.early_median !== null ? `${durationText(row.slack.early_median)} early` : outcome === 'late' && row.slack.late_median !== null ? `by ${durationText(row.slack.late_median)}, 1 in 10 over ${durationText(row.slack.late_p90 ?? row.slack.late_median)}` : ''}</dd>
                                    <dd><Felt estimate={row.experience[outcome]} /></dd>
                                </div>
                            ))}
                        </dl>
                    </div>
                </section>
            ))}
        </div>
    );
}

function Felt({ estimate }: { estimate: Estimate }) {
    if (estimate.estimate === null) {
        return <span className="dim">too few answers</span>;
    }
    return (
        <span className="state"><FeelingDisc feeling={estimate.estimate} size={10} />{estimateText(estimate)} <span className="ci">{intervalText(estimate)}</span></span>
    );
}

const stripHeight = 46;

/** When it really happened against when it was due: bars around the due line, late to the left. */
function SlackStrip({ row }: { row: PromiseRow }) {
    const { bins } = row.slack;
    const most = Math.max(1, ...bins.map((bin) => bin.count));
    const late = bins.filter((bin) => bin.to !== null && bin.to <= 0);
    const label = `${row.promise}: ${count(late.reduce((sum, bin) => sum + bin.count, 0))} after it was due, ${count(bins.reduce((sum, bin) => sum + bin.count, 0))} in all`;
    return (
        <Plot height={stripHeight} label={label} className="slack">
            {(width) => {
                const step = width / bins.length;
                const due = late.length * step;
                const base = stripHeight - 16;
                return (
                    <>
                        {bins.map((bin, index) => {
                            const high = (bin.count / most) * (base - 4);
                            return bin.count > 0 ? (
                                <rect key={index} x={px(index * step + 0.5)} y={px(base - Math.max(1, high))} width={px(step - 1)} height={px(Math.max(1, high))} fill={index < late.length ? 'var(--line-3)' : 'var(--ink-2)'} />
                            ) : null;
                        })}
                        <path d={`M0 ${base + 0.5}H${width}`} stroke="var(--line-2)" />
                        <path d={`M${px(due)} 0V${base + 4}`} stroke="var(--ink)" strokeWidth={1.5} />
                        <text x={0} y={stripHeight - 3}>later</text>
                        <text x={px(due)} y={stripHeight - 3} textAnchor="middle">due</text>
                        <text x={width} y={stripHeight - 3} textAnchor="end">earlier</text>
                    </>
                );
            }}
        </Plot>
    );
}
