import { expect, test } from '@playwright/test';
import { beginAsAdmin, send, startWithAccounts, type Server } from './accounts';
import { openShop, useLibrary, type Shop } from './shop';

/** An API key is for the pages that it names: seen in a browser, with the library as its maker ships it. */

let server: Server;
let ours: Shop;
let other: Shop;

test.beforeAll(async () => {
    [server, ours, other] = await Promise.all([startWithAccounts(), openShop(), openShop()]);
});
test.afterAll(async () => {
    ours.close();
    other.close();
    await server.stop();
});

interface Made { text: string }

test('pages of the origins that a key names may send, others are refused with words', async ({ page, browser }) => {
    await beginAsAdmin(page, server);
    const expires = new Date(Date.now() + 86_400_000).toISOString();
    const make = (name: string, origins: string[]) => send<Made>(page, server, '/api/keys', { name, origins, rights: ['send-encounters'], expires });
    const { text: key } = await make('the shop', [ours.origin]);
    const { text: ofServers } = await make('the till', []);
    const touchpoints = async (customer: string) => {
        const answer = await page.request.get(`${server.url}/api/customers/${customer}/timeline`);
        return answer.ok() ? ((await answer.json()) as { encounters: { touchpoint: string }[] }).encounters.map((one) => one.touchpoint).sort() : [];
    };

    const shopper = await browser.newPage();
    await shopper.goto(`${ours.origin}/sofas`);
    await useLibrary(shopper, server.url, key, 'origins-dora');
    await expect.poll(() => touchpoints('origins-dora')).toEqual(['order placed', 'page viewed', 'product added']);

    const wanderer = await browser.newPage();
    const failed: string[] = [];
    wanderer.on('requestfailed', (request) => failed.push(new URL(request.url()).pathname));
    await wanderer.goto(`${other.origin}/sofas`);
    const sent = await wanderer.evaluate(async ([url, writeKey]) => {
        const body = JSON.stringify({ writeKey, userId: 'origins-eve', event: 'Order Completed' });
        return fetch(`${url}/v1/t`, { method: 'POST', headers: { 'content-type': 'text/plain' }, body }).then(() => 'read', () => 'not read');
    }, [server.url, key] as const);
    expect(sent).toBe('not read');
    expect(failed).toEqual(['/v1/t']);
    expect(await touchpoints('origins-eve')).toEqual([]);

    const post = (writeKey: string, origin?: string) => fetch(`${server.url}/v1/track`, {
        method: 'POST', headers: { 'content-type': 'application/json', ...(origin ? { origin } : {}) }, body: JSON.stringify({ writeKey, userId: 'origins-fred', event: 'x' }),
    });
    const refused = await post(key, other.origin);
    expect(refused.status).toBe(403);
    expect(((await refused.json()) as { detail: string }).detail).toContain('name their origin with the key');
    expect((await post(ofServers, ours.origin)).status).toBe(403);
    expect((await post(ofServers)).status).toBe(200);
    const asked = (origin: string) => fetch(`${server.url}/v1/track`, { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST' } });
    expect((await asked(ours.origin)).headers.get('access-control-allow-origin')).toBe(ours.origin);
    expect((await asked(other.origin)).status).toBe(403);
});
