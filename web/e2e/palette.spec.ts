import { axe, expect, settled, test } from './studio';

test('finds a page, a touchpoint, a customer and a filter by keyboard, and gives the focus back', async ({ page, studio }) => {
    await page.goto(studio);
    await settled(page);
    const find = page.getByRole('combobox', { name: 'Find or do' });
    const options = page.getByRole('listbox', { name: 'What is meant' }).getByRole('option');
    await page.getByRole('link', { name: 'Journeys' }).first().focus();
    await page.keyboard.press('Control+k');
    await expect(find).toBeFocused();
    await expect(options.first()).toHaveAttribute('aria-selected', 'true');
    for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        expect(await axe(page, 'dialog.palette'), colorScheme).toEqual([]);
    }
    await page.keyboard.press('Escape');
    await expect(find).toHaveCount(0);
    await expect(page.getByRole('link', { name: 'Journeys' }).first()).toBeFocused();

    await page.keyboard.press('Control+k');
    await page.keyboard.type('bluep');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/blueprint$/);

    await page.keyboard.press('Control+k');
    await page.keyboard.type('nobody ca');
    await expect(options.first()).toContainText('Nobody came');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(`${studio}/?where=touchpoint+%3D+%27Nobody+came%27`.replaceAll('+', '%20').replaceAll('%27', "'"));
    await settled(page);

    const { customers } = (await (await page.request.get(`${studio}/api/customers?limit=1`)).json()) as { customers: { customer: string }[] };
    await page.keyboard.press('Control+k');
    await page.keyboard.type(customers[0]!.customer);
    await expect(options.filter({ hasText: customers[0]!.customer }).first()).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(new RegExp(`/customers/${encodeURIComponent(customers[0]!.customer)}$`));

    await page.keyboard.press('Control+k');
    await page.keyboard.type("channel = 'phone'");
    await expect(options.first()).toHaveText(/Overview where channel = 'phone'/);
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await settled(page);
    await expect(page.getByRole('combobox', { name: 'Filter' })).toHaveValue("channel = 'phone'");

    await expect.poll(() => page.evaluate(() => sessionStorage.getItem('kokemus.recent') ?? '')).toContain('phone');
    await page.keyboard.press('Control+k');
    await expect(options.filter({ hasText: "Overview: channel = 'phone'" })).toBeVisible();
    await page.keyboard.type('no such thing at all');
    await expect(page.getByText('Nothing is called \u201cno such thing at all\u201d here.')).toBeVisible();
});

test('what can be done: the other theme', async ({ page, studio }) => {
    await page.emulateMedia({ colorScheme: 'light' });
    await page.goto(studio);
    await settled(page);
    await page.getByRole('button', { name: /Find or do/ }).first().click();
    await expect(page.getByRole('combobox', { name: 'Find or do' })).toBeFocused();
    await page.keyboard.type('dark');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark');
});

test('on a phone all pages are behind More', async ({ page, studio }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(studio);
    await settled(page);
    await page.getByRole('button', { name: 'More', exact: true }).click();
    const sheet = page.getByRole('dialog', { name: 'All pages' });
    expect(await axe(page, 'dialog.more-pages')).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    await sheet.getByRole('link', { name: 'Blueprint' }).click();
    await expect(sheet).toHaveCount(0);
    await expect(page).toHaveURL(/\/blueprint$/);
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await sheet.getByRole('button', { name: 'Find or do' }).click();
    await expect(page.getByRole('combobox', { name: 'Find or do' })).toBeFocused();
    expect(await axe(page, 'dialog.palette')).toEqual([]);
});
