import { useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { experienceColour, experienceSoft, px, type Scale } from './plot';

/**
 * The three textures of the studio: a ring is intended, a solid mark is measured, hatching is predicted.
 * These are pieces for inside an <svg>; whole marks with their words are in capsule.tsx and course.tsx.
 */

/** An <svg> as wide as its place, so that text and marks keep their true size; draws once it knows its width. */
export function Plot({ height, label, className, children }: {
    height: number;
    /** What a reader who cannot see it is told; without one the plot is decoration. */
    label?: string | undefined;
    className?: string | undefined;
    children: (width: number) => ReactNode;
}) {
    const place = useRef<HTMLDivElement>(null);
    const [width, setWidth] = useState(0);
    useLayoutEffect(() => {
        const element = place.current!;
        setWidth(Math.floor(element.getBoundingClientRect().width));
        const observer = new ResizeObserver(() => setWidth(Math.floor(element.getBoundingClientRect().width)));
        observer.observe(element);
        return () => observer.disconnect();
    }, []);
    return (
        <div ref={place} className={className} style={{ height, overflow: 'hidden' }}>
            {width > 0 && (
                <svg width={width} height={height} {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}>
                    {children(width)}
                </svg>
            )}
        </div>
    );
}

/** An interval with its estimate: what a capsule draws. */
export interface Interval {
    low: number;
    estimate: number;
    high: number;
}

/** Half of the 66 % core over half of the 95 % interval. */
const core = 0.49;

/**
 * The interval as a mark: the outer pill is the 95 % interval, the inner one its 66 % core, centred on the estimate.
 * A narrow interval collapses into a dot. `tone` is a feeling (-3..+3) or ink.
 */
export function CapsuleMark({ x, y, of, tone = 'ink', height = 10 }: {
    x: Scale; y: number; of: Interval; tone?: number | 'ink'; height?: number;
}) {
    const colour = tone === 'ink' ? 'var(--ink-2)' : experienceColour(tone);
    const soft = tone === 'ink' ? 'var(--line-2)' : experienceSoft(tone);
    const inner = height - 4;
    const pill = (left: number, right: number, size: number) => ({
        x: px(left - size / 2), width: px(Math.max(0, right - left) + size), y: y - size / 2, height: size, rx: size / 2,
    });
    return (
        <g>
            <rect {...pill(x(of.low), x(of.high), height)} fill={soft} stroke={colour} strokeWidth={1} />
            <rect
                {...pill(x(of.estimate - (of.estimate - of.low) * core), x(of.estimate + (of.high - of.estimate) * core), inner)}
                fill={colour}
            />
        </g>
    );
}

/** What was intended, promised or expected. Drawn above what was measured, with a halo. */
export function RingMark({ cx, cy, r = 6.5 }: { cx: number; cy: number; r?: number }) {
    return (
        <g>
            <circle cx={px(cx)} cy={cy} r={r + 1.5} fill="none" stroke="var(--surface)" strokeWidth={1.5} />
            <circle cx={px(cx)} cy={cy} r={r} fill="none" stroke="var(--ink)" strokeWidth={1.5} />
        </g>
    );
}

/** A score or feeling as a disc in its colour; a figure always stands beside it. */
export function FeelingDisc({ feeling, size = 12 }: { feeling: number; size?: number }) {
    return (
        <svg width={size} height={size} viewBox="0 0 12 12" aria-hidden="true">
            <circle cx={6} cy={6} r={5.5} fill={experienceColour(feeling)} />
        </svg>
    );
}

export type Status = 'kept' | 'late' | 'broken' | 'risk' | 'promised' | 'unknown' | 'alarm';

/** A status is always a shape plus a word: draw this beside the word. */
export function StatusShape({ status }: { status: Status }) {
    const shapes: Record<Status, ReactNode> = {
        kept: (
            <>
                <circle cx={6} cy={6} r={5.2} fill="var(--ok)" />
                <path d="M3.6 6.2l1.7 1.7 3.2-3.6" fill="none" stroke="var(--surface)" strokeWidth={1.4} />
            </>
        ),
        late: (
            <>
                <circle cx={6} cy={6} r={4.6} fill="none" stroke="var(--line-3)" strokeWidth={1.5} />
                <path d="M6 3.4V6.2l1.8 1.2" fill="none" stroke="var(--ink-3)" strokeWidth={1.3} />
            </>
        ),
        broken: (
            <>
                <circle cx={6} cy={6} r={4.6} fill="none" stroke="var(--fault)" strokeWidth={1.5} />
                <path d="M4 4l4 4M8 4 4 8" stroke="var(--fault)" strokeWidth={1.5} />
            </>
        ),
        risk: <path d="M6 1 11.5 10.8H.5z" fill="var(--fault)" />,
        alarm: <path d="M6 1 11.5 10.8H.5z" fill="var(--warn)" />,
        promised: <circle cx={6} cy={6} r={4.5} fill="none" stroke="var(--ink)" strokeWidth={1.5} />,
        unknown: <circle cx={6} cy={6} r={4.6} fill="none" stroke="var(--ink-3)" strokeWidth={1.4} strokeDasharray="2.2 1.8" />,
    };
    return <svg width={12} height={12} viewBox="0 0 12 12" aria-hidden="true">{shapes[status]}</svg>;
}

export type ChangeVerdict = 'better' | 'worse' | 'same' | 'unknown';

/** The shape of a change; the words and the interval stand beside it. */
export function ChangeShape({ verdict }: { verdict: ChangeVerdict }) {
    const shapes: Record<ChangeVerdict, ReactNode> = {
        worse: <path d="M.5 1.5h9L5 9z" fill="var(--exp-2)" />,
        better: <path d="M.5 8.5h9L5 1z" fill="var(--exp-6)" />,
        same: <path d="M1 5h8" stroke="var(--ink-3)" strokeWidth={1.5} />,
        unknown: <circle cx={5} cy={5} r={3.8} fill="none" stroke="var(--ink-3)" strokeWidth={1.3} strokeDasharray="2 1.6" />,
    };
    return <svg width={10} height={10} viewBox="0 0 10 10" aria-hidden="true">{shapes[verdict]}</svg>;
}

/** The seven steps of experience as a strip, worst to best. */
export function ExperienceSteps() {
    return (
        <span className="steps" aria-hidden="true">
            {[-3, -2, -1, 0, 1, 2, 3].map((feeling) => (
                <i key={feeling} style={{ background: experienceColour(feeling) }} />
            ))}
        </span>
    );
}

/** What ring, dot and capsule mean, for the head of a section that uses them. */
export function MarkKey() {
    const ink = { tone: 'ink' as const, y: 7 };
    return (
        <span className="key">
            <span>
                <svg width={14} height={14} aria-hidden="true"><RingMark cx={7} cy={7} r={5.5} /></svg>intended
            </span>
            <span>
                <svg width={12} height={14} aria-hidden="true">
                    <CapsuleMark {...ink} x={() => 6} of={{ low: 0, estimate: 0, high: 0 }} />
                </svg>measured
            </span>
            <span>
                <svg width={30} height={14} aria-hidden="true">
                    <CapsuleMark {...ink} x={(v) => 6 + v * 18} of={{ low: 0, estimate: 0.5, high: 1 }} />
                </svg>less sure: 95% interval, 66% core
            </span>
        </span>
    );
}
