import { useState } from 'react';
import type { Schema } from '../api/client';
import { usePlace } from '../shell/router';
import { calendarText, estimateText, intervalText, monthText, targetText, valueText, type Unit } from './format';
import { Plot, RingMark } from './marks';
import { band, curve, scale, ticks, type Point, type Scale } from './plot';

type TrendPoint = Schema['TrendPoint'];

export interface CourseProps {
    /** What it is, for the label: "Promises kept, all promises". */
    name: string;
    points: TrendPoint[];
    unit: Unit;
    target?: number | null;
    height: number;
    /** Without axes, with the ring of the target at its end: for a metric standing alone. */
    compact?: boolean;
    /** The page with the episodes behind one point. */
    drillTo?: (point: TrendPoint) => string;
}

/**
 * A course over time with its 95 % band. Gaps stay gaps, the unfinished last period is dashed with an open end.
 * One tab stop; the arrow keys walk through the periods, Enter opens the episodes of one.
 */
export function Course(props: CourseProps) {
    const { name, points, height, unit, target = null } = props;
    const measured = points.filter((p) => p.value.estimate !== null);
    const [first, last] = [measured[0], measured.at(-1)];
    const label = !first || !last
        ? `${name}: not enough answers in any period`
        : `${name}, ${points.length} periods: ${estimateText(first.value)} in that of ${calendarText(first.label)}, `
            + `${estimateText(last.value)} in that of ${calendarText(last.label)}${target === null ? '' : `; target ${targetText(target, unit)}`}`;
    return (
        <div className="course">
            <Plot height={height} label={label}>{(width) => <CourseDrawing {...props} width={width} />}</Plot>
            <PointWalk {...props} />
        </div>
    );
}

interface Frame {
    left: number;
    right: number;
    top: number;
    bottom: number;
}

function frameOf(compact: boolean | undefined): Frame {
    return compact ? { left: 2, right: 12, top: 8, bottom: 8 } : { left: 34, right: 52, top: 14, bottom: 24 };
}

/** The values the axis must hold: every interval and the target, with a little air. */
function domainOf(points: TrendPoint[], target: number | null, unit: Unit): [number, number] {
    const values = points.flatMap((p) => (p.value.estimate === null ? [] : [p.value.low ?? p.value.estimate, p.value.high ?? p.value.estimate]));
    if (target !== null) {
        values.push(target);
    }
    if (values.length === 0) {
        return [0, 1];
    }
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const air = (high - low || 0.1) * 0.06;
    return unit === 'share' ? [Math.max(0, low - air), Math.min(1, high + air)] : [low - air, high + air];
}

function CourseDrawing({ points, unit, target = null, height, compact, width }: CourseProps & { width: number }) {
    const frame = frameOf(compact);
    const [low, high] = domainOf(points, target, unit);
    const x = scale(0, Math.max(1, points.length - 1), frame.left, width - frame.right);
    const y = scale(low, high, height - frame.bottom, frame.top);
    const end = points.at(-1);
    const closed = end?.complete && end.value.estimate !== null;
    return (
        <>
            {!compact && <Axes points={points} unit={unit} x={x} y={y} frame={frame} width={width} height={height} domain={[low, high]} target={target} />}
            {target !== null && (
                <path d={`M${frame.left} ${y(target)}H${width - frame.right}`} stroke={compact ? 'var(--line-3)' : 'var(--ink)'} strokeWidth={1.2} strokeDasharray="1 4" strokeLinecap="round" />
            )}
            {segments(points).map((segment) => <Segment key={segment[0]!.i} segment={segment} x={x} y={y} />)}
            {closed && <circle cx={x(points.length - 1)} cy={y(end.value.estimate!)} r={3.2} fill="var(--ink)" />}
            {compact && target !== null && <RingMark cx={x(points.length - 1)} cy={y(target)} r={5.5} />}
            {points.every((p) => p.value.estimate === null) && (
                <text className="halo" x={frame.left} y={height / 2 + 4}>not enough answers in any one week</text>
            )}
            {!compact && <EndWords points={points} x={x} y={y} target={target} unit={unit} />}
        </>
    );
}

