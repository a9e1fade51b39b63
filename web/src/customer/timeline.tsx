import { useMemo, useRef, useState } from 'react';
import type { Schema } from '../api/client';
import { capital, clockText, count, countOf, dayText, durationText, feelingText, inWords, weekdayText } from '../design/format';
import { channelIcon, Icon } from '../design/icon';
import { FeelingDisc, StatusShape } from '../design/marks';
import { experienceColour } from '../design/plot';
import { useAsked } from '../question/address';
import { useKeys } from '../shell/keys';
import { Link } from '../shell/router';
import { promiseWords, statusOf } from './promise-outcome';
import { railsOf, type Rails } from './rails';
import { threadsOf, timelineRows, type Encounter, type TimelineRow } from './timeline-rows';

const rowsAtFirst = 120;
type Scales = Schema['Blueprint']['scales'];

/** One timeline: by day, newest first, a rail per thread, what was promised and how it ended at the right. */
export function Timeline({ encounters, scales, thread }: { encounters: readonly Encounter[]; scales: Scales; thread: string }) {
    const [shown, setShown] = useState(rowsAtFirst);
    const list = useRef<HTMLOListElement>(null);
    const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
    const rows = useMemo(() => timelineRows(encounters, opened), [encounters, opened]);
    const rails = useMemo(() => railsOf(rows), [rows]);
    const threads = useMemo(() => threadsOf(encounters), [encounters]);
    const first = threads[0]?.thread ?? '';
    const latest = encounters.at(-1)!.time;
    const step = (by: number) => () => {
        const items = [...list.current!.querySelectorAll<HTMLElement>('li[tabindex]')];
        const at = items.indexOf(document.activeElement as HTMLElement);
        items[Math.min(items.length - 1, Math.max(0, at + by))]?.focus();
    };
    useKeys({ j: { words: 'next encounter', run: step(1) }, k: { words: 'previous encounter', run: step(-1) } });
    return (
        <>
            {thread === '' && threads.length > 0 && <ThreadKey threads={threads} first={first} />}
            <ol className="tl" ref={list} data-lanes={rails.lanes}>
                {rows.slice(0, shown).map((row, i) => (
                    row.kind === 'quiet'
                        ? <QuietRow key={row.key} row={row} parts={rails.parts[i]!} first={first} onOpen={() => setOpened(new Set([...opened, row.key]))} />
                        : <Row key={row.key} row={row} at={i} rails={rails} first={first} scales={scales} latest={latest} />
                ))}
            </ol>
            {rows.length > shown && (
                <button type="button" className="btn" onClick={() => setShown(shown + 500)}>
                    {`Show ${count(Math.min(500, rows.length - shown))} earlier`}
                </button>
            )}
        </>
    );
}

function ThreadKey({ threads, first }: { threads: ReturnType<typeof threadsOf>; first: string }) {
    const asked = useAsked();
    const shown = threads.slice(0, 5);
    return (
        <p className="threads">
            {shown.map(({ thread, encounters }) => (
                <Link key={thread} to={asked.with({ thread })} keepScroll className={thread === first ? 'first' : undefined}>
                    {thread} <span className="axis">{countOf(encounters, 'encounter')}</span>
                </Link>
            ))}
            {threads.length > shown.length && <span className="dim">{`and ${count(threads.length - shown.length)} earlier threads`}</span>}
        </p>
    );
}

type SomeRow = Exclude<TimelineRow, { kind: 'quiet' }>;

function Row({ row, at, rails, first, scales, latest }: { row: SomeRow; at: number; rails: Rails; first: string; scales: Scales; latest: string }) {
    const said = row.kind === 'encounter' && (row.encounter.text !== '' || row.encounter.score !== null);
    const us = row.kind === 'encounter' && !said && row.encounter.channel_kind === 'message';
    const feeling = row.kind === 'encounter' ? row.encounter.experience : null;
    return (
        <li className={row.kind === 'ahead' ? 'ahead' : undefined} tabIndex={-1}>
            <p className="when"><b>{row.newDay ? weekdayText(row.time, latest) : ''}</b><time dateTime={row.time}>{clockText(row.time)}</time></p>
            <div className="rails" aria-hidden="true">
                <RailParts parts={rails.parts[at]!} first={first} ahead={row.kind === 'ahead'} />
                <i
                    className={`dot${row.kind === 'ahead' ? ' due' : us ? ' us' : ''}`}
                    style={{ left: laneX(rails.dots[at]!), ...(feeling !== null ? { background: experienceColour(feeling) } : {}) }}
                />
            </div>
            {row.kind === 'ahead' ? <AheadCells row={row} latest={latest} /> : <EncounterCells row={row} us={us} scales={scales} latest={latest} />}
        </li>
    );
}

