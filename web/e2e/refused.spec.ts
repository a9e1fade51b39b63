import { expect, test, type Page } from '@playwright/test';
import { beginAsAdmin, looksRight, send, startWithAccounts, type Server } from './accounts';
import { settled } from './studio';

/** What was refused is seen, corrected, sent again and dropped; on a server of its own, one after another. */
test.describe.configure({ mode: 'serial' });

let server: Server;
let cookies: Awaited<ReturnType<import('@playwright/test').BrowserContext['cookies']>> = [];

test.beforeAll(async () => {
    server = await startWithAccounts();
});
test.afterAll(() => server.stop());
test.beforeEach(async ({ context }) => context.addCookies(cookies));

const rows = (page: Page) => page.locator('.refused-rows li');

test('before anything is refused, the page says so', async ({ page }) => {
    await beginAsAdmin(page, server);
    cookies = await page.context().cookies();
    await page.goto(`${server.url}/data`);
    await settled(page);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Everything that arrived was taken; nothing waits.');
    await expect(page.getByText('Nothing waits here.')).toBeVisible();
    await expect(page.locator('.arrivals li')).not.toHaveCount(0);
    await looksRight(page);
});

test('a refused item is found, corrected after a try, and is in the timeline', async ({ page, request }) => {
    const { text } = await send<{ text: string }>(page, server, '/api/keys', {
        name: 'The till', rights: ['send-encounters'], expires: new Date(Date.now() + 86_400_000).toISOString(),
    });
    const sent = await request.post(`${server.url}/api/encounters`, {
        headers: { authorization: `Bearer ${text}` },
        data: [
            { id: 'd1', customer: 'refused-anna', time: 'yesterday', touchpoint: 'Store' }, { id: 'd2', customer: 'refused-bert', time: '2026-01-02T10:00:00Z' },
            { id: 'd3', customer: 'refused-carl', time: '2026-01-02T10:00:00Z', touchpoint: 'Store' },
        ],
    });
    expect(await sent.json()).toMatchObject({ accepted: 1 });
    await page.goto(`${server.url}/data`);
    await settled(page);
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Two items were refused and wait');
    await expect(rows(page)).toHaveCount(2);
    await expect(rows(page).first()).toContainText('key \u201cThe till\u201d');
    await rows(page).filter({ hasText: 'yesterday' }).getByRole('link').focus();
    await page.keyboard.press('Enter');
    const drawer = page.getByRole('complementary');
    const what = drawer.getByLabel('What was sent');
    await expect(what).toHaveValue(/"time": "yesterday"/);
    await looksRight(page);
    await drawer.getByRole('button', { name: 'Try' }).click();
    await expect(drawer.getByRole('status').filter({ hasText: 'It would not be taken' })).toBeVisible();
    await what.fill((await what.inputValue()).replace('yesterday', '2026-01-03T10:00:00Z'));
    await drawer.getByRole('button', { name: 'Try' }).click();
    await expect(drawer.getByText('It would be taken.')).toBeVisible();
    await expect(rows(page)).toHaveCount(2);
    await drawer.getByRole('button', { name: 'Send the correction' }).click();
    await expect(rows(page)).toHaveCount(1);
    const lived = await page.request.get(`${server.url}/api/customers/refused-anna/timeline`);
    expect(await lived.json()).toMatchObject({ total: 1 });
    await page.keyboard.press('Escape');
    await expect(drawer).toHaveCount(0);
});

test('what is nothing is dropped after a second word, and can be looked up', async ({ page }) => {
    await page.goto(`${server.url}/data`);
    await settled(page);
    await rows(page).getByRole('link').click();
    const drawer = page.getByRole('complementary');
    await drawer.getByRole('button', { name: 'Drop it' }).click();
    await looksRight(page);
    await drawer.getByRole('group', { name: 'Drop it' }).getByRole('button', { name: 'Drop it' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Everything that arrived was taken; nothing waits.');
    await page.keyboard.press('Escape');
    await page.getByRole('combobox', { name: 'refused' }).selectOption('dropped');
    await expect(rows(page)).toHaveCount(1);
});

test('all of a kind are tried and sent again', async ({ page, request }) => {
    const { text } = await send<{ text: string }>(page, server, '/api/keys', {
        name: 'The page', rights: ['send-encounters'], expires: new Date(Date.now() + 86_400_000).toISOString(),
    });
    await request.post(`${server.url}/v1/batch`, {
        headers: { authorization: `Basic ${Buffer.from(`${text}:`).toString('base64')}` },
        data: { batch: [{ type: 'track', event: 'Order Completed', messageId: 'x1' }, { type: 'track', event: 'Order Completed', messageId: 'x2' }] },
    });
    await page.goto(`${server.url}/data`);
    await settled(page);
    await page.getByRole('button', { name: /^Try all/ }).click();
    await expect(page.getByRole('status').filter({ hasText: 'It would be: 0 of 2 taken; 2 refused again.' })).toBeVisible();
    await page.getByRole('button', { name: /^Send all again/ }).click();
    await expect(page.getByRole('status').filter({ hasText: /^0 of 2 taken; 2 refused again\.$/ })).toBeVisible();
    await page.getByRole('link', { name: 'no user anon id' }).click();
    await expect(page).toHaveURL(/code=no_user_anon_id/);
    await expect(rows(page)).toHaveCount(2);
    await looksRight(page);
});
