import { createHmac } from 'node:crypto';
import { expect, test, type Page } from '@playwright/test';
import { startServer } from './start.mjs';
import { axe, settled } from './studio';

/** These tests have a server of their own, with accounts; they go through its first day one after another. */
test.describe.configure({ mode: 'serial' });

const password = 'correct horse battery staple';
let server: Awaited<ReturnType<typeof startServer>>;

test.beforeAll(async () => {
    server = await startServer({ args: ['serve', '--demo', '--customers', '200', '--port', '0'] });
});
test.afterAll(() => server.stop());

const linkOf = async () => {
    const find = () => /http\S+\/set-up#\S+/.exec(server.said())?.[0] ?? '';
    await expect.poll(find).not.toBe('');
    return find();
};

async function signIn(page: Page, email: string): Promise<void> {
    await page.goto(server.url);
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
}

/** Asks the API as the page does, with the session's cookie and token. */
async function send<T>(page: Page, path: string, body: unknown): Promise<T> {
    const { token } = (await (await page.request.get(`${server.url}/api/me`)).json()) as { token: string };
    const answer = await page.request.post(server.url + path, { data: body, headers: { 'x-kokemus-token': token } });
    expect(answer.ok(), await answer.text()).toBe(true);
    return (await answer.json()) as T;
}

/** The code that an authenticator app shows at that time (RFC 6238). */
function codeOf(secret: string, seconds: number): string {
    const bits = [...secret].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('');
    const key = Buffer.from(bits.match(/.{8}/g)!.map((byte) => parseInt(byte, 2)));
    const step = Buffer.alloc(8);
    step.writeBigUInt64BE(BigInt(Math.floor(seconds / 30)));
    const mac = createHmac('sha1', key).update(step).digest();
    const offset = mac[19]! & 15;
    return ((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).toString().padStart(6, '0');
}

async function looksRight(page: Page): Promise<void> {
    for (const colorScheme of ['light', 'dark'] as const) {
        for (const width of [1440, 390]) {
            await page.setViewportSize({ width, height: 844 });
            await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
            expect(await axe(page), `${colorScheme}, ${width} wide`).toEqual([]);
            expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 'sideways scroll').toBeLessThanOrEqual(0);
        }
    }
    await page.setViewportSize({ width: 1440, height: 900 });
}

test('the first start says where its link is, and shows nothing else', async ({ page }) => {
    await page.goto(server.url);
    await expect(page.getByRole('heading', { name: 'Nobody has an account here yet' })).toBeVisible();
    await looksRight(page);
    expect((await page.request.get(`${server.url}/api/overview`)).status()).toBe(401);
});

test('the link makes the first account, by keyboard alone, and opens the studio', async ({ page }) => {
    await page.goto(await linkOf());
    await expect(page.getByLabel('Code')).toHaveValue(/^[A-Z2-7-]+$/);
    await looksRight(page);
    await expect(page.getByLabel('Your name')).toBeFocused();
    await page.keyboard.type('Anna');
    await page.keyboard.press('Tab');
    await page.keyboard.type('anna@example.com');
    await page.keyboard.press('Tab');
    await page.keyboard.type('123456789012');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('alert')).toBeVisible();
    await page.getByLabel('Password').fill(password);
    await page.keyboard.press('Enter');
    await settled(page);
    await expect(page).toHaveURL(`${server.url}/`);
    await expect(page.getByText('Anna', { exact: true }).first()).toBeVisible();
    const cookie = (await page.context().cookies()).find(({ name }) => name === 'kokemus');
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax' });
    await page.getByRole('button', { name: 'Sign out' }).first().click();
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
    expect((await page.request.get(`${server.url}/api/overview`)).status()).toBe(401);
});

