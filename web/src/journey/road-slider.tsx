import { useEffect, useRef, useState } from 'react';

import { count, shareText } from '../design/format';
import { ExperienceSteps } from '../design/marks';
import { useAsked } from '../question/address';
import { Link } from '../shell/router';
import { unitWords, type Unit } from './journey-question';
import type { Picture, Pictures } from './picture';

/** Milliseconds of rest after which the slider's position goes into the address. */
const rest = 250;

/**
 * From the main road to all paths. While it is moved only the map's classes change; beside it always stands what
 * share of the journeys can be followed from start to end in the picture.
 */
export function useRoad(all: Pictures | null, step: number, setStep: (step: number) => void) {
    const [moved, setMoved] = useState<number | null>(null);
    const timer = useRef(0);
    const setter = useRef(setStep);
    useEffect(() => {
        setter.current = setStep;
    });
    useEffect(() => setMoved(null), [step, all]);
    useEffect(() => () => clearTimeout(timer.current), []);
    const now = Math.min(moved ?? step, Math.max(0, (all?.steps.length ?? 1) - 1));
    const move = (next: number) => {
        setMoved(next);
        clearTimeout(timer.current);
        timer.current = window.setTimeout(() => setter.current(next), rest);
    };
    return { now, move, picture: all?.steps[now] ?? null };
}

/** "91.3% of journeys in the picture, 42 of 214 paths"; "at least" where a tail was only summed up. */
export function pictureWords(all: Pictures, picture: Picture, paths: number, unit: Unit) {
    const whole = picture.edges.size >= paths;
    const least = !whole && all.uncounted > 0 ? 'at least ' : '';
    const share = whole ? '100%' : shareText(all.total > 0 ? picture.episodes / all.total : 0);
    const noun = unit.kind === 'journey' ? 'journeys' : unitWords(unit).many;
    return { least, share, ofWhat: ` of ${noun} in the picture, `, paths: `${count(picture.edges.size)} of ${count(paths)} paths` };
}

export function RoadBar({ all, now, move, paths, unit, forcedThere, scored }: {
    all: Pictures; now: number; move: (step: number) => void; paths: number; unit: Unit; forcedThere: boolean; scored: boolean;
}) {
    const asked = useAsked();
    const picture = all.steps[now];
    if (!picture) {
        return null;
    }
    const words = pictureWords(all, picture, paths, unit);
    const most = Math.max(1, all.steps.length - 1);
    const at = `calc(7px + (100% - 14px) * ${now / most})`;
    return (
        <div className="road">
            <div className="road-slider">
                <label htmlFor="road">Main road</label>
                <input
                    type="range" id="road" min={0} max={most} step={1} value={now} style={{ '--at': at } as React.CSSProperties} disabled={all.steps.length < 2}
                    onChange={(event) => move(event.target.valueAsNumber)} aria-valuetext={`${words.least}${words.share}${words.ofWhat}${words.paths}`}
                />
                <span>all paths</span>
            </div>
            <output htmlFor="road">
                {words.least}<b>{words.share}</b>{words.ofWhat}
                <Link className="link" to={asked.with({ view: 'table', select: null })} keepScroll>{words.paths}</Link>
                {words.least && <span className="axis">{` ${count(all.uncountedSequences)} rarest ways (${shareText(all.uncounted / all.total)}) count as not in it`}</span>}
            </output>
            <Legend forcedThere={forcedThere} scored={scored} />
        </div>
    );
}

function Legend({ forcedThere, scored }: { forcedThere: boolean; scored: boolean }) {
    return (
        <div className="legend">
            <span>
                <svg width={64} height={14} aria-hidden="true">
                    {[[0, 18, 2.2], [23, 18, 4.3], [46, 18, 10.8]].map(([x, width, stroke]) => <path key={x} d={`M${x} 7h${width}`} stroke="var(--ink-3)" strokeWidth={stroke} />)}
                </svg>
                5, 10, 25%
            </span>
            {forcedThere && (
                <span>
                    <svg width={22} height={14} aria-hidden="true">
                        <path d="M0 7h22" stroke="var(--ink-3)" strokeWidth={3} />
                        <path d="M9 1v12M14 1v12" stroke="var(--surface)" strokeWidth={3.6} />
                        <path d="M9 1v12M14 1v12" stroke="var(--ink)" strokeWidth={1.5} />
                    </svg>
                    forced
                </span>
            )}
            {scored ? <span>worst <ExperienceSteps /> best</span> : <span>nobody gave a score</span>}
        </div>
    );
}