interface Placed {
    i: number;
    point: TrendPoint;
}

/** Runs of periods that have a value. */
function segments(points: TrendPoint[]): Placed[][] {
    const runs: Placed[][] = [];
    points.forEach((point, i) => {
        if (point.value.estimate === null) {
            return;
        }
        const run = runs.at(-1);
        if (run && run.at(-1)!.i === i - 1) {
            run.push({ i, point });
        } else {
            runs.push([{ i, point }]);
        }
    });
    return runs;
}

function Segment({ segment, x, y }: { segment: Placed[]; x: Scale; y: Scale }) {
    const at = (value: (p: TrendPoint) => number): Point[] => segment.map(({ i, point }) => [x(i), y(value(point))] as const);
    const line = at((p) => p.value.estimate!);
    const upper = at((p) => p.value.high ?? p.value.estimate!);
    const lower = at((p) => p.value.low ?? p.value.estimate!);
    if (segment.length === 1) {
        return (
            <g>
                <path d={`M${upper[0]![0]} ${upper[0]![1]}V${lower[0]![1]}`} stroke="var(--line-2)" strokeWidth={6} strokeLinecap="round" />
                <circle cx={line[0]![0]} cy={line[0]![1]} r={2} fill="var(--ink)" />
            </g>
        );
    }
    const open = !segment.at(-1)!.point.complete;
    const whole = open ? line.slice(0, -1) : line;
    return (
        <g>
            <path d={band(upper, lower)} fill="var(--line-2)" opacity={0.6} />
            <path d={curve(whole)} fill="none" stroke="var(--ink)" strokeWidth={1.75} strokeLinejoin="round" />
            {open && <path d={curve(line.slice(-2))} fill="none" stroke="var(--ink)" strokeWidth={1.75} strokeDasharray="3 3" />}
        </g>
    );
}

function Axes({ points, unit, x, y, frame, width, height, domain, target }: {
    points: TrendPoint[]; unit: Unit; x: Scale; y: Scale; frame: Frame; width: number; height: number; domain: [number, number]; target: number | null;
}) {
    const times = unit === 'share' ? 100 : 1;
    const marks = ticks(domain[0] * times, domain[1] * times, 4).map((t) => t / times);
    const months = monthMarks(points);
    const far = (i: number) => i === 0 || x(months[i]!.at) - x(months[i - 1]!.at) >= 34;
    return (
        <>
            {marks.map((v) => (
                <g key={v}>
                    {v !== target && <path d={`M${frame.left} ${Math.round(y(v)) + 0.5}H${width - frame.right}`} stroke="var(--line)" />}
                    <text x={frame.left - 8} y={y(v) + 4} textAnchor="end">{targetText(v, unit).replace('%', '')}</text>
                </g>
            ))}
            <path d={`M${frame.left} ${height - frame.bottom + 0.5}H${width - frame.right}`} stroke="var(--line-2)" />
            {months.map(({ at, text }, i) => far(i) && (
                <text key={text + at} x={x(at)} y={height - 6} textAnchor={x(at) > width - frame.right - 24 ? 'end' : 'start'}>{text}</text>
            ))}
        </>
    );
}

/** The first period of each month; a month that is only the first period's tail gives way to the next. */
function monthMarks(points: TrendPoint[]): { at: number; text: string }[] {
    const marks: { at: number; text: string }[] = [];
    points.forEach((point, at) => {
        if (at === 0 || point.label.slice(0, 7) !== points[at - 1]!.label.slice(0, 7)) {
            marks.push({ at, text: monthText(point.label) });
        }
    });
    return marks.length > 1 && marks[1]!.at < 2 ? marks.slice(1) : marks;
}

