import { useQuery, useQueryClient } from '@tanstack/react-query';
import { get, send, setToken, type Schema } from '../api/client';
import { forgetRecent } from '../shell/recent';

export type Me = Schema['Me'];
export type Right = Schema['Right'];

/** Who is looking: nobody yet, somebody with rights, or everybody where the server stands open. */
export function useMe() {
    return useQuery({
        queryKey: ['/api/me'],
        queryFn: async ({ signal }) => known(await get('/api/me', { signal })),
        meta: { live: false },
        staleTime: Infinity,
    });
}

/** Writes are sent with the token of the session from here on. */
function known(me: Me): Me {
    setToken(me.token ?? '');
    return me;
}

/** Signs in, sets up or accepts an invitation: what was shown to somebody else before is gone, and the studio opens. */
export function useBegin() {
    const client = useQueryClient();
    return async (path: '/api/session' | '/api/set-up' | '/api/invitation', body: Record<string, string>) => {
        const me = known(await send<Me>('POST', path, body));
        client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== '/api/me' });
        client.setQueryData(['/api/me'], me);
    };
}

/** Takes in what the server says of the reader after a change of their own account. */
export function useKnownAnew() {
    const client = useQueryClient();
    return (me: Me) => void client.setQueryData(['/api/me'], known(me));
}

/** Ends the session; nothing of what was seen stays in the page. */
export function useSignOut() {
    const client = useQueryClient();
    return async () => {
        await send('DELETE', '/api/session');
        forgetRecent();
        location.assign('/');
        client.clear();
    };
}

/** Whether the reader may do that; while it is not known yet, no. */
export function useMay(right: Right): boolean {
    return useMe().data?.rights.includes(right) ?? false;
}

const roleWords: Record<Schema['Role'], string> = {
    admin: 'admin', 'experience-lead': 'experience lead', analyst: 'analyst', manager: 'manager', agent: 'agent', viewer: 'viewer',
    integration: 'program',
};

export const roleText = (role: Schema['Role']) => roleWords[role];

/** Whom somebody sees, of all customers. */
export function reachText(user: Schema['User']): string {
    return user.role === 'manager' ? user.departments.join(', ')
        : user.role === 'agent' ? (user.employee ? `customers served by ${user.employee}` : 'nobody: no name in the encounters')
        : 'all';
}
