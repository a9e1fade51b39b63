import type { Schema } from '../api/client';
import { Drill } from '../shell/drill';
import { capital, count, estimateText, intervalText, targetText } from './format';
import { Plot, StatusShape } from './marks';
import { scale } from './plot';

/**
 * A promise from made (ring) to due (dot): kept in ink, late in grey, broken in the colour of faults, a tick at the target.
 * Its share with interval, and what is still open; every figure opens its episodes.
 */
export function PromiseRow({ row }: { row: Schema['PromiseRow'] }) {
    const { promise, drills } = row;
    return (
        <div className="prow">
            <p>
                <span className="name">{capital(promise)}</span>
                {row.owner && <span className="owner">{row.owner}</span>}
            </p>
            <div className="bar"><PromiseBar row={row} /></div>
            <p className="rate num">
                {row.kept_rate.estimate === null ? (
                    <span className="small dim">{`${row.kept_rate.text ?? 'not enough answers'}`}</span>
                ) : (
                    <Drill question={drills.kept} of={`${promise}, kept`} className="strong">{estimateText(row.kept_rate)}</Drill>
                )}{' '}
                <span className="ci">
                    {row.kept_rate.estimate === null ? '' : intervalText(row.kept_rate)}
                    {row.target === null ? '' : `, target ${targetText(row.target, 'share')}`}
                </span>
            </p>
            <div className="open">
                {row.open > 0 ? (
                    <Drill question={drills.open} of={`${promise}, open`} className="num">{`${count(row.open)} open`}</Drill>
                ) : (
                    <span className="dim">none open</span>
                )}
                {row.at_risk > 0 && (
                    <Drill question={drills.at_risk} of={`${promise}, at risk`} className="sub">
                        <span className="state"><StatusShape status="risk" />{`${count(row.at_risk)} at risk`}</span>
                    </Drill>
                )}
            </div>
        </div>
    );
}

function PromiseBar({ row }: { row: Schema['PromiseRow'] }) {
    const { kept, late, broken, target } = row;
    const decided = kept + late + broken;
    const label = decided === 0
        ? `${row.promise}: nothing decided yet`
        : `${row.promise}: ${count(kept)} kept, ${count(late)} late, ${count(broken)} broken`;
    return (
        <Plot height={22} label={label}>
            {(width) => {
                const y = 11;
                const x = scale(0, 1, 7, width - 7);
                const parts = [
                    { name: 'kept', to: kept, colour: 'var(--ink-2)' },
                    { name: 'late', to: kept + late, colour: 'var(--line-3)' },
                    { name: 'broken', to: decided, colour: 'var(--fault)' },
                ];
                let from = 0;
                return (
                    <>
                        {decided === 0 && <path d={`M${x(0)} ${y}H${x(1)}`} stroke="var(--line-2)" strokeWidth={2} />}
                        {parts.map(({ name, to, colour }) => {
                            const begin = from / (decided || 1);
                            from = to;
                            return to / (decided || 1) > begin ? (
                                <path key={name} d={`M${x(begin)} ${y}H${x(to / decided)}`} stroke={colour} strokeWidth={5} />
                            ) : null;
                        })}
                        <circle cx={x(0)} cy={y} r={5} fill="var(--surface)" stroke="var(--ink)" strokeWidth={1.5} />
                        <circle cx={x(1)} cy={y} r={5} fill="var(--ink)" stroke="var(--surface)" strokeWidth={1.5} />
                        {target !== null && (
                            <g>
                                <path d={`M${x(target)} ${y - 8}v16`} stroke="var(--surface)" strokeWidth={4} />
                                <path d={`M${x(target)} ${y - 7}v14`} stroke="var(--ink)" strokeWidth={1.5} />
                            </g>
                        )}
                    </>
                );
            }}
        </Plot>
    );
}
