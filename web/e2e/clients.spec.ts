import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { Analytics } from '@segment/analytics-node';
import RudderAnalytics from '@rudderstack/rudder-sdk-node';
import { Webhook } from 'standardwebhooks';
import { openShop, useLibrary } from './shop';
import { startServer } from './start.mjs';

/** The clients of others, unmodified: only the address is ours. */

const writeKey = 'abc123';
const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const blueprint = `[webhook.desk]
secret = "clients-test"
customer = "/from"
touchpoint = "/kind"
`;
type Started = { url: string; stop: () => Promise<void> };
type Encounter = { id: string; touchpoint: string; channel?: string; thread?: string; value?: number; time: string; sent_as?: string };
let server: Started;
let folder: string;

test.beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kokemus-clients-'));
    await writeFile(join(folder, 'blueprint.toml'), blueprint);
    process.env.KOKEMUS_SECRET_CLIENTS_TEST = secret;
    server = await startServer({
        args: ['--blueprint', join(folder, 'blueprint.toml'), 'serve', '--open', '--write-key', writeKey, '--port', '0'],
        url: process.env.KOKEMUS_CLIENTS_URL,
    });
});
test.afterAll(async () => {
    await server.stop();
    await rm(folder, { recursive: true });
});

async function timeline(customer: string): Promise<Encounter[]> {
    const answer = await fetch(`${server.url}/api/customers/${encodeURIComponent(customer)}/timeline`);
    return answer.ok ? ((await answer.json()) as { encounters: Encounter[] }).encounters : [];
}

async function traits(customer: string): Promise<Record<string, string>> {
    const answer = await fetch(`${server.url}/api/customers/${encodeURIComponent(customer)}`);
    return answer.ok ? ((await answer.json()) as { traits: Record<string, string> }).traits : {};
}

/** Every two names of the customer that something ties together, and by what. */
async function linked(customer: string): Promise<string[]> {
    const answer = await fetch(`${server.url}/api/customers/${encodeURIComponent(customer)}/joins`);
    const { links } = (await answer.json()) as { links: { name: string; other: string; evidence: string[] }[] };
    return links.map(({ name, other, evidence }) => `${name} ${other} ${evidence.join()}`);
}

/** What a Node library sends is on the disk before it says that it is done. */
test('Segment for Node', async () => {
    const faults: unknown[] = [];
    const analytics = new Analytics({ writeKey, host: server.url, maxRetries: 0 });
    analytics.on('error', (fault) => faults.push(fault));
    const at = new Date('2026-01-02T03:04:05Z');
    analytics.identify({ userId: 'segment-anna', anonymousId: 'segment-cookie', traits: { email: 'anna@example.com', address: { city: 'Turku' } } });
    analytics.track({ userId: 'segment-anna', event: 'Order Completed', messageId: 'segment-order', timestamp: at, properties: { order_id: '50314', revenue: 25 } });
    analytics.track({ userId: 'segment-anna', event: 'Order Completed', messageId: 'segment-order', timestamp: at, properties: { order_id: '50314', revenue: 25 } });
    analytics.page({ userId: 'segment-anna', name: 'Home', timestamp: at });
    analytics.screen({ userId: 'segment-anna', name: 'Basket', timestamp: at });
    analytics.group({ userId: 'segment-anna', groupId: 'acme', traits: { name: 'Acme' } });
    analytics.alias({ userId: 'segment-anna', previousId: 'segment-old' });
    await analytics.closeAndFlush();
    expect(faults).toEqual([]);
    const lived = await timeline('segment-anna');
    expect(lived.map((one) => one.touchpoint).sort()).toEqual(['Basket', 'Home', 'order placed']);
    const order = lived.find((one) => one.touchpoint === 'order placed')!;
    expect(order).toMatchObject({ id: 'segment-order', thread: '50314', value: 25 });
    // The clocks of both sides are one: the time moves by no more than the way took.
    expect(Math.abs(Date.parse(order.time) - at.getTime())).toBeLessThan(10_000);
    expect(await traits('segment-anna')).toMatchObject({ email: 'anna@example.com', 'address.city': 'Turku', account: 'acme' });
    expect(await linked('segment-cookie')).toEqual(['segment-cookie segment-anna same_message', 'segment-old segment-anna alias']);
    expect(await linked('segment-old')).toEqual(await linked('segment-anna'));
    expect(await traits('acme')).toEqual({ name: 'Acme' });
});