const laneX = (lane: number) => 12 + lane * 20;

function RailParts({ parts, first, ahead }: { parts: Rails['parts'][number]; first: string; ahead?: boolean }) {
    return parts.map((part, lane) => part && (
        <i
            key={lane} style={{ left: laneX(lane) }}
            className={`rail ${part.part}${part.thread === first ? ' first' : ''}${ahead ? ' due' : ''}`}
        />
    ));
}

function QuietRow({ row, parts, first, onOpen }: {
    row: Extract<TimelineRow, { kind: 'quiet' }>; parts: Rails['parts'][number]; first: string; onOpen: () => void;
}) {
    return (
        <li className="quiet">
            <div className="rails" aria-hidden="true"><RailParts parts={parts} first={first} /></div>
            {row.folded > 0
                ? <p><button type="button" className="link" data-folded={row.folded} onClick={onOpen}>{row.text}</button></p>
                : <p>{row.text}</p>}
        </li>
    );
}

function AheadCells({ row, latest }: { row: Extract<TimelineRow, { kind: 'ahead' }>; latest: string }) {
    const { words } = promiseWords(row.promise, latest);
    return (
        <>
            <div className="ico"><Icon name="promises" /></div>
            <div className="txt">
                <p className="what">{`Due: ${row.promise.promise}`}</p>
                <p className="how">{`Promised on ${dayText(row.made, latest)}`}</p>
            </div>
            <div className="out">
                <span className={row.promise.outcome === 'at_risk' ? 'state risk' : 'state'}><StatusShape status={statusOf(row.promise.outcome)} />{words}</span>
            </div>
        </>
    );
}

function EncounterCells({ row, us, scales, latest }: {
    row: Extract<TimelineRow, { kind: 'encounter' }>; us: boolean; scales: Scales; latest: string;
}) {
    const { encounter, times } = row;
    const { channel, channel_kind, touchpoint, text, language, score, experience, promises } = encounter;
    return (
        <>
            <div className="ico"><Icon name={score !== null && text !== '' ? 'voice' : channelIcon(channel, channel_kind)} /></div>
            <div className="txt">
                <p className="what">
                    <span className="vh">{us ? 'We: ' : ''}</span>
                    {capital(touchpoint)}{times > 1 && <span className="dim">{`, ${inWords(times)} times`}</span>}
                </p>
                <p className="how">{howText(encounter, scales)}</p>
                {text !== '' && <p className="voice" lang={language || undefined} dir="auto">{`“${text}”`}</p>}
            </div>
            <div className="out">
                {experience !== null && (
                    <p><span className="state"><FeelingDisc feeling={experience} />{feelingText(experience)}</span><span className="sub">said</span></p>
                )}
                {promises.map((promise) => {
                    const { words, sub } = promiseWords(promise, latest);
                    return (
                        <p key={promise.promise + promise.due}>
                            <span className="state"><StatusShape status={statusOf(promise.outcome)} />{capital(promise.promise)}</span>
                            <span className="sub">{`${words}, ${sub}`}</span>
                        </p>
                    );
                })}
            </div>
        </>
    );
}

/** Where and how, in one line: channel, who, how long, the score as it was given, and what the blueprint does not know. */
function howText(encounter: Encounter, scales: Scales): string {
    const { channel, department, employee, seconds, score, scale, value, in_blueprint, visible } = encounter;
    const top = scales.find((s) => s.name === scale);
    return [
        channel && capital(channel), department, employee,
        seconds !== null && seconds > 0 && durationText(seconds),
        score !== null && `answered ${count(score)}${top ? ` of ${count(top.high)}` : ''}${scale && !top ? ` on ${scale}` : ''}`,
        value !== null && `value ${count(value)}`,
        !visible && 'not seen by the customer',
        !in_blueprint && 'not in the blueprint',
    ].filter(Boolean).join(' · ');
}
