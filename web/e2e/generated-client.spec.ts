import createClient, { type Middleware } from 'openapi-fetch';
import type { paths } from '../src/api/types';
import { breachesOfResponse, heardOf } from './contract';
import { expect, test } from './studio';

/** A client made of docs/openapi.yaml alone, that holds every answer it gets against the document. */
function client(found: string[]) {
    const watch: Middleware = {
        async onResponse({ request, response, schemaPath }) {
            found.push(...breachesOfResponse(request.method, schemaPath, await heardOf(response)));
        },
    };
    const made = createClient<paths>({ baseUrl: process.env.KOKEMUS_E2E_URL! });
    made.use(watch);
    return made;
}

test('a client generated from docs/openapi.yaml asks, sends and is told as the document says', async () => {
    const found: string[] = [];
    const api = client(found);

    const { data: flow } = await api.GET('/api/ask', { params: { query: { q: 'flow per thread' } } });
    expect(flow).toHaveProperty('kind', 'flow');
    const { data: many } = await api.POST('/api/ask', { body: { questions: ['promises', 'flwo'] } });
    expect(many).toHaveProperty('answers.length', 2);
    const { error: unread, response: refused } = await api.GET('/api/ask', { params: { query: { q: 'flwo' } } });
    expect(refused.status).toBe(400);
    expect(unread?.code).toBe('invalid_input');
    await api.GET('/api/ask', { params: { query: { q: 'promises', format: 'csv' } }, parseAs: 'text' });
    await api.GET('/api/ask', { params: { query: { q: 'promises', format: 'xlsx' } }, parseAs: 'arrayBuffer' });

    const { data: found_ } = await api.GET('/api/customers', { params: { query: { limit: 3 } } });
    const customer = found_!.customers[0]!.customer;
    await api.GET('/api/customers/{id}', { params: { path: { id: customer } } });
    await api.GET('/api/customers/{id}/timeline', { params: { path: { id: customer }, query: { limit: 5 } } });
    const { response: nobody } = await api.GET('/api/customers/{id}', { params: { path: { id: 'nobody at all' } } });
    expect(nobody.status).toBe(404);

    await api.GET('/api/overview');
    await api.GET('/api/blueprint');
    await api.GET('/api/freshness');
    await api.GET('/api/about');
    await api.GET('/api/me');
    await api.GET('/api/values', { params: { query: { field: 'channel' } } });
    await api.GET('/api/suggest', { params: { query: { text: 'chan' } } });
    await api.GET('/api/tasks/{name}', { params: { path: { name: 'nothing' } } });
    await api.GET('/health/live');
    await api.GET('/health/ready');
    await api.GET('/metrics', { parseAs: 'text' });
    const { data: document } = await api.GET('/api/openapi.yaml', { parseAs: 'text' });
    expect(document).toContain('openapi: 3.1.0');

    const encounter = { id: 'client-1', customer, time: '2026-01-02T03:04:05Z', touchpoint: 'generated client' };
    const { data: taken } = await api.POST('/api/encounters', { body: encounter });
    expect(taken?.accepted).toBe(1);
    const { data: again } = await api.POST('/api/encounters', { body: encounter });
    expect(again?.duplicates).toBe(1);
    expect(found).toEqual([]);
});

test('an answer that has not changed is not sent again', async () => {
    const server = process.env.KOKEMUS_E2E_URL!;
    const first = await fetch(`${server}/api/blueprint`, { headers: { 'accept-encoding': 'gzip' } });
    expect(first.headers.get('content-encoding')).toBe('gzip');
    expect((await first.json()) as object).toHaveProperty('touchpoints');
    const again = await fetch(`${server}/api/blueprint`, { headers: { 'if-none-match': first.headers.get('etag')! } });
    expect(again.status).toBe(304);
    expect(await again.text()).toBe('');
});