test('a wrong password is refused in words, the right one opens the page that was asked for', async ({ page }) => {
    await page.goto(`${server.url}/customers`);
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
    await looksRight(page);
    await page.getByLabel('E-mail').fill('anna@example.com');
    await page.getByLabel('Password').fill('not the password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByRole('alert')).toContainText('it is not said which of them is wrong');
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await settled(page);
    await expect(page).toHaveURL(/\/customers$/);
});

test('what a role does not see is said in words', async ({ page, browser }) => {
    await signIn(page, 'anna@example.com');
    await settled(page);
    const add = (role: string) => send<{ code: string }>(page, '/api/users', { email: `${role}@example.com`, name: `The ${role}`, role });
    for (const { role, refused, elsewhere } of [
        { role: 'viewer', refused: '/customers', elsewhere: 'Go to Overview' },
        { role: 'agent', refused: '/', elsewhere: 'Go to Customers' },
    ]) {
        const { code } = await add(role);
        const theirs = await (await browser.newContext()).newPage();
        await theirs.goto(`${server.url}/invitation#${code}`);
        await theirs.getByLabel('Password').fill(password);
        await theirs.getByRole('button', { name: 'Open my account' }).click();
        await settled(theirs);
        await theirs.goto(server.url + refused);
        await expect(theirs.getByRole('heading', { level: 1 })).toContainText(`which the role ${role} does not see`);
        await expect(theirs.locator(`.nav .item[href="${refused}"]`)).toHaveCount(0);
        expect(await axe(theirs)).toEqual([]);
        await theirs.getByRole('link', { name: elsewhere }).click();
        await settled(theirs);
        await expect(theirs.getByRole('alert')).toHaveCount(0);
        await theirs.context().close();
    }
});

test('an admin gives an account, shuts somebody out and lets them in again', async ({ page, browser }) => {
    await signIn(page, 'anna@example.com');
    await settled(page);
    await page.locator('.nav .item[href="/people"]').click();
    await settled(page);
    await looksRight(page);
    await page.getByLabel('Name', { exact: true }).fill('Bert');
    await page.getByLabel('E-mail').fill('bert@example.com');
    await page.getByLabel('Role').selectOption('manager');
    await page.getByLabel('Departments').fill('Field service, Billing');
    await page.getByRole('button', { name: 'Give an account' }).click();
    const link = await page.locator('.invited .code').innerText();
    const row = page.getByRole('row').filter({ hasText: 'bert@example.com' });
    await expect(row).toContainText('Billing, Field service');
    await expect(row).toContainText('invited');
    const theirs = await (await browser.newContext()).newPage();
    await theirs.goto(link);
    await theirs.getByLabel('Password').fill(password);
    await theirs.getByRole('button', { name: 'Open my account' }).click();
    await settled(theirs);
    await page.getByRole('button', { name: 'Shut out: Bert' }).click();
    await expect(row).toContainText('shut out');
    await theirs.reload();
    await expect(theirs.getByRole('heading', { name: 'Sign in' })).toBeVisible();
    await page.getByRole('button', { name: 'Let in again: Bert' }).click();
    await expect(row).toContainText('password');
    await page.getByLabel('Name', { exact: true }).fill('Bert again');
    await page.getByLabel('E-mail').fill('bert@example.com');
    await page.getByRole('button', { name: 'Give an account' }).click();
    await expect(page.getByRole('alert')).toBeVisible();
    expect(await axe(page)).toEqual([]);
    await theirs.context().close();
});

test('a second factor is asked for', async ({ page }) => {
    await signIn(page, 'anna@example.com');
    await settled(page);
    const { secret } = await send<{ secret: string }>(page, '/api/me/factor', { password });
    const now = Date.now() / 1000;
    await send(page, '/api/me/factor/confirmation', { code: codeOf(secret, now) });
    await page.getByRole('button', { name: 'Sign out' }).first().click();
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
    await signIn(page, 'anna@example.com');
    await expect(page.getByLabel('Code')).toBeFocused();
    await looksRight(page);
    await page.getByLabel('Code').fill('000000');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByRole('alert')).toBeVisible();
    // the present code was used up by confirming; the next one is taken too
    await page.getByLabel('Code').fill(codeOf(secret, now + 30));
    await page.getByRole('button', { name: 'Sign in' }).click();
    await settled(page);
});

test('a session that has ended leads back to the way in', async ({ page }) => {
    await signIn(page, 'viewer@example.com');
    await settled(page);
    await page.context().clearCookies();
    await page.getByRole('combobox', { name: 'period' }).selectOption('4w');
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
});
