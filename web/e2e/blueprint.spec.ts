import { checkPage, expect, settled, test } from './studio';

checkPage('Blueprint', async (page, studio) => {
    await page.goto(`${studio}/blueprint`);
});

test('shows everything that the blueprint holds, and what of it was met', async ({ page, studio }) => {
    type Named = { name: string }[];
    const { journeys, promises, touchpoints, channels, metrics } = (await (await page.request.get(`${studio}/api/blueprint`)).json()) as
        { journeys: Named; promises: Named; touchpoints: Named; channels: Named; metrics: (Named[number] & { builtin: boolean })[] };
    await page.goto(`${studio}/blueprint`);
    await settled(page);
    await expect(page.getByRole('heading', { level: 1 })).toContainText('customers met all of them');
    await expect(page.locator('.design')).toHaveCount(journeys.length);
    await expect(page.locator('.promise-designs > li')).toHaveCount(promises.length);
    await expect(page.locator('.touchpoints tbody tr:not(.of-stage)')).toHaveCount(touchpoints.length);
    await expect(page.locator('#channels li')).toHaveCount(channels.length);
    await expect(page.locator('#metrics li')).toHaveCount(metrics.filter(({ builtin }) => !builtin).length);
});

test('leads by keyboard from a touchpoint to its episodes, with the same number', async ({ page, studio }) => {
    await page.goto(`${studio}/blueprint`);
    await settled(page);
    await page.keyboard.press('g');
    await page.keyboard.press('b');
    const row = page.locator('.touchpoints tr').filter({ hasText: 'Nobody came' });
    await row.getByRole('link', { name: /show the episodes/ }).focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('complementary')).toContainText("touches 'Nobody came'");
    await page.keyboard.press('Escape');
    await page.locator('.design').first().getByRole('link').first().click();
    await expect(page).toHaveURL(/\/journeys\//);
});

test('the parts are found from the bar, and the head of each is not under it', async ({ page, studio }) => {
    await page.goto(`${studio}/blueprint`);
    await settled(page);
    await page.getByRole('navigation', { name: 'Parts of the blueprint' }).getByRole('link', { name: 'Touchpoints' }).click();
    await expect.poll(async () => (await page.locator('#touchpoints').boundingBox())!.y).toBeGreaterThanOrEqual(48);
    expect((await page.locator('#touchpoints').boundingBox())!.y).toBeLessThan(120);
});

test('what customers met without a design is told and listed', async ({ page, studio }) => {
    await page.route('**/api/values?field=touchpoint**', async (route) => {
        const answer = (await (await route.fetch()).json()) as { values: { value: string; encounters: number }[]; distinct: number };
        answer.values.push({ value: 'Fax', encounters: 7 });
        answer.values = answer.values.filter(({ value }) => value !== 'Nobody came');
        await route.fulfill({ json: answer });
    });
    await page.goto(`${studio}/blueprint`);
    await settled(page);
    await expect(page.getByRole('heading', { level: 1 })).toContainText('one of them was never met, and one that is not designed');
    await expect(page.locator('.undesigned')).toContainText('Fax');
    await expect(page.locator('.touchpoints tr').filter({ hasText: 'Nobody came' })).toContainText('never');
});
