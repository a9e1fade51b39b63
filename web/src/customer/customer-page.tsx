import './customer.css';
import { useMemo } from 'react';
import type { Schema } from '../api/client';
import { timelineRowsPerPage, useBlueprint, useCustomer, useCustomerTimeline } from '../api/queries';
import { Answer } from '../design/answer';
import { count, countOf, dayText } from '../design/format';
import { Icon } from '../design/icon';
import { Empty, Shown, Skeleton, SkeletonRows } from '../design/states';
import { useAsked } from '../question/address';
import { QuestionBar, Token } from '../question/question-bar';
import { Link } from '../shell/router';
import { Page } from '../shell/shell';
import { PromisesMade, TraitRows } from './customer-facts';
import { OnePerson } from './one-person';
import { Strip } from './strip';
import { Timeline } from './timeline';
import { nameOf } from './traits';

/** What does this person need from us now? One timeline, what was promised on it, and who they are. */
export default function CustomerPage({ params }: { params: Record<string, string> }) {
    const id = params.id!;
    const asked = useAsked();
    const thread = asked.param('thread');
    const customer = useCustomer(id);
    const timeline = useCustomerTimeline(id, customer.data?.encounters);
    const name = customer.data ? nameOf(id, customer.data.traits) : id;
    const both = {
        data: customer.data && timeline.data ? { customer: customer.data, pages: timeline.data.pages } : undefined,
        error: customer.error ?? timeline.error,
        isPlaceholderData: false,
        isFetching: customer.isFetching || timeline.isFetching,
        refetch: () => void (customer.error ? customer.refetch() : timeline.refetch()),
    };
    const bar = (
        <QuestionBar
            withPeriod={false} withFilter={false}
            tokens={(
                <>
                    <Token name="customer">{name}</Token>
                    {thread !== '' && <Token name="thread" onClear={() => asked.set({ thread: null })}>{thread}</Token>}
                    <span className="filter" />
                </>
            )}
        />
    );
    return (
        <Page title={`${name} · Customers`} bar={bar}>
            <p className="crumb"><Link className="link" to="/customers">Customers</Link><Icon name="right" /><span>{name}</span></p>
            <Shown page query={both} loading={<CustomerLoading />}>
                {({ customer: who, pages }) => (
                    <CustomerView
                        key={id} customer={who} pages={pages} thread={thread}
                        more={timeline.hasNextPage ? () => void timeline.fetchNextPage() : null}
                    />
                )}
            </Shown>
        </Page>
    );
}

function CustomerView({ customer, pages, thread, more }: {
    customer: Schema['Customer']; pages: Schema['CustomerTimeline'][]; thread: string; more: (() => void) | null;
}) {
    const { data: blueprint } = useBlueprint();
    const encounters = useMemo(() => [...pages].reverse().flatMap((page) => page.encounters), [pages]);
    const shown = useMemo(() => (thread === '' ? encounters : encounters.filter((e) => e.thread === thread)), [encounters, thread]);
    const newest = pages[0]!;
    const channels = new Set(encounters.map((e) => e.channel).filter(Boolean)).size;
    const whole = encounters.length >= customer.encounters;
    return (
        <>
            <Answer
                finding={newest.finding}
                proof={[
                    customer.first && `since ${dayText(customer.first)}`,
                    `${countOf(customer.encounters, 'encounter')}${whole && channels > 0 ? ` in ${countOf(channels, 'channel')}` : ''}`,
                    customer.latest && `the newest on ${dayText(customer.latest)}`,
                ]}
            />
            <div className="cols">
                <div className="cols-main">
                    {encounters.length > 0 && (
                        <section className="sec strip-sec" aria-labelledby="h-strip">
                            <header>
                                <h2 className="head" id="h-strip">The whole time</h2>
                                <span className="label">discs are what was said, ticks are encounters</span>
                            </header>
                            <Strip encounters={encounters} now={newest.population.latest} />
                        </section>
                    )}
                    <section className="sec timeline-sec" aria-labelledby="h-timeline">
                        <header>
                            <h2 className="head" id="h-timeline">Timeline</h2>
                            <TimelineKey />
                            <span className="more">{thread === '' ? 'newest first' : `${count(shown.length)} of ${count(encounters.length)}`}</span>
                        </header>
                        {shown.length === 0
                            ? <Empty>{thread === '' ? 'Nothing was lived through yet.' : 'No encounter of this thread.'}</Empty>
                            : <Timeline encounters={shown} scales={blueprint?.scales ?? []} thread={thread} />}
                        {more && (
                            <button type="button" className="btn" onClick={more}>
                                {`Show ${count(Math.min(timelineRowsPerPage, customer.encounters - encounters.length))} older of ${count(customer.encounters)}`}
                            </button>
                        )}
                    </section>
                </div>
                <aside className="cols-side" aria-label="About this customer">
                    <PromisesMade encounters={encounters} />
                    <TraitRows customer={customer} />
                    <OnePerson id={customer.customer} />
                </aside>
            </div>
        </>
    );
}

function TimelineKey() {
    return (
        <span className="key">
            <span><svg width={12} height={12} aria-hidden="true"><circle cx={6} cy={6} r={5} fill="var(--ink-2)" /></svg>customer</span>
            <span><svg width={12} height={12} aria-hidden="true"><rect x={1} y={1} width={10} height={10} rx={2} fill="var(--line-3)" /></svg>us</span>
            <span><svg width={12} height={12} aria-hidden="true"><circle cx={6} cy={6} r={4.5} fill="none" stroke="var(--ink-3)" strokeWidth={1.5} strokeDasharray="2.2 1.8" /></svg>still due</span>
        </span>
    );
}

function CustomerLoading() {
    return (
        <>
            <Skeleton height={32} width="min(26em, 90%)" />
            <div className="proof"><Skeleton height={14} width="min(24em, 80%)" /></div>
            <div className="cols">
                <div className="cols-main">
                    <div className="sec strip-sec"><Skeleton height={150} /></div>
                    <div className="sec timeline-sec"><SkeletonRows rows={10} height={44} /></div>
                </div>
                <div className="cols-side"><div className="sec"><SkeletonRows rows={6} height={32} /></div></div>
            </div>
        </>
    );
}