/** The last finished value and the target, named at the end of their lines; the value gives way upwards or downwards. */
function EndWords({ points, x, y, target, unit }: { points: TrendPoint[]; x: Scale; y: Scale; target: number | null; unit: Unit }) {
    const whole = points.findLastIndex((p) => p.complete && p.value.estimate !== null);
    const last = points[whole];
    const at = x(points.length - 1) + 8;
    const valueY = last ? y(last.value.estimate!) : null;
    const targetY = target === null ? null : y(target);
    const close = valueY !== null && targetY !== null && Math.abs(valueY - targetY) < 15;
    return (
        <>
            {target !== null && <text x={at} y={targetY! + 4 + (close && targetY! > valueY! ? 15 - (targetY! - valueY!) : 0)}>target</text>}
            {last && (
                <text className="value" x={at} y={valueY! + 4 + (close && valueY! >= targetY! ? 15 - (valueY! - targetY!) : 0)}>
                    {valueText(last.value.estimate!, unit, last.value.low, last.value.high)}
                </text>
            )}
        </>
    );
}

/** Unseen columns over the plot, one per period: shown on hover and focus with their value, and open their episodes. */
function PointWalk({ points, name, unit, target = null, height, compact, drillTo }: CourseProps) {
    const { go } = usePlace();
    const [at, setAt] = useState<number | null>(null);
    const [stop, setStop] = useState(points.length - 1);
    const frame = frameOf(compact);
    if (points.length === 0) {
        return null;
    }
    const inset = { left: frame.left, right: frame.right };
    const gap = 100 / Math.max(1, points.length - 1);
    const present = Math.min(stop, points.length - 1);
    const shown = at === null ? null : points[at];
    const [low, high] = domainOf(points, target, unit);
    const y = scale(low, high, height - frame.bottom, frame.top);
    return (
        <div className="walk" role="group" aria-label={`${name}, period by period`} style={inset} onMouseLeave={() => setAt(null)}>
            {points.map((point, i) => (
                <a
                    key={point.start}
                    href={drillTo?.(point)}
                    role={drillTo ? undefined : 'note'}
                    tabIndex={i === present ? 0 : -1}
                    aria-label={pointWords(point)}
                    style={{ left: `${(i - 0.5) * gap}%`, width: `${gap}%` }}
                    onMouseEnter={() => setAt(i)}
                    onFocus={() => setAt(i)}
                    onBlur={() => setAt(null)}
                    onClick={(event) => {
                        if (drillTo && !event.ctrlKey && !event.metaKey) {
                            event.preventDefault();
                            go(drillTo(point), { keepScroll: true });
                        }
                    }}
                    onKeyDown={(event) => {
                        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key] ?? 0;
                        const to = event.key === 'Home' ? 0 : event.key === 'End' ? points.length - 1 : i + step;
                        if (to !== i && points[to]) {
                            event.preventDefault();
                            setStop(to);
                            (event.currentTarget.parentElement!.children[to] as HTMLElement).focus();
                        }
                    }}
                />
            ))}
            {shown && at !== null && (
                <>
                    {shown.value.estimate !== null && (
                        <i className="walk-dot" style={{ left: `${at * gap}%`, top: y(shown.value.estimate) }} aria-hidden="true" />
                    )}
                    <p className={at > points.length / 2 ? 'walk-words left' : 'walk-words'} style={{ left: `${at * gap}%` }} aria-hidden="true">
                        <b>{estimateText(shown.value)}</b> <span className="ci">{intervalText(shown.value)}</span>
                        <span className="axis">{`${calendarText(shown.label)}${shown.complete ? '' : ', not finished'}`}</span>
                    </p>
                </>
            )}
        </div>
    );
}

function pointWords(point: TrendPoint): string {
    const when = `${calendarText(point.label)}${point.complete ? '' : ', not finished'}`;
    return `${when}: ${estimateText(point.value)}, ${intervalText(point.value)}`;
}
