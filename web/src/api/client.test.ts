import { afterEach, describe, expect, it, vi } from 'vitest';
import { answeredIn, columnOf, get, ProblemError } from './client';
import { ask } from './queries';

const answering = (status: number, body: unknown) => {
    const fetching = vi.fn<(address: string) => Promise<Response>>(
        async () => new Response(typeof body === 'string' ? body : JSON.stringify(body), { status }),
    );
    vi.stubGlobal('fetch', fetching);
    return fetching;
};
afterEach(() => vi.unstubAllGlobals());

describe('get', () => {
    it('fills the path, leaves out what is empty, and says how long it took', async () => {
        const fetching = answering(200, { customer: 'a/b' });
        const answer = await get('/api/customers/{id}/timeline', { path: { id: 'a/b c' }, query: { limit: 10 } });
        expect(fetching.mock.calls[0]![0]).toBe('/api/customers/a%2Fb%20c/timeline?limit=10');
        expect(answeredIn(answer)).toBeGreaterThanOrEqual(0);
        await get('/api/overview', { query: { where: '' } });
        expect(fetching.mock.calls[1]![0]).toBe('/api/overview');
    });
    it('throws the problem of the server with its column', async () => {
        answering(400, { type: 'about:blank', title: 'The question cannot be read', status: 400, detail: 'column 3: no', code: 'invalid_input', column: 3 });
        const fault = await get('/api/ask', { query: { q: 'x' } }).catch((e: unknown) => e);
        expect(fault).toBeInstanceOf(ProblemError);
        expect((fault as ProblemError).message).toBe('column 3: no');
        expect(columnOf(fault)).toBe(3);
    });
    it('has words for an error page, for no answer at all, and for half an answer', async () => {
        answering(502, '<html>bad gateway</html>');
        await expect(get('/api/about')).rejects.toThrow('The server answered 502 without saying why.');
        vi.stubGlobal('fetch', () => Promise.reject(new TypeError('failed')));
        await expect(get('/api/about')).rejects.toThrow('Is it still running?');
        answering(200, '{"name": ');
        await expect(get('/api/about')).rejects.toThrow('not an answer');
    });
});

describe('ask', () => {
    it('gives an answer of the kind asked for, and refuses another', async () => {
        answering(200, { kind: 'flow', nodes: [] });
        await expect(ask('flow', 'flow')).resolves.toMatchObject({ kind: 'flow' });
        await expect(ask('trend', 'flow')).rejects.toThrow('was answered as flow, not as trend');
        answering(200, { kind: 'flow', by: 'channel', groups: [] });
        await expect(ask('flow', 'flow by channel')).rejects.toThrow('by a field');
    });
});

it('says when nobody has touched the page for a while, and no longer after a key', async () => {
    vi.useFakeTimers({ now: Date.now() + 3_600_000 });
    try {
        const fetching = vi.fn<(address: string, options: { headers: Record<string, string> }) => Promise<Response>>(
            async () => new Response('{}'),
        );
        vi.stubGlobal('fetch', fetching);
        await get('/api/about');
        expect(fetching.mock.lastCall?.[1].headers['x-kokemus-unattended']).toBe('1');
        window.dispatchEvent(new KeyboardEvent('keydown', { key: 'j' }));
        await get('/api/about');
        expect(fetching.mock.lastCall?.[1].headers['x-kokemus-unattended']).toBeUndefined();
    } finally {
        vi.useRealTimers();
        vi.unstubAllGlobals();
    }
});
