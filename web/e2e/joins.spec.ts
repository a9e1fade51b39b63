import { expect, test } from '@playwright/test';
import { beginAsAdmin, looksRight, send, startWithAccounts, type Server } from './accounts';
import { settled } from './studio';

let server: Server;

test.beforeAll(async () => {
    server = await startWithAccounts();
});
test.afterAll(() => server.stop());

test('two names are joined, the numbers follow, and it is undone', async ({ page, request }) => {
    await beginAsAdmin(page, server);
    const { text } = await send<{ text: string }>(page, server, '/api/keys', {
        name: 'The shop', rights: ['send-encounters'], expires: new Date(Date.now() + 86_400_000).toISOString(),
    });
    const at = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
    const sent = await request.post(`${server.url}/v1/batch`, {
        headers: { authorization: `Basic ${Buffer.from(`${text}:`).toString('base64')}` },
        data: {
            batch: [
                { type: 'track', userId: 'crm-1', anonymousId: 'cookie-1', event: 'Order Completed', messageId: 'j1', timestamp: at(9) },
                { type: 'identify', userId: 'crm-1', traits: { email: 'aino@example.com' }, messageId: 'j2', timestamp: at(8) },
                { type: 'identify', userId: 'shop-1', traits: { email: 'aino@example.com' }, messageId: 'j3', timestamp: at(7) },
                { type: 'track', userId: 'shop-1', event: 'Store', messageId: 'j4', timestamp: at(6) },
            ],
        },
    });
    expect(await sent.json()).toEqual({ success: true });
    const encounters = async () => ((await (await page.request.get(`${server.url}/api/customers/crm-1`)).json()) as { encounters: number }).encounters;
    await expect.poll(encounters).toBe(1);

    await page.goto(`${server.url}/customers/crm-1`);
    await settled(page);
    const one = page.getByRole('region', { name: 'Why this is one person' });
    await expect(one).toContainText('cookie-1');
    await expect(one).toContainText('both are known by aino@example.com');
    await looksRight(page);
    await one.getByRole('button', { name: /^Join/ }).focus();
    await page.keyboard.press('Enter');
    await expect(one.getByRole('status')).toContainText('crm-1 and shop-1 are joined; every number has followed.');
    expect(await encounters()).toBe(2);
    await expect(page.locator('.tl > li[tabindex]')).toHaveCount(2);
    await looksRight(page);
    await one.getByRole('status').getByRole('button', { name: 'Undo' }).click();
    await expect(one.getByRole('status')).toContainText('crm-1 and shop-1 are two customers');
    expect(await encounters()).toBe(1);

    await one.getByRole('button', { name: /^Undo.*cookie-1/ }).click();
    await expect(one.getByRole('status')).toContainText('are two customers');
    await page.goto(`${server.url}/customers`);
    await settled(page);
    await expect(page.getByRole('region', { name: 'Perhaps one person' })).toContainText('shop-1');
    await looksRight(page);
});
