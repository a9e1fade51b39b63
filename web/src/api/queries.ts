import { keepPreviousData, QueryClient, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { get, ProblemError, type Schema } from './client';
import { asTask } from './tasks';

/** Every answer of the studio comes through one of these hooks; keys are the address asked. */
export function newQueryClient(): QueryClient {
    return new QueryClient({
        defaultOptions: {
            queries: {
                staleTime: 30_000,
                // an answer is taken whole: answeredIn() knows it by identity
                structuralSharing: false,
                refetchOnWindowFocus: false,
                retry: (count, fault) =>
                    count < 2 &&
                    (!(fault instanceof ProblemError) || ['unavailable', 'unreachable'].includes(fault.problem.code)),
            },
        },
    });
}

export interface OverviewAsked {
    from: string | null;
    to: string | null;
    where: string;
}

/** Everything on the Overview page. `enabled` false waits (for the period to be known). */
export function useOverview({ from, to, where }: OverviewAsked, enabled = true) {
    return useQuery({
        queryKey: ['/api/overview', from, to, where],
        queryFn: ({ signal }) =>
            asTask((task) =>
                get('/api/overview', { query: { ...(from ? { from } : {}), ...(to ? { to } : {}), where, task }, signal })),
        placeholderData: keepPreviousData,
        enabled,
    });
}

/** The kinds of answer, by the first word of their question. */
export interface AnswerOf {
    flow: Schema['FlowAnswer'];
    variants: Schema['VariantsAnswer'];
    funnel: Schema['FunnelAnswer'];
    trend: Schema['TrendAnswer'];
    breakdown: Schema['BreakdownAnswer'];
    promises: Schema['PromisesAnswer'];
    switches: Schema['SwitchesAnswer'];
    drivers: Schema['DriversAnswer'];
    lateness: Schema['LatenessAnswer'];
    foresight: Schema['ForesightAnswer'];
    conformance: Schema['ConformanceAnswer'];
    league: Schema['LeagueAnswer'];
    causes: Schema['CausesAnswer'];
    episodes: Schema['EpisodesAnswer'];
    timeline: Schema['TimelineAnswer'];
}

/** Asks a question of a known kind ("flow per thread"). Not for questions "by FIELD": those have groups. */
export async function ask<K extends keyof AnswerOf>(kind: K, question: string, signal?: AbortSignal): Promise<AnswerOf[K]> {
    const answer = await asTask((task) => get('/api/ask', { query: { q: question, task }, ...(signal ? { signal } : {}) }));
    const grouped = kind !== 'breakdown' && 'groups' in answer;
    if (answer.kind !== kind || grouped) {
        throw new ProblemError({
            type: 'about:blank', title: 'Another answer', status: 200, code: 'internal',
            detail: `The question "${question}" was answered as ${answer.kind}${grouped ? ' by a field' : ''}, not as ${kind}.`,
        });
    }
    return answer as AnswerOf[K];
}

/**
 * The answer of a question of a known kind; keeps the last one while the next is counted. `live: false`: it stays as it is
 * when the numbers change, until the page is opened again.
 */
export function useAsk<K extends keyof AnswerOf>(kind: K, question: string, { enabled = true, live = true } = {}) {
    return useQuery({
        queryKey: ['/api/ask', kind, question],
        meta: { live },
        queryFn: ({ signal }) => ask(kind, question, signal),
        placeholderData: keepPreviousData,
        enabled: enabled && question !== '',
    });
}

const episodesPerPage = 50;

/** The exact episodes behind a number, page by page. `drill` is the question that the number carries. */
export function useEpisodes(drill: string) {
    return useInfiniteQuery({
        queryKey: ['/api/ask', 'drill', drill],
        queryFn: ({ pageParam, signal }) => ask('episodes', pageParam === 0 ? drill : `${drill} offset ${pageParam}`, signal),
        initialPageParam: 0,
        getNextPageParam: (last) => {
            const next = last.offset + Math.max(last.episodes.length, 1);
            return next < last.total && last.episodes.length > 0 ? next : undefined;
        },
        enabled: drill !== '',
        meta: { episodesPerPage },
    });
}

export function useBlueprint() {
    return useQuery({ queryKey: ['/api/blueprint'], queryFn: ({ signal }) => get('/api/blueprint', { signal }), staleTime: 300_000 });
}

export function useAbout() {
    return useQuery({ queryKey: ['/api/about'], queryFn: ({ signal }) => get('/api/about', { signal }), staleTime: Infinity });
}

/** Looked at again every 15 s: the foot of the studio says how fresh the data are. */
export function useFreshness() {
    return useQuery({
        queryKey: ['/api/freshness'],
        queryFn: ({ signal }) => get('/api/freshness', { signal }),
        refetchInterval: 15_000,
    });
}

export function useCustomers(search: string, limit = 50, enabled = true) {
    return useQuery({
        queryKey: ['/api/customers', search, limit],
        queryFn: ({ signal }) => get('/api/customers', { query: { search, limit }, signal }),
        placeholderData: keepPreviousData,
        enabled,
    });
}

export function useCustomer(id: string) {
    return useQuery({
        queryKey: ['/api/customers/{id}', id],
        queryFn: ({ signal }) => get('/api/customers/{id}', { path: { id }, signal }),
    });
}

export const timelineRowsPerPage = 1000;

/**
 * A customer's timeline from its newest end backwards, page by page; `encounters` is how many there are.
 * The first page holds the newest ones, each page is oldest first.
 */
export function useCustomerTimeline(id: string, encounters: number | undefined) {
    const rows = timelineRowsPerPage;
    return useInfiniteQuery({
        queryKey: ['/api/customers/{id}/timeline', id, encounters],
        queryFn: ({ pageParam, signal }) =>
            get('/api/customers/{id}/timeline', {
                path: { id }, query: { offset: Math.max(0, pageParam), limit: Math.min(rows, rows + pageParam) }, signal,
            }),
        initialPageParam: Math.max(0, (encounters ?? 0) - rows),
        getNextPageParam: (_last, _pages, offset) => (offset > 0 ? offset - rows : undefined),
        // the same customer with one encounter more keeps what is shown until the next answer is there
        placeholderData: (before, query) => (query?.queryKey[1] === id ? before : undefined),
        enabled: encounters !== undefined,
    });
}

/** The values of a field under a question, for the filter's suggestions. */
export function useValues(field: string, question: string, search: string, limit = 8) {
    return useQuery({
        queryKey: ['/api/values', field, question, search, limit],
        queryFn: ({ signal }) => get('/api/values', { query: { field, q: question, search, limit }, signal }),
        placeholderData: keepPreviousData,
        enabled: field !== '',
    });
}

/** What may be written next at `cursor` in a filter. */
export function useSuggest(text: string, cursor: number, enabled: boolean) {
    return useQuery({
        queryKey: ['/api/suggest', text, cursor],
        queryFn: ({ signal }) => get('/api/suggest', { query: { text, cursor }, signal }),
        placeholderData: keepPreviousData,
        enabled,
    });
}
