import { expect, test } from '@playwright/test';
import { beginAsAdmin, looksRight, startWithAccounts, type Server } from './accounts';
import { settled } from './studio';

/** The blueprint is changed as text on a server of its own; the later tests read what the earlier ones did. */
test.describe.configure({ mode: 'serial' });

let server: Server;
let cookies: Awaited<ReturnType<import('@playwright/test').BrowserContext['cookies']>> = [];

test.beforeAll(async () => {
    server = await startWithAccounts();
});
test.afterAll(() => server.stop());
test.beforeEach(async ({ context }) => context.addCookies(cookies));

test('faults are shown where they stand while it is written, then the difference, and it is brought into force', async ({ page }) => {
    await beginAsAdmin(page, server);
    cookies = await page.context().cookies();
    const before = (await (await page.request.get(`${server.url}/api/blueprint`)).json()) as { version: number; journeys: { name: string }[] };
    await page.goto(`${server.url}/blueprint`);
    await settled(page);
    await page.getByRole('link', { name: 'Change it' }).click();
    await settled(page);
    const text = page.getByRole('textbox', { name: 'The blueprint as TOML' });
    const begun = await text.inputValue();
    expect(begun).toContain('[journey.');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('This is what is in force; nothing would change.');
    await expect(page.getByRole('button', { name: 'Save' })).toBeDisabled();
    await looksRight(page);

    await text.fill(`${begun}\n[promise.broken]\nmade = ["no such touchpoint"]\n`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(/faults? keeps? this from being used\.$/);
    await page.getByRole('region', { name: 'Faults' }).getByRole('button').first().click();
    await expect(text).toBeFocused();
    expect(await text.evaluate((field: HTMLTextAreaElement) => field.value.slice(field.selectionStart, field.selectionEnd))).not.toBe('');
    await looksRight(page);

    await text.fill(`${begun}\n[touchpoint."Fax sent"]\nowner = "Sales"\n`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(/would change\.$/);
    await expect(page.getByRole('region', { name: 'What would change' })).toContainText('Fax sent');
    await looksRight(page);
    await page.getByLabel('Why').fill('Somebody still sends faxes');
    await page.keyboard.press('Enter');
    await settled(page);
    await expect(page).toHaveURL(/\/blueprint\/versions$/);
    await expect(page.getByRole('listitem').first()).toContainText('Somebody still sends faxes');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Version ${before.version + 1} is in force.`);
    await looksRight(page);
    const after = (await (await page.request.get(`${server.url}/api/blueprint`)).json()) as { touchpoints: { name: string }[] };
    expect(after.touchpoints.map(({ name }) => name)).toContain('Fax sent');
});

test('an earlier version is read, and going back shows what it would change', async ({ page }) => {
    await page.goto(`${server.url}/blueprint/versions`);
    await settled(page);
    await page.getByRole('link', { name: 'Version 1', exact: true }).click();
    await settled(page);
    await expect(page.locator('.toml-text')).toContainText('[journey.');
    await looksRight(page);
    await page.getByRole('link', { name: 'See what going back would change' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('One thing would change.');
    await expect(page.getByRole('region', { name: 'What would change' })).toContainText('Fax sent');
});

test('who changed it meanwhile is not overwritten', async ({ page, context }) => {
    await page.goto(`${server.url}/blueprint/change`);
    await settled(page);
    const text = page.getByRole('textbox', { name: 'The blueprint as TOML' });
    await text.fill(`${await text.inputValue()}\n[touchpoint."Telex sent"]\n`);
    await expect(page.getByRole('region', { name: 'What would change' })).toContainText('Telex sent');
    const other = await context.newPage();
    await other.goto(`${server.url}/blueprint/change`);
    const theirs = other.getByRole('textbox', { name: 'The blueprint as TOML' });
    await theirs.fill(`${await theirs.inputValue()}\n[touchpoint."Telegram sent"]\n`);
    await expect(other.getByRole('region', { name: 'What would change' })).toContainText('Telegram sent');
    await other.getByRole('button', { name: 'Save' }).click();
    await expect(other).toHaveURL(/versions$/);
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('alert')).toContainText('412');
    await expect(text).toHaveValue(/Telex sent/);
});