test('Segment for Node hears that its key is wrong', async () => {
    const faults: unknown[] = [];
    const analytics = new Analytics({ writeKey: 'wrong', host: server.url, maxRetries: 0 });
    analytics.on('error', (fault) => faults.push(fault));
    analytics.track({ userId: 'segment-nobody', event: 'x' });
    await analytics.closeAndFlush();
    expect(faults.length).toBe(1);
    expect(await timeline('segment-nobody')).toEqual([]);
});

test('RudderStack for Node', async () => {
    const analytics = new RudderAnalytics(writeKey, { dataPlaneUrl: server.url, flushAt: 3, maxInternalQueueSize: 100 });
    const sent = (message: object, how: (message: never, done: (fault?: Error) => void) => unknown) =>
        new Promise<void>((resolve, reject) => { how.call(analytics, message as never, (fault) => (fault ? reject(fault) : resolve())); });
    await Promise.all([
        sent({ userId: 'rudder-bert', traits: { plan: 'gold' } }, analytics.identify as never),
        sent({ userId: 'rudder-bert', event: 'Live Chat Conversation Started', properties: { conversation_id: 'c7', agent_id: 'a1' } }, analytics.track as never),
        sent({ userId: 'rudder-bert', name: 'Help' }, analytics.page as never),
    ]);
    const lived = await timeline('rudder-bert');
    expect(lived.map((one) => one.touchpoint).sort()).toEqual(['Help', 'chat started']);
    expect(lived.find((one) => one.touchpoint === 'chat started')).toMatchObject({ channel: 'chat', thread: 'c7', employee: 'a1' });
    expect(await traits('rudder-bert')).toMatchObject({ plan: 'gold' });
});

test('Segment in the browser, from a page of another origin', async ({ page }) => {
    const shop = await openShop();
    try {
        const asked: string[] = [];
        page.on('request', (request) => asked.push(new URL(request.url()).origin));
        await page.goto(`${shop.origin}/sofas`);
        const cookie = await useLibrary(page, server.url, writeKey, 'browser-cleo');
        // What they did before they said who they are is theirs, too.
        const lived = async () => (await timeline('browser-cleo')).map((one) => `${one.touchpoint} as ${one.sent_as === cookie ? 'cookie' : one.sent_as}`).sort();
        await expect.poll(lived).toEqual(['order placed as browser-cleo', 'page viewed as cookie', 'product added as cookie']);
        expect((await timeline(cookie)).find((one) => one.touchpoint === 'order placed')).toMatchObject({ channel: 'web', thread: 'o9', value: 12.5 });
        await expect.poll(() => traits('browser-cleo')).toMatchObject({ plan: 'silver' });
        expect(await linked(cookie)).toEqual([`${cookie} browser-cleo same_message`]);
        expect([...new Set(asked)].sort()).toEqual([shop.origin, server.url].sort());
    } finally {
        shop.close();
    }
});

test('a webhook signed by the package of Standard Webhooks', async () => {
    const body = JSON.stringify({ kind: 'ticket opened', from: 'webhook-dora' });
    const send = async (id: string, signer: string, sent = body) => {
        const now = new Date();
        const answer = await fetch(`${server.url}/api/webhooks/desk`, {
            method: 'POST',
            headers: {
                'content-type': 'application/json', 'webhook-id': id, 'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
                'webhook-signature': new Webhook(signer).sign(id, now, body),
            },
            body: sent,
        });
        return answer.status;
    };
    expect(await send('msg_1', secret)).toBe(200);
    expect(await send('msg_1', secret)).toBe(200);
    expect(await send('msg_2', 'whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA')).toBe(404);
    expect(await send('msg_3', secret, body.replace('dora', 'eve'))).toBe(404);
    expect((await timeline('webhook-dora')).map((one) => one.touchpoint)).toEqual(['ticket opened']);
});
