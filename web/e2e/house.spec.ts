import { expect, test } from '@playwright/test';
import { beginAsAdmin, looksRight, send, startWithAccounts, type Server } from './accounts';
import { settled, tabTo } from './studio';

/** Keys and the audit log, on a server of their own; the later tests read what the earlier ones did. */
test.describe.configure({ mode: 'serial' });

let server: Server;

test.beforeAll(async () => {
    server = await startWithAccounts();
});
test.afterAll(() => server.stop());

let text = '';

/** The session of the first test goes on in the later ones. */
let cookies: Awaited<ReturnType<import('@playwright/test').BrowserContext['cookies']>> = [];
test.beforeEach(async ({ context }) => context.addCookies(cookies));

test('a key is made by keyboard, shown once, and does what its snippet says', async ({ page, request }) => {
    await beginAsAdmin(page, server);
    cookies = await page.context().cookies();
    await page.goto(`${server.url}/keys`);
    await settled(page);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('No program has a key yet.');
    await looksRight(page);
    await tabTo(page, 'input[name="name"]');
    await page.keyboard.type('The tills');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: /shown only now/ })).toBeFocused();
    await looksRight(page);
    text = await page.locator('.once .secret code').innerText();
    await page.getByRole('tab', { name: 'curl' }).focus();
    const curl = await page.getByRole('tabpanel').locator('pre').innerText();
    await page.keyboard.press('ArrowRight');
    await expect(page.getByRole('tab', { name: 'Segment, server' })).toBeFocused();
    await expect(page.getByRole('tabpanel').locator('pre')).toContainText(`writeKey: '${text}'`);
    const sent = await request.post(/http\S+/.exec(curl)![0], {
        headers: { authorization: /Authorization: ([^']+)/.exec(curl)![1]!, 'content-type': 'application/json' },
        data: JSON.parse(/-d '([^']+)'/.exec(curl)![1]!),
    });
    expect(await sent.json()).toMatchObject({ accepted: 1 });
    await page.getByRole('button', { name: 'I have kept it' }).click();
    await page.reload();
    await settled(page);
    await expect(page.getByRole('listitem').filter({ hasText: 'The tills' })).toContainText('used just now');
    expect(await page.content()).not.toContain(text);
});

test('a key without a right cannot be made', async ({ page }) => {
    await page.goto(`${server.url}/keys`);
    await settled(page);
    await page.getByLabel('Send encounters').uncheck();
    await expect(page.getByRole('button', { name: 'Make the key' })).toBeDisabled();
});

test('a key is revoked after a second word, and opens nothing then', async ({ page, request }) => {
    await page.goto(`${server.url}/keys`);
    await settled(page);
    const row = page.getByRole('listitem').filter({ hasText: 'The tills' });
    await row.getByRole('button', { name: 'Revoke The tills' }).click();
    await looksRight(page);
    await row.getByRole('button', { name: 'Keep it' }).click();
    await expect(row.getByRole('button', { name: 'Revoke The tills' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(row.getByRole('button', { name: 'Revoke it' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('No key opens anything any more.');
    await page.getByRole('button', { name: 'And 1 key that is over' }).click();
    await expect(row).toContainText('revoked');
    await looksRight(page);
    expect((await request.post(`${server.url}/api/encounters`, { headers: { authorization: `Bearer ${text}` }, data: {} })).status()).toBe(401);
});

test('the audit log tells it by name, is narrowed, and shows its chain', async ({ page }) => {
    for (let i = 0; i < 103; i += 1) {
        await send(page, server, '/api/users', { email: `p${i}@example.com`, name: `Person ${i}`, role: 'viewer' });
    }
    await page.goto(`${server.url}/audit`);
    await settled(page);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^All 10\d entries of the audit log are as they were written\.$/);
    const rows = page.locator('.audit-rows li');
    await expect(rows).toHaveCount(100);
    await page.getByRole('button', { name: 'Show 100 earlier' }).click();
    await expect(rows.filter({ hasText: 'Anna made the first account' })).toHaveCount(1);
    await expect(rows.last()).toContainText('brought version 1 of the blueprint into force');
    const numbers = await rows.locator('.number').allInnerTexts();
    expect(numbers.map(Number)).toEqual(Array.from({ length: numbers.length }, (_, i) => numbers.length - i));
    await page.getByRole('combobox', { name: 'what' }).selectOption('keys');
    await expect(rows).toHaveCount(2);
    await expect(rows.first()).toContainText('Anna revoked the key \u201cThe tills\u201d');
    await expect(page).toHaveURL(/what=key\./);
    await looksRight(page);
    await page.getByRole('combobox', { name: 'who' }).selectOption('Person 7');
    await expect(page.getByText('No entry is like that.')).toBeVisible();
    await page.getByRole('button', { name: 'Show everything' }).click();
    await expect(rows.first()).toContainText('Person 102');
    await page.getByRole('combobox', { name: 'when' }).selectOption('last 24 hours');
    await expect(rows).toHaveCount(100);
});

test('when the server does not answer, that is said and the page lives on', async ({ page }) => {
    await page.route('**/api/keys*', (route) => route.fulfill({ status: 503, contentType: 'application/problem+json', json: { type: 'about:blank', title: 'Not now', status: 503, detail: 'The disk is being looked at.', code: 'invalid_input' } }));
    await page.goto(`${server.url}/keys`);
    await expect(page.getByRole('alert')).toContainText('The disk is being looked at.');
    await expect(page.getByRole('button', { name: 'Make the key' })).toBeVisible();
    await page.unroute('**/api/keys*');
    await page.getByRole('button', { name: 'Retry' }).click();
    await expect(page.getByRole('button', { name: /over$/ })).toBeVisible();
});
