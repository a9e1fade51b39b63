import { useState } from 'react';
import type { Schema } from '../api/client';
import { capital, count, countOf, estimateText, intervalText } from '../design/format';
import { CapsuleMark, Plot } from '../design/marks';
import { scale } from '../design/plot';
import { Empty } from '../design/states';
import { Drill } from '../shell/drill';

const shownAtFirst = 6;

/** The touchpoints that feel worse than the rest beyond chance, worst first. */
export function WorstTouchpoints({ touchpoints }: { touchpoints: Schema['OverviewTouchpoint'][] }) {
    const [all, setAll] = useState(false);
    const shown = all ? touchpoints : touchpoints.slice(0, shownAtFirst);
    const rest = touchpoints.length - shown.length;
    return (
        <section className="sec" aria-labelledby="h-worst">
            <header><h2 className="head" id="h-worst">Where it hurts most</h2></header>
            {touchpoints.length === 0 ? (
                <Empty>No touchpoint feels worse than the rest beyond chance.</Empty>
            ) : (
                <ul className="worst">
                    {shown.map((t) => (
                        <li key={t.touchpoint}>
                            <span className="word">{capital(t.touchpoint)}</span>
                            <span className="by num">
                                <Drill question={t.drill} of={capital(t.touchpoint)}>{estimateText(t.experience)}</Drill>{' '}
                                <span className="ci">{intervalText(t.experience)}</span>
                            </span>
                            <span className="small dim how">{[t.stage, t.owner, `n ${count(t.experience.n)}`].filter(Boolean).join(' · ')}</span>
                            <Smear of={t.experience} />
                        </li>
                    ))}
                </ul>
            )}
            {rest > 0 && (
                <button type="button" className="link small dim" onClick={() => setAll(true)}>{`${countOf(rest, 'more touchpoint', 'more touchpoints')} below the rest`}</button>
            )}
        </section>
    );
}

function Smear({ of }: { of: Schema['Estimate'] }) {
    const { estimate, low, high } = of;
    return (
        <Plot height={14} className="smear">
            {(width) => {
                const x = scale(-3, 3, 6, width - 6);
                return (
                    <>
                        <path d={`M${x(-3)} 7H${x(3)}`} stroke="var(--line)" />
                        <path d={`M${x(0)} 3v8`} stroke="var(--line-2)" />
                        {estimate !== null && <CapsuleMark x={x} y={7} of={{ low: low ?? estimate, estimate, high: high ?? estimate }} tone={estimate} />}
                    </>
                );
            }}
        </Plot>
    );
}
