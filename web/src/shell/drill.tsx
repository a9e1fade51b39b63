import type { ReactNode } from 'react';
import { answeredIn, type Schema } from '../api/client';
import { useEpisodes } from '../api/queries';
import { Drawer, Facts } from '../design/drawer';
import { capital, count, countOf, dayText, durationText, feelingText } from '../design/format';
import { FeelingDisc } from '../design/marks';
import { Empty, Shown, SkeletonRows } from '../design/states';
import { pathOf, useAsked } from '../question/address';
import { Export, rowsExportedMax } from './export';
import { Link } from './router';

/**
 * A figure that opens the exact episodes behind it: `question` is the drill of the answer it came from, `of` says
 * what it is. Without a question for episodes it is plain text.
 */
export function Drill({ question, of, className = '', children }: {
    question: string | undefined | null; of: string; className?: string; children: ReactNode;
}) {
    const asked = useAsked();
    if (!question?.startsWith('episodes')) {
        return <span className={className}>{children}</span>;
    }
    return (
        <Link className={`opens ${className}`} to={asked.with({ drill: question, of })} keepScroll>
            {children}
            <span className="vh">, show the episodes</span>
        </Link>
    );
}

/** The drawer with the episodes that the address asks for (?drill=), over any page; null when it asks for none. */
export function DrillDrawer() {
    const asked = useAsked();
    const question = asked.param('drill');
    if (!question) {
        return null;
    }
    const close = () => asked.set({ drill: null, of: null });
    return <Episodes key={question} question={question} of={asked.param('of')} onClose={close} />;
}

function Episodes({ question, of, onClose }: { question: string; of: string; onClose: () => void }) {
    const query = useEpisodes(question);
    return (
        <Drawer kind="Episodes behind a number" title={of ? capital(of) : 'The exact episodes'} onClose={onClose}>
            <Shown query={query} loading={<SkeletonRows rows={8} height={56} />}>
                {({ pages }) => {
                    const first = pages[0]!;
                    const all = pages.flatMap((page) => page.episodes);
                    const took = answeredIn(first);
                    return (
                        <>
                            <Facts rows={[
                                [unitWord(first), <b className="strong" key="n">{count(first.total)}</b>],
                                ['Customers', count(first.population.customers)],
                            ]} />
                            {all.length === 0 && <Empty>No episode is behind this number any more.</Empty>}
                            <ol className="episodes">
                                {all.map((episode) => <EpisodeItem key={`${episode.customer} ${episode.thread} ${episode.start}`} episode={episode} latest={first.population.latest} />)}
                            </ol>
                            {query.hasNextPage && (
                                <button type="button" className="btn wide" disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                                    {`Show ${count(Math.min(first.limit, first.total - all.length))} more of ${count(first.total)}`}
                                </button>
                            )}
                            <div className="foot">
                                <p>{`Counted exactly${took === null ? '' : `, in ${count(Math.round(took))} ms`}.`}</p>
                                <p><code>{question}</code></p>
                                <Export
                                    question={`${question} limit ${rowsExportedMax}`} name="episodes"
                                    label={first.total > rowsExportedMax ? `Export the first ${count(rowsExportedMax)} rows` : 'Export these rows'}
                                />
                            </div>
                        </>
                    );
                }}
            </Shown>
        </Drawer>
    );
}

function unitWord(answer: Schema['EpisodesAnswer']): string {
    return { journey: 'Episodes', thread: 'Threads', customer: 'Customers\u2019 timelines' }[answer.per];
}

/** One episode of a drill: who, when, how it felt and its way; leads to the customer's timeline. */
export function EpisodeItem({ episode, latest }: { episode: Schema['Episode']; latest: string | null }) {
    const { path } = episode;
    const shown = path.length > 5 ? [...path.slice(0, 3), `${path.length - 4} more`, path.at(-1)!] : path;
    return (
        <li>
            <p className="who">
                <Link className="strong link" to={`${pathOf('customers', episode.customer)}${episode.thread ? `?thread=${encodeURIComponent(episode.thread)}` : ''}`}>
                    {episode.customer}
                </Link>
                {episode.experience !== null && (
                    <span className="state small"><FeelingDisc feeling={episode.experience} size={10} />{feelingText(episode.experience)}</span>
                )}
            </p>
            <p className="axis">
                {[
                    dayText(episode.start, latest), durationText(episode.seconds), countOf(episode.encounters, 'encounter'),
                    ...(episode.thread ? [episode.thread] : []), ...(episode.status === 'completed' ? [] : [episode.status]),
                ].join(' · ')}
            </p>
            <p className="way">{shown.join(' › ')}</p>
        </li>
    );
}
