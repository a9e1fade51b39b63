import { useQuery } from '@tanstack/react-query';
import { get, send, type Schema } from '../api/client';
import { useWrite } from '../api/write';

export type Join = Schema['Join'];
export type CustomerJoins = Schema['CustomerJoins'];
export type Suggestion = Schema['JoinSuggestions']['suggestions'][number];

/** Everything that is counted differently when two names become one customer, or two again. */
const follows = [
    '/api/customers', '/api/customers/{id}', '/api/customers/{id}/timeline', '/api/customers/{id}/joins', '/api/joins/suggestions',
    '/api/ask', '/api/overview', '/api/freshness', '/api/values',
];

export function useCustomerJoins(id: string) {
    return useQuery({ queryKey: ['/api/customers/{id}/joins', id], queryFn: ({ signal }) => get('/api/customers/{id}/joins', { path: { id }, signal }) });
}

export function useJoinSuggestions(enabled: boolean) {
    return useQuery({
        queryKey: ['/api/joins/suggestions'], queryFn: ({ signal }) => get('/api/joins/suggestions', { query: { limit: 200 }, signal }), enabled,
    });
}

/** What was said of two names, and how it is taken back. */
export type Said = { joined: true; number: number; name: string; other: string; one: boolean } | { joined: false; name: string; other: string; one: boolean };

/** Says that two names are one customer, or undoes what is said of them; `onSaid` hears what holds then. */
export function useSaying(onSaid: (said: Said) => void) {
    const join = useWrite(
        ({ name, other }: { name: string; other: string }) => send<Schema['JoinOutcome']>('POST', '/api/joins', { name, other }),
        { changes: follows, onDone: ({ number, one_customer: one }, { name, other }) => onSaid({ joined: true, number, name, other, one }) },
    );
    const undo = useWrite(
        ({ number }: { number: number; name: string; other: string }) => send<Schema['JoinOutcome']>('DELETE', `/api/joins/${number}`),
        { changes: follows, onDone: ({ one_customer: one }, { name, other }) => onSaid({ joined: false, name, other, one }) },
    );
    return { join, undo, busy: join.isPending || undo.isPending, fault: join.error ?? undo.error };
}

/** "Joined; every number has followed." */
export function saidText({ joined, name, other, one }: Said): string {
    return joined ? `${name} and ${other} are joined; every number has followed.`
        : one ? `Undone; ${name} and ${other} are one customer all the same, through other names.`
        : `${name} and ${other} are two customers; every number has followed.`;
}

const kinds: Record<Schema['Identity']['kind'], string> = { verified: 'an id of their own', key: 'a key', contact: 'where they are reached', anonymous: 'a browser or device' };
export const kindText = (kind: Schema['Identity']['kind']): string => kinds[kind] ?? kind;

/** Whom a suggestion would join to this customer. */
export function othersOf({ customers }: Suggestion, customer: string): string[] {
    return customers.filter((other) => other !== customer);
}

/** The links worth a row: what a suggestion says already is left to it. */
export function linksShown({ links, customer }: CustomerJoins, suggestions: readonly Suggestion[]): Join[] {
    const told = new Set(suggestions.filter(({ customers }) => customers.includes(customer)).flatMap((one) => one.links));
    return links.filter(({ number }) => !told.has(number));
}

const stateWords: Record<Join['state'], string> = {
    joined: 'one', apart: 'said to be two', shared: 'shared by many', ambiguous: 'not clear', suggested: 'perhaps one', undone: 'undone',
};
export const stateText = (state: Join['state']): string => stateWords[state] ?? state;
