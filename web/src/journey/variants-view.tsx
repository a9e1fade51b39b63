import { useState } from 'react';

import { Capsule, ExperienceAxis } from '../design/capsule';
import { count, countOf, durationText, intervalText, shareText } from '../design/format';
import { px } from '../design/plot';
import { Empty } from '../design/states';
import { useAsked } from '../question/address';
import { Link } from '../shell/router';
import type { Variant, VariantsAnswer } from './answer';
import type { FlowGraph } from './flow-graph';
import { colourOf, toneOf } from './flow-tones';
import { selectionText, unitWords, type Selection, type Unit } from './journey-question';

const firstRows = 20;
const moreRows = 40;

/** How a sequence differs from the designed path, in words: what was added and what was left out. */
export function differenceWords(path: readonly string[], designed: readonly string[]): string {
    if (designed.length === 0) {
        return '';
    }
    const added = [...new Set(path.filter((name) => !designed.includes(name)))];
    const left = designed.filter((name) => !path.includes(name));
    const list = (names: string[], word: string) =>
        names.length === 0 ? [] : [`${names.length > 2 ? `${names.slice(0, 2).join(', ')} and ${names.length - 2} more` : names.join(' and ')} ${word}`];
    const words = [...list(added, 'added'), ...list(left, 'left out')].join('; ');
    if (words === '') {
        return path.length > designed.length ? 'the design, with steps taken again' : path.join() === designed.join() ? 'the design' : 'the design in another order';
    }
    return words;
}

/** The sequences episodes really took, most first, with their running sum; the rest is one row and never dropped. */
export function VariantsView({ answer, graph, selection, unit }: { answer: VariantsAnswer; graph: FlowGraph; selection: Selection | null; unit: Unit }) {
    const [rows, setRows] = useState(firstRows);
    const shown = answer.variants.slice(0, rows);
    if (shown.length === 0) {
        return <Empty>Nothing matches the period and the filter.</Empty>;
    }
    const last = shown[shown.length - 1]!;
    const rarer = answer.distinct - shown.length;
    const most = shown[0]!.share;
    return (
        <div className={graph.scored ? 'variants' : 'variants plain'}>
            <div className="vrow vhead" aria-hidden="true">
                <span>Share, running sum</span><span>The way, first to last</span><span>Start to end</span>{graph.scored && <div><ExperienceAxis /></div>}
            </div>
            <ol>
                {shown.map((variant) => (
                    <VariantRow
                        key={variant.path.join('\n')} variant={variant} graph={graph} most={most} words={unitWords(unit)}
                        on={selection?.kind === 'way' && selection.path.join('\n') === variant.path.join('\n')}
                    />
                ))}
            </ol>
            {rarer > 0 && (
                <div className="vrow vtail">
                    <span className="share"><b className="strong">{shareText(Math.max(0, 1 - last.running))}</b></span>
                    <span>{countOf(rarer, 'rarer variant')}</span>
                    {rows < answer.variants.length && (
                        <button type="button" className="btn" onClick={() => setRows((now) => now + moreRows)}>{`Show ${count(Math.min(moreRows, answer.variants.length - rows))} more`}</button>
                    )}
                </div>
            )}
        </div>
    );
}

function VariantRow({ variant, graph, most, words, on }: {
    variant: Variant; graph: FlowGraph; most: number; words: { one: string; many: string }; on: boolean;
}) {
    const asked = useAsked();
    const difference = differenceWords(variant.path, graph.path);
    return (
        <li>
            <Link className="vrow" keepScroll to={asked.with({ select: selectionText({ kind: 'way', path: variant.path }) })} {...(on ? { 'aria-current': 'true' as const } : {})}>
                <span className="share">
                    <b className="strong">{shareText(variant.share)}</b> <span className="ci">{`sum ${shareText(variant.running)}`}</span>
                    <i style={{ width: `${(100 * variant.share) / most}%` }} aria-hidden="true" />
                    <span className="axis">{countOf(variant.count, words.one, words.many)}</span>
                </span>
                <span className="way">
                    <WaySketch path={variant.path} graph={graph} />
                    <span className="axis">{difference || `${variant.path.slice(0, 3).join(', ')}${variant.path.length > 3 ? ' \u2026' : ''}`}</span>
                    <span className="vh">{variant.path.join(', ')}</span>
                </span>
                <span className="time num">{variant.seconds.median === null ? <span className="dim">none</span> : durationText(variant.seconds.median)}</span>
                {graph.scored && (
                    <div className="felt">
                        {variant.experience.estimate === null
                            ? <span className="axis">{`not enough answers, ${intervalText(variant.experience)}`}</span>
                            : <Capsule name="Feeling" estimate={variant.experience} domain={[-3, 3]} tone="experience" grid={[0]} withValue />}
                    </div>
                )}
            </Link>
        </li>
    );
}

const stepsMost = 48;

/** A sequence as small capsules: height by lane, colour by the feeling there, ring for steps not designed left hollow. */
function WaySketch({ path, graph }: { path: readonly string[]; graph: FlowGraph }) {
    const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
    const lanes = Math.max(1, graph.lanes.length);
    const shown = path.slice(0, stepsMost);
    const step = Math.max(8, Math.min(22, 420 / shown.length));
    const y = (id: string) => 7 + (lanes > 1 ? ((nodes.get(id)?.lane ?? 0) * 22) / (lanes - 1) : 11);
    const points = shown.map((id, index) => ({ id, x: 5 + index * step, y: y(id) }));
    const rest = path.length - shown.length;
    return (
        <svg width={px(10 + (shown.length - 1) * step + (rest > 0 ? 40 : 0))} height={36} aria-hidden="true">
            <polyline points={points.map((point) => `${px(point.x)},${px(point.y)}`).join(' ')} fill="none" stroke="var(--line-3)" strokeWidth={1} />
            {points.map(({ id, x, y: at }, index) => {
                const node = nodes.get(id);
                const added = graph.path.length > 0 && !graph.path.includes(id);
                return (
                    <g key={index}>
                        {added && <rect x={px(x - 5)} y={px(at - 8)} width={10} height={16} rx={5} fill="none" stroke="var(--ink-3)" strokeDasharray="1.5 1.8" />}
                        <rect x={px(x - 3)} y={px(at - 6)} width={6} height={12} rx={3} fill={colourOf(toneOf(node?.experience ?? null))} stroke="var(--surface)" strokeWidth={1} />
                    </g>
                );
            })}
            {rest > 0 && <text x={px(10 + (shown.length - 1) * step)} y={22}>{`and ${rest}`}</text>}
        </svg>
    );
}
