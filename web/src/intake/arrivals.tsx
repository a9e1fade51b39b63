import type { Schema } from '../api/client';
import { useBlueprint, useValues } from '../api/queries';
import { capital, count, dayKey } from '../design/format';
import { channelIcon, Icon } from '../design/icon';
import { StatusShape } from '../design/marks';
import { Empty, Shown, SkeletonRows } from '../design/states';
import { quoted } from '../question/address';
import { Link } from '../shell/router';

const week = 7;
const dayMs = 86_400_000;
const moved = (day: string, days: number) => new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);

export interface Arrival { channel: string; now: number; before: number; silent: boolean }

/** Each channel with its encounters of two weeks; one that is designed, or was met before, and says nothing now is silent. */
export function arrivals(designed: readonly string[], now: Schema['Values'], before: Schema['Values']): Arrival[] {
    const of = (values: Schema['Values']) => new Map(values.values.map(({ value, encounters }) => [value, encounters]));
    const [these, those] = [of(now), of(before)];
    const names = new Set([...these.keys(), ...those.keys(), ...designed]);
    return [...names].map((channel) => {
        const [a, b] = [these.get(channel) ?? 0, those.get(channel) ?? 0];
        return { channel, now: a, before: b, silent: a === 0 };
    }).sort((a, b) => Number(b.silent) - Number(a.silent) || b.now - a.now);
}

/** What arrives by each channel in the newest week of the data, beside the week before. */
export function Arrivals({ latest }: { latest: string }) {
    const { data: blueprint } = useBlueprint();
    const day = dayKey(latest);
    const now = useValues('channel', `flow from ${moved(day, 1 - week)} to ${day}`, '', 200);
    const before = useValues('channel', `flow from ${moved(day, 1 - 2 * week)} to ${moved(day, -week)}`, '', 200);
    const both = {
        data: now.data && before.data && blueprint ? arrivals(blueprint.channels.map(({ name }) => name), now.data, before.data) : undefined,
        error: now.error ?? before.error, isPlaceholderData: now.isPlaceholderData || before.isPlaceholderData, isFetching: now.isFetching,
        refetch: () => void Promise.all([now.refetch(), before.refetch()]),
    };
    const kindOf = new Map((blueprint?.channels ?? []).map(({ name, kind }) => [name, kind as string]));
    return (
        <section className="sec" aria-labelledby="h-arrives">
            <header><h2 className="head" id="h-arrives">What arrives</h2><span className="label">the newest week, and the one before</span></header>
            <Shown query={both} loading={<SkeletonRows rows={6} height={34} />}>
                {(rows) => rows.length === 0 ? <Empty>No channel is designed, and none was met.</Empty> : (
                    <ul className="arrivals">
                        {rows.map((row) => (
                            <li key={row.channel}>
                                <span className="state small">
                                    <Icon name={channelIcon(row.channel, kindOf.get(row.channel) ?? '')} />
                                    <Link className="link" to={`/?where=${encodeURIComponent(`channel = ${quoted(row.channel)}`)}`}>{row.channel === '' ? 'Without a channel' : capital(row.channel)}</Link>
                                </span>
                                <span className="small num">{row.silent ? <span className="state"><StatusShape status="alarm" />nothing</span> : count(row.now)}</span>
                                <span className="small dim num">{count(row.before)}</span>
                            </li>
                        ))}
                    </ul>
                )}
            </Shown>
        </section>
    );
}
