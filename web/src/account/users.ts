import { useMemo } from 'react';
import { useQuery } from '@tanstack/react-query';
import { get, wholeList } from '../api/client';
import type { Names } from './audit-words';
import { useMay } from './me';

/** Everybody with an account. */
export function useUsers(enabled = true) {
    return useQuery({ queryKey: ['/api/users'], queryFn: ({ signal }) => wholeList((after) => get('/api/users', { query: { limit: 500, after }, signal }), 'users'), meta: { live: false }, enabled });
}

export function useKeyList(enabled = true) {
    return useQuery({ queryKey: ['/api/keys'], queryFn: ({ signal }) => wholeList((after) => get('/api/keys', { query: { limit: 500, after }, signal }), 'keys'), meta: { live: false }, enabled });
}

/** The same for naming people by their ids; empty for who may not see who has an account. */
export function usePeople() {
    return useUsers(useMay('manage-users')).data?.users ?? [];
}

/** What people and keys are called, by their ids. */
export function useNames(): Names {
    const people = usePeople();
    const { data } = useKeyList(useMay('manage-keys'));
    return useMemo(() => {
        const persons = new Map(people.map(({ id, name }) => [id, name]));
        const keys = new Map((data?.keys ?? []).map(({ id, name }) => [id, `\u201c${name}\u201d`]));
        return { person: (id) => persons.get(id), key: (id) => keys.get(id) };
    }, [people, data]);
}

/** Who sent something: a key or a person by name, and what is written for others. */
export function sourceText(source: string, names: Names): string {
    const written: Record<string, string> = { 'write-key': 'the write key of the server', anybody: 'anybody' };
    return source.startsWith('key:') ? `key ${names.key(source.slice(4)) ?? source.slice(4)}` : (written[source] ?? names.person(source) ?? source);
}
