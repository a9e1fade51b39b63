import { memo } from 'react';

import { capital, count, estimateText, intervalText, targetText } from '../design/format';
import { px } from '../design/plot';
import type { Blueprint, PromiseRow } from './answer';
import { END } from './answer';
import type { Drawing } from './drawing';
import type { Spot } from './geometry';
import { shortened, textWidth } from './text-width';

export const promiseRowHeight = 24;

/** A promise with where on the map it is made and where it is due. */
export interface PlacedPromise {
    row: PromiseRow;
    from: number;
    to: number;
    /** False where the blueprint does not say which touchpoint makes it: the bar then begins open. */
    placed: boolean;
}

/** Where each promise is made and due: the leftmost touchpoint that makes it, the rightmost that keeps it. */
export function placePromises(rows: readonly PromiseRow[], blueprint: Blueprint, drawing: Drawing, words: number): PlacedPromise[] {
    const { spots } = drawing.geometry;
    const known = (names: readonly string[]) => names.flatMap((name): Spot[] => (spots.has(name) ? [spots.get(name)!] : [])).map((spot) => spot.x);
    return rows.filter((row) => row.made > 0).map((row) => {
        const promise = blueprint.promises.find((one) => one.name === row.promise);
        const made = known(promise?.made ?? []);
        const kept = known(promise?.kept ?? []);
        const to = kept.length > 0 ? Math.max(...kept) : spots.get(END)!.x;
        const beside = words + textWidth(capital(row.promise), 'name') + 24;
        const from = made.length > 0 ? Math.min(...made) : Math.min(beside, Math.max(words, to - 120));
        return { row, from, to: Math.max(to, from + 60), placed: made.length > 0 };
    });
}

/** One row each, under the flow: from where it is made (ring) to where it is due (dot), and how it ends in between. */
export const PromiseBand = memo(function PromiseBand({ promises, top, drawing, words }: {
    promises: PlacedPromise[]; top: number; drawing: Drawing; words: number;
}) {
    return (
        <g aria-hidden="true">
            {promises.map(({ row, from, to, placed }, index) => (
                <PromiseLine key={row.promise} row={row} placed={placed} from={from} to={to} y={top + index * promiseRowHeight} named={index === 0} left={words} right={drawing.geometry.width} />
            ))}
        </g>
    );
});

function PromiseLine({ row, placed, from, to, y, named, left, right }: {
    row: PromiseRow; placed: boolean; from: number; to: number; y: number; named: boolean; left: number; right: number;
}) {
    const decided = row.kept + row.late + row.broken;
    const x = (part: number) => from + ((to - from) * part) / Math.max(1, decided);
    const parts = [
        { name: 'kept', from: 0, to: row.kept, colour: 'var(--ink-2)' },
        { name: 'late', from: row.kept, to: row.kept + row.late, colour: 'var(--line-3)' },
        { name: 'broken', from: row.kept + row.late, to: decided, colour: 'var(--fault)' },
    ].filter((part) => part.to > part.from);
    const name = shortened(capital(row.promise), Math.max(150, from - left - 16));
    const before = from - 12 - textWidth(name, 'name') >= left;
    const rate = estimateText(row.kept_rate);
    const more = ` ${intervalText(row.kept_rate)}${row.target === null ? '' : `, target ${targetText(row.target, 'share')}`}`;
    const after = to + 10;
    const fits = (text: string) => after + (before ? 0 : textWidth(name, 'name') + 10) + textWidth(rate + text, 'note') * 1.06 < right;
    const target = row.target === null ? null : from + (to - from) * row.target;
    return (
        <g>
            {decided === 0 && <path d={`M${px(from)} ${y}H${px(to)}`} stroke="var(--line-2)" strokeWidth={2} />}
            {parts.map((part) => (
                <rect key={part.name} x={px(x(part.from))} y={y - 3} width={px(Math.max(1, x(part.to) - x(part.from) - (part.to < decided ? 1 : 0)))} height={6} fill={part.colour} />
            ))}
            {named && parts.filter((part) => x(part.to) - x(part.from) > 34).map((part) => (
                <text key={part.name} x={px((x(part.from) + x(part.to)) / 2)} y={y - 8} textAnchor="middle">{part.name}</text>
            ))}
            {target !== null && <path d={`M${px(target)} ${y - 7}v14`} stroke="var(--surface)" strokeWidth={4} />}
            {target !== null && <path d={`M${px(target)} ${y - 7}v14`} stroke="var(--ink)" strokeWidth={1.5} />}
            {placed && <circle cx={px(from)} cy={y} r={5} fill="var(--surface)" stroke="var(--ink)" strokeWidth={1.5} />}
            <circle cx={px(to)} cy={y} r={5} fill="var(--ink)" stroke="var(--surface)" strokeWidth={1.5} />
            {before && <text className="promise" x={px(from - 12)} y={y + 4} textAnchor="end">{name}</text>}
            <text x={px(after)} y={y + 4}>
                {!before && <tspan className="promise">{`${name}  `}</tspan>}
                <tspan className="value">{rate}</tspan>
                {fits(more) ? more : fits(` ${intervalText(row.kept_rate)}`) ? ` ${intervalText(row.kept_rate)}` : ''}
            </text>
            <title>{`${row.promise}: ${count(row.kept)} kept, ${count(row.late)} late, ${count(row.broken)} broken, ${count(row.open)} open`}</title>
        </g>
    );
}
