import { clamp, experienceColour, px, scale } from '../design/plot';
import { feelingText, monthText } from '../design/format';
import { Plot } from '../design/marks';
import { capital } from '../design/format';
import type { Encounter } from './timeline-rows';

const height = 128;
const plot = { top: 10, bottom: 92, left: 30, right: 14 };

/** The whole time of a customer: every encounter a tick, everything said a disc at its feeling. */
export function Strip({ encounters, now }: { encounters: readonly Encounter[]; now: string | null }) {
    const said = encounters.filter((e) => e.experience !== null);
    const first = Date.parse(encounters[0]!.time);
    const last = Math.max(Date.parse(encounters.at(-1)!.time), now ? Date.parse(now) : 0);
    const span = Math.max(last - first, 86_400_000);
    const label = `${encounters.length} encounters; said: ${said.map((e) => `${feelingText(e.experience!)} at ${e.touchpoint}`).join(', ') || 'nothing yet'}`;
    return (
        <div className="strip">
            <Plot height={height} label={label}>
                {(width) => {
                    const x = scale(first, first + span, plot.left + 4, width - plot.right);
                    const y = scale(-3, 3, plot.bottom, plot.top);
                    const named = namedPoints(said, (e) => x(Date.parse(e.time)), width);
                    return (
                        <>
                            {[-3, 0, 3].map((v) => (
                                <g key={v}>
                                    <path d={`M${plot.left} ${Math.round(y(v)) + 0.5}H${width - plot.right}`} stroke={v ? 'var(--line)' : 'var(--line-2)'} />
                                    <text x={plot.left - 8} y={y(v) + 4} textAnchor="end">{v === 0 ? '0' : feelingText(v).replace(/[.,]0/, '')}</text>
                                </g>
                            ))}
                            <path d={encounters.map((e) => `M${px(x(Date.parse(e.time)))} 99v8`).join('')} stroke="var(--ink-3)" />
                            {said.map((e, i) => (
                                <circle key={i} cx={x(Date.parse(e.time))} cy={y(clamp(e.experience!, -3, 3))} r={5.5} fill={experienceColour(e.experience!)} stroke="var(--surface)" strokeWidth={2} />
                            ))}
                            {named.map(({ encounter, at, side }) => (
                                <text
                                    key={encounter.id + encounter.time} className="halo soft-text" x={at + side * 11} y={y(encounter.experience!) + 4}
                                    textAnchor={side > 0 ? 'start' : 'end'}
                                >
                                    {`${capital(encounter.touchpoint)}, ${feelingText(encounter.experience!)}`}
                                </text>
                            ))}
                            {monthTicks(first, first + span, width - plot.left - plot.right).map(({ time, text }, i, all) => (
                                <text key={time} x={x(time)} y={height - 2} textAnchor={i === all.length - 1 && x(time) > width - 60 ? 'end' : 'start'}>{text}</text>
                            ))}
                        </>
                    );
                }}
            </Plot>
        </div>
    );
}

/** The worst and the best thing said get their names, where there is room for them. */
function namedPoints(said: readonly Encounter[], x: (e: Encounter) => number, width: number) {
    const sorted = [...said].sort((a, b) => a.experience! - b.experience!);
    const picked = sorted.length > 1 ? [sorted[0]!, sorted.at(-1)!] : sorted;
    return picked.map((encounter) => {
        const at = x(encounter);
        const room = encounter.touchpoint.length * 6.2 + 40;
        return { encounter, at, side: at + room < width ? 1 : at - room > 30 ? -1 : 0 };
    }).filter(({ side }) => side !== 0);
}

/** First days of months (or quarters, or years) inside the span, at most one per 90 pixels. */
function monthTicks(from: number, to: number, width: number): { time: number; text: string }[] {
    const months = (to - from) / (30.44 * 86_400_000);
    const wanted = Math.max(2, width / 90);
    const step = [1, 2, 3, 6, 12, 24, 60].find((s) => months / s <= wanted) ?? 120;
    const ticks: { time: number; text: string }[] = [];
    const begin = new Date(from);
    for (let i = 0; i < 400; i += 1) {
        const month = Date.UTC(begin.getUTCFullYear(), 0 + i * step, 1);
        if (month > to) {
            break;
        }
        if (month >= from) {
            const day = new Date(month).toISOString().slice(0, 10);
            const text = ticks.length === 0 && !day.includes('-01-01') ? `${monthText(day)} ${day.slice(0, 4)}` : monthText(day);
            ticks.push({ time: month, text });
        }
    }
    return ticks;
}
