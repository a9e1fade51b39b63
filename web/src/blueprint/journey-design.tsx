import { Fragment } from 'react';
import type { Schema } from '../api/client';
import { ExperienceAxis } from '../design/capsule';
import { capital, durationText, feelingText } from '../design/format';
import { Plot, RingMark } from '../design/marks';
import { scale } from '../design/plot';
import { pathOf } from '../question/address';
import { Link } from '../shell/router';
import { anyOf, stagesOf, type Blueprint, type HeldAgainst } from './held-against';
import { TouchpointLink } from './touchpoint-link';

/** One journey as it was designed: its terms, and stage by stage the feeling and the path. Rings only: nothing here is measured. */
export function JourneyDesign({ journey, blueprint, held, withAxis }: {
    journey: Schema['BlueprintJourney']; blueprint: Blueprint; held: HeldAgainst | null;
    /** The heads of the columns with the axis of feeling: once for all journeys below each other. */
    withAxis: boolean;
}) {
    const rows = stagesOf(journey, blueprint);
    return (
        <article className="design" aria-label={journey.name}>
            <header>
                <h3><Link className="strong link" to={pathOf('journeys', journey.name)}>{capital(journey.name)}<span className="vh">, the journey as it is lived</span></Link></h3>
                <span className="axis">{[journey.feeling && `\u201c${journey.feeling}\u201d`, journey.owner || 'no owner'].filter(Boolean).join(' \u00b7 ')}</span>
            </header>
            <p className="small soft terms">{termsText(journey)}</p>
            {rows.length > 0 && (
                <div className="stages">
                    {withAxis && <div className="stage stage-head" aria-hidden="true"><span>Stage, intended feeling</span><div><ExperienceAxis /></div><span /><span>Designed path</span></div>}
                    <ol>
                        {rows.map(({ stage, feeling, intended, path }) => (
                            <li className="stage" key={stage}>
                                <p><span className="word">{stage || 'in no stage'}</span> {feeling && <span className="axis">{`\u201c${feeling}\u201d`}</span>}</p>
                                <Intended value={intended} name={`${stage}, intended feeling`} />
                                <p className="num small">{intended === null ? <span className="axis">none</span> : feelingText(intended)}</p>
                                <p className="path small">
                                    {path.length === 0 && <span className="dim">no step of the path</span>}
                                    {path.map((name, i) => (
                                        <Fragment key={name}>
                                            {i > 0 && <span className="dim" aria-hidden="true"> › </span>}
                                            <TouchpointLink name={name} held={held} />
                                        </Fragment>
                                    ))}
                                </p>
                            </li>
                        ))}
                    </ol>
                </div>
            )}
        </article>
    );
}

function Intended({ value, name }: { value: number | null; name: string }) {
    return (
        <Plot height={28} label={value === null ? undefined : `${name}: ${feelingText(value)}`}>
            {(width) => {
                const x = scale(-3, 3, 10, width - 10);
                return (
                    <>
                        {[-3, -2, -1, 0, 1, 2, 3].map((v) => <path key={v} d={`M${Math.round(x(v)) + 0.5} 0V28`} stroke={v === 0 ? 'var(--line-2)' : 'var(--line)'} />)}
                        {value !== null && <RingMark cx={x(value)} cy={14} />}
                    </>
                );
            }}
        </Plot>
    );
}

/** Where it starts and ends, when it is given up, and what one pass is. */
export function termsText(journey: Schema['BlueprintJourney']): string {
    const ends = [
        journey.silence !== null && `after ${durationText(journey.silence)} of silence`,
        journey.within !== null && `${durationText(journey.within)} after it began`,
    ].filter(Boolean).join(', or ');
    return [
        `Starts at ${anyOf(journey.starts)}${journey.ends.length > 0 ? `, ends at ${anyOf(journey.ends)}` : ''}.`,
        ends && `Given up ${ends}.`,
        journey.thread ? 'One for each order, ticket or claim.' : 'One at a time for each customer.',
    ].filter(Boolean).join(' ');
}
