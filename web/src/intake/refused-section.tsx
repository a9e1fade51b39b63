import { sourceText, useNames } from '../account/users';
import { send, type Schema } from '../api/client';
import { useWrite } from '../api/write';
import { clockText, count, countOf, dayText } from '../design/format';
import { StatusShape } from '../design/marks';
import { Empty, ProblemNote, Shown, SkeletonRows } from '../design/states';
import { useAsked } from '../question/address';
import { Link } from '../shell/router';
import { allTriedText, codeText, doorText, stateText, useRefused, waitingKinds, type RefusedItem, type RefusedList, type Sought } from './refused';

/** What was refused at the doors: how much of each kind waits, and each item of the kind that was chosen. */
export function RefusedSection({ sought, query }: { sought: Sought; query: ReturnType<typeof useRefused> }) {
    return (
        <section className="sec" aria-labelledby="h-refused">
            <header><h2 className="head" id="h-refused">Refused</h2>{query.data && <span className="label">{`kept for ${countOf(query.data.pages[0]!.kept_days, 'day')}`}</span>}</header>
            <Shown query={query} loading={<SkeletonRows rows={8} height={44} />}>
                {({ pages }) => <List pages={pages} sought={sought} />}
            </Shown>
            {query.hasNextPage && (
                <button type="button" className="btn earlier" disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>Show earlier ones</button>
            )}
        </section>
    );
}

function List({ pages, sought }: { pages: RefusedList[]; sought: Sought }) {
    const asked = useAsked();
    const first = pages[0]!;
    const items = pages.flatMap((page) => page.items);
    const kinds = waitingKinds(first.counts);
    return (
        <>
            {first.not_kept > 0 && <p className="small told"><span className="state"><StatusShape status="alarm" />{`${countOf(first.not_kept, 'further item')} could not be kept since the server started.`}</span></p>}
            {sought.state === 'open' && kinds.length > 0 && (
                <ul className="kinds">{kinds.map((kind) => <Kind key={`${kind.door} ${kind.code}`} of={kind} chosen={sought.door === kind.door && sought.code === kind.code} />)}</ul>
            )}
            {items.length === 0 && (
                <Empty action={(sought.door || sought.code) ? <button type="button" className="btn" onClick={() => asked.set({ door: null, code: null })}>All kinds</button> : undefined}>
                    {sought.state === 'open' ? 'Nothing waits here.' : `No item was ${stateText(sought.state)} here.`}
                </Empty>
            )}
            <ol className="refused-rows">{items.map((item) => <Row key={item.id} item={item} chosen={asked.param('item') === item.id} />)}</ol>
        </>
    );
}

/** A kind of items that wait: leads to them, and sends all of them again. */
function Kind({ of: { door, code, items }, chosen }: { of: { door: Schema['Door']; code: string; items: number }; chosen: boolean }) {
    const asked = useAsked();
    const replay = useWrite((dry: boolean) => send<Schema['TriedAll']>('POST', '/api/refused/replay', { door, code, dry_run: dry }), { changes: ['/api/refused'] });
    return (
        <li aria-current={chosen || undefined}>
            <p>
                <Link className="word link" keepScroll to={asked.with(chosen ? { door: null, code: null } : { door, code })}>{codeText(code)}</Link>{' '}
                <span className="axis">{`at ${doorText(door)}`}</span>
            </p>
            <p className="num small">{countOf(items, 'item')}</p>
            <p role="status" className="axis">{replay.data && `${replay.data.dry_run ? 'It would be: ' : ''}${allTriedText(replay.data)}`}</p>
            <p className="do">
                <button type="button" className="link small" disabled={replay.isPending} onClick={() => replay.mutate(true)}>Try all<span className="vh">{` for ${codeText(code)} at ${doorText(door)}`}</span></button>{' '}
                <button type="button" className="link small" disabled={replay.isPending} onClick={() => replay.mutate(false)}>Send all again<span className="vh">{` for ${codeText(code)} at ${doorText(door)}`}</span></button>
            </p>
            {replay.error && <ProblemNote fault={replay.error} />}
        </li>
    );
}

function Row({ item, chosen }: { item: RefusedItem; chosen: boolean }) {
    const asked = useAsked();
    const names = useNames();
    const now = new Date().toISOString();
    return (
        <li>
            <Link to={asked.with({ item: item.id })} keepScroll {...(chosen ? { 'aria-current': 'true' as const } : {})}>
                <time className="small dim num" dateTime={item.last}>{`${dayText(item.last, now)}, ${clockText(item.last)}`}</time>
                <span className="what"><span className="word">{item.reason ?? codeText(item.code)}</span><span className="axis">{`at ${doorText(item.door)}, from ${sourceText(item.source, names)}`}</span></span>
                <span className="small dim num">{item.times > 1 ? `${count(item.times)} times` : ''}</span>
            </Link>
        </li>
    );
}
