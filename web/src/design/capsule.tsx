import type { Estimate } from '../api/client';
import { count, estimateText, intervalText, targetText } from './format';
import { CapsuleMark, Plot, RingMark } from './marks';
import { clamp, scale } from './plot';

export interface CapsuleProps {
    estimate: Estimate;
    /** What was designed or promised: drawn as a ring. */
    intended?: number | null;
    domain: readonly [low: number, high: number];
    /** Feeling takes the experience scale, everything else is ink. */
    tone: 'experience' | 'ink';
    height?: number;
    /** Values with a hairline; the one that equals 0 is stronger. */
    grid?: readonly number[];
    /** Writes the value beside the mark. */
    withValue?: boolean;
    /** A horizontal rail with ends, for capsules without a grid. */
    rail?: boolean;
    /** What it is, for the label: "Getting connected, feeling". */
    name: string;
}

/**
 * A measured value with its interval, and the ring of what was intended, on one axis.
 * The gap between them is filled only when the whole interval falls short. Too few answers: the ring stays, words
 * take the place of the capsule.
 */
export function Capsule(props: CapsuleProps) {
    const { estimate, intended = null, height = 24, name } = props;
    const wish = intended === null ? '' : `, intended ${targetText(intended, estimate.unit)}`;
    const label = estimate.estimate === null
        ? `${name}: not enough answers, ${intervalText(estimate)}${wish}`
        : `${name}: ${estimateText(estimate)}, between ${intervalText(estimate)}, n ${count(estimate.n)}${wish}`;
    return (
        <Plot height={height} label={label} className="capsule">
            {(width) => <CapsuleDrawing {...props} width={width} height={height} />}
        </Plot>
    );
}

function CapsuleDrawing({ estimate, intended = null, domain, tone, height = 24, grid = [], withValue, rail, width }: CapsuleProps & { width: number }) {
    const margin = 10;
    const place = scale(domain[0], domain[1], margin, width - margin);
    const x = (value: number) => place(clamp(value, domain[0], domain[1]));
    const y = height / 2;
    const value = estimate.estimate;
    const low = estimate.low ?? value ?? 0;
    const high = estimate.high ?? value ?? 0;
    const feeling = tone === 'experience' && value !== null ? value : 'ink';
    const to = intended === null ? null : x(intended);
    const from = value === null ? null : x(value);
    const short = intended !== null && value !== null && high < intended;
    const away = to !== null && from !== null && Math.abs(to - from) > 7;
    return (
        <>
            {grid.map((v) => (
                <path key={v} className={v === 0 || v === domain[0] || v === domain[1] ? undefined : 'minor'} d={`M${Math.round(place(v)) + 0.5} 0V${height}`} stroke={v === 0 ? 'var(--line-2)' : 'var(--line)'} />
            ))}
            {rail && (
                <path d={`M${margin} ${y}H${width - margin}M${margin} ${y - 3}v6M${width - margin} ${y - 3}v6`} stroke="var(--line-2)" />
            )}
            {away && (
                <path
                    d={`M${from} ${y}H${to! - 6.5 * Math.sign(to! - from!)}`}
                    stroke={short && tone === 'experience' ? 'var(--exp-3-soft)' : 'var(--line-2)'}
                    strokeWidth={short && tone === 'experience' ? 4 : 2}
                />
            )}
            {value !== null && <CapsuleMark x={x} y={y} of={{ low, estimate: value, high }} tone={feeling} />}
            {to !== null && <RingMark cx={to} cy={y} />}
            {value === null && <TooFew estimate={estimate} at={to ?? x((domain[0] + domain[1]) / 2)} y={y} width={width} />}
            {withValue && value !== null && <ValueBeside estimate={estimate} x={x} y={y} to={to} width={width} />}
        </>
    );
}

/** Words where the capsule would be, beside the ring and on the side that has room. */
function TooFew({ at, y, width }: { estimate: Estimate; at: number; y: number; width: number }) {
    const right = at < width / 2;
    return (
        <text className="halo" x={at + (right ? 14 : -14)} y={y + 4} textAnchor={right ? 'start' : 'end'}>
            not enough answers
        </text>
    );
}

/** The figure stands on the side away from the ring, or on the other where there is no room. */
function ValueBeside({ estimate, x, y, to, width }: {
    estimate: Estimate; x: (v: number) => number; y: number; to: number | null; width: number;
}) {
    const low = x(estimate.low ?? estimate.estimate!);
    const high = x(estimate.high ?? estimate.estimate!);
    const left = Math.min(low, to === null ? low : to);
    const right = Math.max(high, to === null ? high : to);
    const wantsRight = to !== null && x(estimate.estimate!) > to;
    const onRight = (wantsRight && right + 48 < width) || left < 48;
    return (
        <text className="value halo" x={onRight ? right + 13 : left - 13} y={y + 4} textAnchor={onRight ? 'start' : 'end'}>
            {estimateText(estimate)}
        </text>
    );
}

/** The axis of feeling above a column of capsules: the seven steps are the axis. */
export function ExperienceAxis() {
    return (
        <Plot height={26}>
            {(width) => {
                const x = scale(-3, 3, 10, width - 10);
                const half = (x(1) - x(0)) / 2;
                return (
                    <>
                        {[-3, -2, -1, 0, 1, 2, 3].map((v) => {
                            const from = Math.max(x(-3), x(v) - half);
                            const to = Math.min(x(3), x(v) + half);
                            return <rect key={v} x={from + 0.5} y={20} width={to - from - 1} height={4} fill={`var(--exp-${v + 4})`} />;
                        })}
                        <text x={x(-3)} y={13}>worst</text>
                        <text x={x(0)} y={13} textAnchor="middle">neutral</text>
                        <text x={x(3)} y={13} textAnchor="end">best</text>
                    </>
                );
            }}
        </Plot>
    );
}
