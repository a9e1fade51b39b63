import './account.css';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { get } from '../api/client';
import { Answer } from '../design/answer';
import { CopyButton } from '../design/copy';
import { clockText, count, dayKey, weekdayText } from '../design/format';
import { StatusShape } from '../design/marks';
import { Empty, ProblemNote, Shown, SkeletonRows } from '../design/states';
import { useAsked } from '../question/address';
import { ChoiceToken } from '../question/question-bar';
import { Page } from '../shell/shell';
import { chainSentence, didText, kinds, noteText, whoText, type AuditEntry, type Names } from './audit-words';
import { useNames, usePeople } from './users';

const perPage = 100;
const spans = [
    { value: '', text: 'the whole time', days: 0 }, { value: '1', text: 'last 24 hours', days: 1 },
    { value: '7', text: 'last 7 days', days: 7 }, { value: '30', text: 'last 30 days', days: 30 }, { value: '365', text: 'last year', days: 365 },
];

/** Entries under the filters, page by page; the newest first. */
function useAudit({ actor, action, days }: { actor: string; action: string; days: number }) {
    return useInfiniteQuery({
        queryKey: ['/api/audit', actor, action, days],
        queryFn: ({ pageParam, signal }) => get('/api/audit', {
            query: {
                limit: perPage, actor, action, ...(pageParam ? { after: pageParam } : {}),
                ...(days > 0 ? { from: new Date(Date.now() - days * 86_400_000).toISOString() } : {}),
            },
            signal,
        }),
        initialPageParam: '',
        getNextPageParam: ({ next }) => next ?? undefined,
        placeholderData: keepPreviousData,
        meta: { live: false },
    });
}

/** Follows the whole chain, which takes a while on a long log: not again until it is asked for. */
function useVerification() {
    return useQuery({
        queryKey: ['/api/audit/verification'], queryFn: ({ signal }) => get('/api/audit/verification', { signal }),
        staleTime: Infinity, meta: { live: false },
    });
}

/** Who did and saw what, and whether the log still is what was written. */
export default function AuditPage() {
    const asked = useAsked();
    const [actor, action, span] = [asked.param('who'), asked.param('what'), asked.param('since')];
    const query = useAudit({ actor, action, days: spans.find(({ value }) => value === span)?.days ?? 0 });
    const chain = useVerification();
    const people = usePeople();
    const names = useNames();
    const whos = [
        { value: '', text: 'everybody' }, ...people.map(({ id, name }) => ({ value: id, text: name })),
        { value: 'key:', text: 'all keys' }, { value: 'nobody', text: 'somebody not signed in' }, { value: 'operator', text: 'who runs the server' },
    ];
    if (!whos.some(({ value }) => value === actor)) {
        whos.push({ value: actor, text: whoText(actor, names) });
    }
    const bar = (
        <div className="ask scrolls" role="search" aria-label="Which entries">
            <ChoiceToken name="who" value={actor} choices={whos} onChoose={(who) => asked.set({ who })} />
            <ChoiceToken name="what" value={action} choices={kinds} onChoose={(what) => asked.set({ what })} />
            <ChoiceToken name="when" value={span} choices={spans} onChoose={(since) => asked.set({ since })} />
        </div>
    );
    const broken = chain.data !== undefined && chain.data.first_broken !== null;
    return (
        <Page title="Audit" bar={bar}>
            <Answer
                finding={{ text: chain.data ? chainSentence(chain.data, count) : 'Who did and saw what' }}
                proof={[
                    'customers stand here as digests, people by name, nothing of what was written',
                    broken && <span className="state" key="broken"><StatusShape status="broken" />what stands from there on may have been changed</span>,
                ]}
            />
            {chain.error && <ProblemNote fault={chain.error} retry={chain.refetch} />}
            {chain.data && chain.data.entries > 0 && (
                <p className="head-digest small dim">
                    <span>Its head, to note elsewhere: </span><code className="mono">{chain.data.head}</code>
                    <CopyButton text={chain.data.head} of="the head" className="link" />
                    <button type="button" className="link" disabled={chain.isFetching} onClick={() => void chain.refetch()}>Look again</button>
                </p>
            )}
            <section className="sec audit" aria-label="Entries">
                <Shown query={query} loading={<SkeletonRows rows={14} height={34} />}>
                    {({ pages }) => (
                        <Entries
                            entries={pages.flatMap(({ entries }) => entries)} names={names}
                            onAll={actor || action || span ? () => asked.set({ who: null, what: null, since: null }) : null}
                        />
                    )}
                </Shown>
                {query.hasNextPage && (
                    <button type="button" className="btn earlier" disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{`Show ${perPage} earlier`}</button>
                )}
            </section>
        </Page>
    );
}

function Entries({ entries, names, onAll }: { entries: AuditEntry[]; names: Names; onAll: (() => void) | null }) {
    if (entries.length === 0) {
        return (
            <Empty action={onAll && <button type="button" className="btn" onClick={onAll}>Show everything</button>}>
                {onAll ? 'No entry is like that.' : 'Nothing was done yet.'}
            </Empty>
        );
    }
    const days: { day: string; at: string; of: AuditEntry[] }[] = [];
    for (const entry of entries) {
        const day = dayKey(entry.at);
        if (days.at(-1)?.day !== day) {
            days.push({ day, at: entry.at, of: [] });
        }
        days.at(-1)!.of.push(entry);
    }
    return days.map(({ day, at, of }) => (
        <section key={day} aria-label={weekdayText(at)}>
            <h2 className="label day">{weekdayText(at, new Date().toISOString())}</h2>
            <ol className="audit-rows">{of.map((entry) => <Row key={entry.number} entry={entry} names={names} />)}</ol>
        </section>
    ));
}

function Row({ entry, names }: { entry: AuditEntry; names: Names }) {
    const refused = entry.action.endsWith('.refused');
    return (
        <li>
            <time className="small dim" dateTime={entry.at}>{clockText(entry.at)}</time>
            <p>
                <span className="strong">{whoText(entry.actor, names)}</span>{' '}
                <span className="soft">{didText(entry, names)}</span>
                {refused && <span className="state"><StatusShape status="alarm" /><span className="vh">refused</span></span>}
                {entry.note !== '' && <span className="axis note">{noteText(entry.note)}</span>}
            </p>
            <span className="small dim from">{entry.address}</span>
            <span className="axis number" title={`digest ${entry.digest}`}>{count(entry.number)}</span>
        </li>
    );
}
