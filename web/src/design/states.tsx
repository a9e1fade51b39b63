import { useEffect, useState, type ReactNode } from 'react';
import { ProblemError } from '../api/client';
import { StatusShape } from './marks';

/** What a query hook of TanStack gives, as far as the states of a section need it. */
interface Asked<T> {
    data: T | undefined;
    error: Error | null;
    isPlaceholderData: boolean;
    isFetching: boolean;
    refetch: () => unknown;
}

/**
 * The four states of a section: loading (its own final size), error (ours or theirs, with Retry), stale (the last answer
 * stays, marked), and the answer. Empty is for the section to say: only it knows why.
 */
export function Shown<T>({ query, loading, page, children }: {
    query: Asked<T>;
    loading: ReactNode;
    /** The whole page hangs on it: what went wrong is the heading of the page then. */
    page?: boolean;
    children: (answer: T) => ReactNode;
}) {
    if (query.data !== undefined) {
        const stale = query.isPlaceholderData || query.error !== null;
        return (
            <div className={stale ? 'stale' : undefined} aria-busy={query.isPlaceholderData || undefined}>
                {query.isPlaceholderData && <Recounting />}
                {query.error && !query.isPlaceholderData && <ProblemNote fault={query.error} retry={query.refetch} />}
                {children(query.data)}
            </div>
        );
    }
    if (query.error) {
        return <ProblemNote fault={query.error} retry={query.refetch} {...(page ? { page } : {})} />;
    }
    return (
        <Late after={300} fallback={<div className="before">{loading}</div>}>
            <div className="counting">
                <Late after={2_000}><p className="recounting" role="status">still counting</p></Late>
                {loading}
            </div>
        </Late>
    );
}

/** Shows `children` only after a while, so that what is quick does not flicker. `fallback` keeps the place. */
function Late({ after, children, fallback = null }: { after: number; children: ReactNode; fallback?: ReactNode }) {
    const [late, setLate] = useState(false);
    useEffect(() => {
        const timer = setTimeout(() => setLate(true), after);
        return () => clearTimeout(timer);
    }, [after]);
    return late ? children : fallback;
}

function Recounting() {
    return (
        <Late after={300}>
            <p className="recounting" role="status">the answer before, recounting</p>
        </Late>
    );
}

/** A block in the place of what is still counted, of the same size. */
export function Skeleton({ height, width = '100%' }: { height: number; width?: number | string }) {
    return <div className="skeleton" style={{ height, width }} aria-hidden="true" />;
}

/** Rows in the place of a list or table. */
export function SkeletonRows({ rows, height }: { rows: number; height: number }) {
    return (
        <div role="status" aria-label="counting">
            {Array.from({ length: rows }, (_, i) => (
                <div className="skeleton-row" key={i} style={{ height }}>
                    <Skeleton height={14} width={`${30 + ((i * 17) % 35)}%`} />
                </div>
            ))}
        </div>
    );
}

/** One sentence why there is nothing, and at most one action. */
export function Empty({ children, action }: { children: ReactNode; action?: ReactNode }) {
    return (
        <div className="empty">
            <p>{children}</p>
            {action}
        </div>
    );
}

/** What happened, what to do, the code small, Retry; the rest of the page lives on. */
export function ProblemNote({ fault, retry, page }: { fault: Error; retry?: () => unknown; page?: boolean }) {
    const problem = fault instanceof ProblemError ? fault.problem : null;
    const title = problem?.title ?? 'This part of the page failed';
    return (
        <div className={page ? 'problem whole' : 'problem'} role="alert">
            <StatusShape status="broken" />
            <div>
                {page ? <h1 className="title">{title}</h1> : <p className="strong">{title}</p>}
                <p className="small soft">{problem?.detail ?? fault.message}</p>
                <p className="axis">{problem?.code ?? 'page'}{problem && problem.status > 0 ? ` ${problem.status}` : ''}</p>
            </div>
            {retry && <button type="button" className="btn" onClick={() => retry()}>Retry</button>}
        </div>
    );
}
