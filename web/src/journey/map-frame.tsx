import { memo, type ReactElement } from 'react';

import { capital, feelingText } from '../design/format';
import { RingMark } from '../design/marks';
import { band, curve, experienceColour, px, scale } from '../design/plot';
import type { Estimate } from './answer';
import { feelingHeight, feelingTop, type Drawing } from './drawing';
import { shortened, textWidth } from './text-width';

/** Stages' heads, lanes and their hairlines: what the flow runs over. */
export const MapFrame = memo(function MapFrame({ drawing, foot, reached }: { drawing: Drawing; foot: number; reached: string[] }) {
    const { graph, geometry, headed, laned } = drawing;
    return (
        <g aria-hidden="true">
            {headed && geometry.stages.map((stage, index) => {
                const { name, feeling } = graph.stages[index]!;
                const room = stage.to - stage.from - 16;
                const count = reached[index] ?? '';
                return (
                    <g key={name}>
                        {index > 0 && <path className="hair" d={`M${px(stage.from)} 4V${foot}`} />}
                        <text className="stage" x={px(stage.from + 10)} y={16}>{shortened(capital(name), room)}</text>
                        {feeling && textWidth(feeling, 'name') < room && <text className="word" x={px(stage.from + 10)} y={33}>{`\u201c${feeling}\u201d`}</text>}
                        {textWidth(count, 'note') < room && <text x={px(stage.from + 10)} y={feeling ? 49 : 33}>{count}</text>}
                    </g>
                );
            })}
            {geometry.lanes.map((lane, index) => (
                <path key={lane.from} className={index === 0 ? 'rule' : 'hair'} d={`M0 ${px(lane.from)}H${px(geometry.width)}`} visibility={laned || index === 0 ? undefined : 'hidden'} />
            ))}
            <path className="rule" d={`M0 ${px(geometry.bottom)}H${px(geometry.width)}`} />
        </g>
    );
});

/** The feeling of every stage: rings and dotted line as designed; discs, line and band as measured. */
export const FeelingBand = memo(function FeelingBand({ drawing, feelings }: { drawing: Drawing; feelings: Estimate[] }) {
    const { graph, geometry } = drawing;
    const y = feelingScale(graph.stages.map((stage) => stage.intended), feelings);
    const middle = (index: number) => (geometry.stages[index]!.from + geometry.stages[index]!.to) / 2;
    const wanted = graph.stages.flatMap((stage, index): [number, number][] => (stage.intended === null ? [] : [[middle(index), y(stage.intended)]]));
    const marks: ReactElement[] = [];
    graph.stages.forEach(({ name, intended }, index) => {
        const { estimate: value, high, n } = feelings[index]!;
        const x = middle(index);
        if (intended !== null && value !== null && high! < intended && y(value) - y(intended) > 13) {
            marks.push(<path key={`gap ${name}`} className="gap" d={`M${px(x)} ${px(y(intended) + 7)}V${px(y(value) - 6)}`} />);
        }
        if (intended !== null) {
            marks.push(<RingMark key={`ring ${name}`} cx={x} cy={px(y(intended))} r={5} />);
        }
        if (value !== null) {
            marks.push(
                <circle key={`disc ${name}`} cx={px(x)} cy={px(y(value))} r={4.5} fill={experienceColour(value)} stroke="var(--surface)" strokeWidth={1.5} />,
                <text key={`value ${name}`} className="value halo" x={px(x)} y={px(y(value) + 19)} textAnchor="middle">{feelingText(value)}</text>,
            );
        } else if (n > 0 || intended !== null) {
            marks.push(<text key={`few ${name}`} className="halo" x={px(x)} y={px(y(intended ?? 0) + 20)} textAnchor="middle">too few answers</text>);
        }
    });
    return (
        <g aria-hidden="true">
            <path className="rule" d={`M${px(geometry.stages[0]!.from)} ${px(y(0))}H${px(geometry.width)}`} />
            {runs(feelings).map((run) => {
                const ends = (pick: (feeling: Estimate) => number) => stretched(run.map((index) => [middle(index), y(pick(feelings[index]!))]), geometry.stages[run[0]!]!.from + 4, geometry.stages[run[run.length - 1]!]!.to - 4);
                return (
                    <g key={run[0]}>
                        <path className="smear" d={band(ends((one) => one.high!), ends((one) => one.low!))} />
                        <path className="course" d={curve(ends((one) => one.estimate!))} />
                    </g>
                );
            })}
            {wanted.length > 0 && <path className="wanted" d={curve(stretched(wanted, wanted[0]![0] - 40, wanted[wanted.length - 1]![0] + 40))} />}
            {marks}
        </g>
    );
});

/** The scale of the band: from the worst to the best that is drawn, at least -1.4 to 2.4, down the band. */
export function feelingScale(intended: readonly (number | null)[], feelings: readonly Estimate[]) {
    const all = [...intended, ...feelings.flatMap((one) => (one.estimate === null ? [] : [one.low, one.high]))].filter((value) => value !== null);
    return scale(Math.min(-1.4, ...all.map((value) => value - 0.5)), Math.max(2.4, ...all.map((value) => value + 0.3)), feelingTop + feelingHeight, feelingTop);
}

/** Neighbouring stages that were measured: gaps stay gaps. */
function runs(feelings: readonly Estimate[]): number[][] {
    const found: number[][] = [];
    feelings.forEach((feeling, index) => {
        if (feeling.estimate === null) {
            return;
        }
        const last = found[found.length - 1];
        if (last && last[last.length - 1] === index - 1) {
            last.push(index);
        } else {
            found.push([index]);
        }
    });
    return found;
}

function stretched(points: [number, number][], from: number, to: number): [number, number][] {
    const first = points[0]!;
    const last = points[points.length - 1]!;
    return [[from, first[1]], ...points.filter(([x]) => x > from && x < to), [to, last[1]]];
}

/** What stands left of the map and stays there when it is panned. */
export const MapWords = memo(function MapWords({ drawing, height, scaleOf, promisesAt }: {
    drawing: Drawing; height: number; scaleOf: ((value: number) => number) | null; promisesAt: number | null;
}) {
    const { graph, geometry, laned } = drawing;
    return (
        <svg className="map-words" width={100} height={height} aria-hidden="true">
            {scaleOf && (
                <g>
                    <text className="lane" x={0} y={feelingTop + 42}>Feeling</text>
                    <text x={0} y={feelingTop + 57}>as designed</text>
                    <text x={0} y={feelingTop + 71}>and measured</text>
                    {[2, 0, -1].map((value) => (
                        <text key={value} x={92} y={px(scaleOf(value) + 4)} textAnchor="end">{value === 0 ? '0' : feelingText(value).replace(/[.,]0$/, '')}</text>
                    ))}
                </g>
            )}
            {laned && geometry.lanes.map((lane, index) => {
                const { key, title, note } = graph.lanes[index]!;
                const middle = (lane.from + lane.to) / 2 + 4;
                return (
                    <g key={key}>
                        <text className="lane" x={0} y={px(middle)}>{shortened(title, 92)}</text>
                        <text x={0} y={px(middle + 15)}>{shortened(note, 96, 'note')}</text>
                    </g>
                );
            })}
            {promisesAt !== null && (
                <g>
                    <text className="lane" x={0} y={promisesAt + 4}>Promises</text>
                    <text x={0} y={promisesAt + 19}>made, due, kept</text>
                </g>
            )}
        </svg>
    );
});
