import { useMemo } from 'react';
import { usePlace } from '../shell/router';
import { useBlueprint, useFreshness } from '../api/queries';
import { dayKey } from '../design/format';

/**
 * The question as it stands in the address: ?period=13w | ?from=&to=, ?where=, ?unit=, ?journey=, ?drill=.
 * `from` and `to` are days of the organisation, both counted to their ends. Both are null for the whole time.
 */
export interface Asked {
    period: PeriodName;
    from: string | null;
    to: string | null;
    where: string;
    /** False while the named period waits for the newest day of the data. */
    ready: boolean;
    /** A parameter of the address, '' when absent. */
    param: (name: string) => string;
    /** The present address with some parameters changed; '' or null removes one. */
    with: (changes: Record<string, string | null>) => string;
    set: (changes: Record<string, string | null>, how?: { replace?: boolean }) => void;
}

export const periods = [
    { name: '4w', days: 28, text: 'last 4 weeks' },
    { name: '13w', days: 91, text: 'last 13 weeks' },
    { name: '26w', days: 182, text: 'last 26 weeks' },
    { name: '52w', days: 364, text: 'last 52 weeks' },
    { name: 'all', days: 0, text: 'the whole time' },
] as const;
export type PeriodName = (typeof periods)[number]['name'] | 'own';

export const periodByDefault = '13w';

/** The first and the last day of a named period whose last day is `latest`, the newest day of the data. */
export function periodRange(name: string, latest: string): { from: string | null; to: string | null } {
    const period = periods.find((p) => p.name === name);
    if (!period || period.days === 0) {
        return { from: null, to: null };
    }
    return { from: moved(latest, 1 - period.days), to: latest };
}

const dayLength = 86_400_000;
const moved = (day: string, days: number) => new Date(Date.parse(`${day}T00:00:00Z`) + days * dayLength).toISOString().slice(0, 10);

/** The period of equal length just before (-1) or after (1); null for the whole time. */
export function periodBeside(from: string | null, to: string | null, step: -1 | 1): { from: string; to: string } | null {
    if (from === null || to === null) {
        return null;
    }
    const days = Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayLength) + 1;
    return { from: moved(from, step * days), to: moved(to, step * days) };
}

const isDay = (text: string | null): text is string => text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text);

export function useAsked(): Asked {
    const { path, search, go } = usePlace();
    const freshness = useFreshness();
    const blueprint = useBlueprint(); // its time zone says which day the newest encounter is of
    const known = !freshness.isPending && !blueprint.isPending;
    const newest = freshness.data?.latest ?? null;
    const latest = newest === null || !known ? null : dayKey(newest);
    return useMemo(() => {
        const own = isDay(search.get('from')) && isDay(search.get('to'));
        const named = search.get('period') ?? periodByDefault;
        const name = (own ? 'own' : (periods.find((p) => p.name === named)?.name ?? periodByDefault)) as PeriodName;
        const range = own
            ? { from: search.get('from'), to: search.get('to') }
            : latest === null
              ? { from: null, to: null }
              : periodRange(name, latest);
        const changed = (changes: Record<string, string | null>) => {
            const next = new URLSearchParams(search);
            for (const [key, value] of Object.entries(changes)) {
                if (value === null || value === '') {
                    next.delete(key);
                } else {
                    next.set(key, value);
                }
            }
            const text = next.toString();
            return encodeURI(path) + (text ? `?${text}` : '');
        };
        return {
            period: name,
            ...range,
            where: search.get('where') ?? '',
            ready: own || name === 'all' || known,
            param: (key) => search.get(key) ?? '',
            with: changed,
            set: (changes, how) => go(changed(changes), { ...how, keepScroll: true }),
        };
    }, [path, search, go, latest, known]);
}

/** A text as it stands in a question: 'Visit moved', with quotes inside doubled. */
export function quoted(text: string): string {
    return `'${text.replaceAll("'", "''")}'`;
}

/** The path of a page that shows one thing by its name. */
export function pathOf(page: 'customers' | 'journeys', name: string): string {
    return `/${page}/${encodeURIComponent(name)}`;
}
