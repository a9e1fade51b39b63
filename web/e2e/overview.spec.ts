import { checkPage, expect, settled, tabTo, test } from './studio';

checkPage('Overview', async (page, studio) => {
    await page.goto(studio);
});

test('opens with a sentence, and shows what makes it true', async ({ page, studio }) => {
    await page.goto(studio);
    await settled(page);
    await expect(page).toHaveTitle('Overview · Kokemus');
    const sentence = await page.getByRole('heading', { level: 1 }).innerText();
    expect(sentence).toMatch(/^[A-Z].{15,}\.$/s);
    const server = await page.request.get(`${studio}/api/overview`);
    expect(server.ok()).toBe(true);
    await expect(page.getByText('every episode counted, none sampled')).toBeVisible();
    for (const name of ['Designed and lived', 'Promises kept, week by week', 'Where it hurts most', 'Promises, from made to due', 'Metrics']) {
        await expect(page.getByRole('heading', { name })).toBeVisible();
    }
});

test('shows the numbers of the server, no others', async ({ page, studio }) => {
    await page.goto(`${studio}/?period=all`);
    await settled(page);
    const answer = (await (await page.request.get(`${studio}/api/overview`)).json()) as {
        journeys: { journey: string; experience: { estimate: number | null } }[]; finding: { text: string };
    };
    const rows = page.getByRole('table').getByRole('row');
    await expect(rows).toHaveCount(answer.journeys.length + 1);
    for (const [i, { journey, experience }] of answer.journeys.entries()) {
        const row = rows.nth(i + 1);
        await expect(row.getByRole('rowheader')).toContainText(new RegExp(journey.replace(/[^\w ]/g, '.'), 'i'));
        if (experience.estimate !== null) {
            const label = await row.getByRole('img').first().getAttribute('aria-label');
            expect(label?.replace('\u2212', '-').replace('+', '')).toContain(String(Math.abs(experience.estimate).toFixed(1)));
        }
    }
});

test('every journey opens the exact episodes behind its number, and Esc gives the focus back', async ({ page, studio }) => {
    await page.goto(studio);
    await settled(page);
    const number = page.getByRole('table').locator('a.opens').first();
    const shown = Number((await number.innerText()).replace(/\D/g, ''));
    await number.focus();
    await page.keyboard.press('Enter');
    const drawer = page.getByRole('complementary', { name: /episodes/ });
    await expect(drawer).toBeVisible();
    await expect(page).toHaveURL(/drill=episodes/);
    const total = await drawer.locator('dd').first().innerText();
    expect(Number(total.replace(/\D/g, ''))).toBe(shown);
    await expect(drawer.locator('.episodes li').first()).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(drawer).toHaveCount(0);
    await expect(number).toBeFocused();
});

test('a kept promise opens the episodes that kept it', async ({ page, studio }) => {
    await page.goto(studio);
    await settled(page);
    await page.locator('.prow .rate a').first().click();
    const drawer = page.getByRole('complementary');
    await expect(drawer.locator('.episodes li').first()).toBeVisible();
    await expect(drawer.getByText(/Counted exactly/)).toBeVisible();
});

test('the question is the address: period and filter survive a reload', async ({ page, studio }) => {
    await page.goto(studio);
    await settled(page);
    await page.getByRole('combobox', { name: 'period' }).selectOption('52w');
    await expect(page).toHaveURL(/period=52w/);
    await page.keyboard.press('/');
    const filter = page.getByRole('combobox', { name: 'Filter' });
    await expect(filter).toBeFocused();
    await filter.fill("channel = 'phone'");
    await filter.press('Enter');
    await expect(page).toHaveURL(/where=channel/);
    await settled(page);
    await page.reload();
    await settled(page);
    await expect(filter).toHaveValue("channel = 'phone'");
    await expect(page.getByRole('combobox', { name: 'period' })).toHaveValue('52w');
});

test('a filter that cannot be read is underlined where it stops, with words', async ({ page, studio }) => {
    await page.goto(`${studio}/?where=${encodeURIComponent("chanel = 'phone'")}`);
    await expect(page.getByRole('alert').filter({ hasText: 'channel' }).first()).toBeVisible();
    await expect(page.locator('.underline u')).toHaveText('chanel');
    await expect(page.getByRole('combobox', { name: 'Filter' })).toHaveAttribute('aria-invalid', 'true');
});

test('suggests what may be written next', async ({ page, studio }) => {
    await page.goto(studio);
    await settled(page);
    const filter = page.getByRole('combobox', { name: 'Filter' });
    await filter.click();
    await filter.pressSequentially('chan');
    await expect(page.getByRole('listbox', { name: 'Suggestions' }).getByRole('option').first()).toBeVisible();
    await filter.press('ArrowDown');
    await filter.press('Enter');
    await expect(filter).toHaveValue(/^channel /);
});

test('a filter that leaves nothing says so in words', async ({ page, studio }) => {
    await page.goto(`${studio}/?where=${encodeURIComponent("channel = 'carrier pigeon'")}`);
    await settled(page);
    await expect(page.getByRole('heading', { level: 1 })).toContainText('No encounter');
    await page.getByRole('link', { name: 'Show the whole time without a filter' }).click();
    await settled(page);
    await expect(page.getByRole('heading', { name: 'Designed and lived' })).toBeVisible();
});

test('walks by keyboard alone: skip link, navigation, keys, theme', async ({ page, studio }) => {
    await page.goto(studio);
    await settled(page);
    await page.keyboard.press('Tab');
    await expect(page.getByText('Skip to the answer')).toBeFocused();
    await tabTo(page, '.nav .item[href="/customers"]');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/customers$/);
    await page.keyboard.press('g');
    await page.keyboard.press('o');
    await expect(page).toHaveURL(/\/$/);
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    const before = await page.evaluate(() => document.documentElement.dataset.theme);
    await page.getByRole('button', { name: /theme$/ }).press('Enter');
    expect(await page.evaluate(() => document.documentElement.dataset.theme)).not.toBe(before);
});

test('walks through the weeks with the arrow keys', async ({ page, studio }) => {
    await page.goto(`${studio}/?period=26w`);
    await settled(page);
    const weeks = page.getByRole('group', { name: 'Promises kept, all promises, period by period' });
    await weeks.locator('a[tabindex="0"]').focus();
    await page.keyboard.press('ArrowLeft');
    await expect(weeks.locator('.walk-words')).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/drill=/);
});

test('a server that stops answering is said, and the page lives on', async ({ page, studio }) => {
    await page.goto(studio);
    await settled(page);
    await page.route('**/api/overview**', (route) => route.fulfill({
        status: 503, contentType: 'application/problem+json',
        body: JSON.stringify({ type: 'about:blank', title: 'Too many questions at once', status: 503, detail: 'Try again in a second.', code: 'unavailable' }),
    }));
    await page.getByRole('combobox', { name: 'period' }).selectOption('4w');
    await expect(page.getByText('Try again in a second.')).toBeVisible();
    await page.unroute('**/api/overview**');
    await page.getByRole('button', { name: 'Retry' }).click();
    await settled(page);
    await expect(page.getByRole('alert')).toHaveCount(0);
});
