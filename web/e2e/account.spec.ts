import { expect, test } from '@playwright/test';
import { codeOf, looksRight, password, send, setUpLink, signIn, signOut, startWithAccounts, type Server } from './accounts';
import { axe, settled } from './studio';

/** These tests have a server of their own, with accounts; they go through its first day one after another. */
test.describe.configure({ mode: 'serial' });

let server: Server;

test.beforeAll(async () => {
    server = await startWithAccounts();
});
test.afterAll(() => server.stop());

test('the first start says where its link is, and shows nothing else', async ({ page }) => {
    await page.goto(server.url);
    await expect(page.getByRole('heading', { name: 'Nobody has an account here yet' })).toBeVisible();
    await looksRight(page);
    expect((await page.request.get(`${server.url}/api/overview`)).status()).toBe(401);
});

test('the link makes the first account, by keyboard alone, and opens the studio', async ({ page }) => {
    await page.goto(await setUpLink(server));
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
    await expect(page.getByRole('link', { name: /^Anna/ }).first()).toBeVisible();
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
    await signIn(page, server, 'anna@example.com');
    await settled(page);
    const add = (role: string) => send<{ code: string }>(page, server, '/api/users', { email: `${role}@example.com`, name: `The ${role}`, role });
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
    await signIn(page, server, 'anna@example.com');
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

test('a second factor is set up on the own page by keyboard, asked for, and ended', async ({ page }) => {
    await signIn(page, server, 'anna@example.com');
    await settled(page);
    await page.getByRole('link', { name: /^Anna/ }).first().click();
    await settled(page);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('A password alone keeps your account.');
    await looksRight(page);
    const factor = page.getByRole('region', { name: 'Second factor' });
    await factor.getByLabel('Your password').fill('not the password');
    await page.keyboard.press('Enter');
    await expect(factor.getByRole('alert')).toBeVisible();
    await factor.getByLabel('Your password').fill(password);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'Scan this with an authenticator app' })).toBeFocused();
    await looksRight(page);
    const secret = (await factor.locator('.secret code').innerText()).replaceAll(' ', '');
    const now = Date.now() / 1000;
    await factor.getByLabel('Six digits that it shows now').fill('000000');
    await page.keyboard.press('Enter');
    await expect(factor.getByRole('alert')).toBeVisible();
    await factor.getByLabel('Six digits that it shows now').fill(codeOf(secret, now));
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'Write these codes on paper' })).toBeFocused();
    await expect(factor.locator('.codes li')).toHaveCount(10);
    const paper = await factor.locator('.codes li').first().innerText();
    await looksRight(page);
    await page.getByRole('button', { name: 'I have them on paper' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('A password and a second factor keep your account.');

    await signOut(page);
    await signIn(page, server, 'anna@example.com');
    await expect(page.getByLabel('Code')).toBeFocused();
    await looksRight(page);
    await page.getByLabel('Code').fill('000000');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByRole('alert')).toBeVisible();
    // the present code was used up by confirming; the next one is taken too
    await page.getByLabel('Code').fill(codeOf(secret, now + 30));
    await page.getByRole('button', { name: 'Sign in' }).click();
    await settled(page);

    await signOut(page);
    await signIn(page, server, 'anna@example.com');
    await page.getByLabel('Code').fill(paper);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await settled(page);
    await page.goto(`${server.url}/account`);
    await settled(page);
    await page.getByRole('button', { name: 'End it' }).click();
    await expect(page.getByRole('region', { name: 'Second factor' }).getByLabel('Your password')).toBeFocused();
    await looksRight(page);
    await page.keyboard.type(password);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('A password alone keeps your account.');
});

test('another password signs out everywhere else, and is the one that opens from then on', async ({ page, browser }) => {
    await signIn(page, server, 'viewer@example.com');
    await settled(page);
    const elsewhere = await (await browser.newContext()).newPage();
    await signIn(elsewhere, server, 'viewer@example.com');
    await settled(elsewhere);
    await page.goto(`${server.url}/account`);
    await settled(page);
    const own = page.getByRole('region', { name: 'Password' });
    await own.getByLabel('Present password').fill('not the password');
    await own.getByLabel('New password').fill('a quite different password');
    await own.getByRole('button', { name: 'Change the password' }).click();
    await expect(own.getByRole('alert')).toBeVisible();
    await own.getByLabel('Present password').fill(password);
    await own.getByRole('button', { name: 'Change the password' }).click();
    await expect(own.getByText('you are signed out everywhere else')).toBeVisible();
    await looksRight(page);
    await elsewhere.reload();
    await expect(elsewhere.getByRole('heading', { name: 'Sign in' })).toBeVisible();
    await elsewhere.context().close();
    // the session goes on here, with the token that came with the change
    await own.getByLabel('Present password').fill('a quite different password');
    await own.getByLabel('New password').fill(password);
    await page.keyboard.press('Enter');
    await expect(own.getByText('you are signed out everywhere else')).toBeVisible();
    await signOut(page);
    await signIn(page, server, 'viewer@example.com');
    await settled(page);
});

test('a session that has ended leads back to the way in', async ({ page }) => {
    await signIn(page, server, 'viewer@example.com');
    await settled(page);
    await page.context().clearCookies();
    // What the page asks for by itself may notice it first, and take the box away meanwhile.
    await page.getByRole('combobox', { name: 'period' }).selectOption('4w', { timeout: 5_000 }).catch(() => undefined);
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
});
