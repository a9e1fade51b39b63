import { useQuery } from '@tanstack/react-query';
import { get } from '../api/client';
import { useMay } from './me';

/** Everybody with an account. */
export function useUsers(enabled = true) {
    return useQuery({ queryKey: ['/api/users'], queryFn: ({ signal }) => get('/api/users', { signal }), meta: { live: false }, enabled });
}

export function useKeyList(enabled = true) {
    return useQuery({ queryKey: ['/api/keys'], queryFn: ({ signal }) => get('/api/keys', { signal }), meta: { live: false }, enabled });
}

/** The same for naming people by their ids; empty for who may not see who has an account. */
export function usePeople() {
    return useUsers(useMay('manage-users')).data?.users ?? [];
}
