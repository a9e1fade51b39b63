import type { Page } from '@playwright/test';
import { checkPage, expect, settled, test } from './studio';

/** The customer with the most to tell among the most recent ones. */
async function somebody(page: Page, studio: string): Promise<string> {
    const { customers } = (await (await page.request.get(`${studio}/api/customers?limit=50`)).json()) as {
        customers: { customer: string; encounters: number }[];
    };
    expect(customers.length).toBeGreaterThan(0);
    return [...customers].sort((a, b) => b.encounters - a.encounters)[0]!.customer;
}

checkPage('Customers', async (page, studio) => {
    await page.goto(`${studio}/customers`);
});

checkPage('Customer', async (page, studio) => {
    await page.goto(`${studio}/customers/${encodeURIComponent(await somebody(page, studio))}`);
});

test('finds a customer and opens the timeline by keyboard', async ({ page, studio }) => {
    const id = await somebody(page, studio);
    await page.goto(`${studio}/customers`);
    await settled(page);
    await page.getByRole('searchbox', { name: 'Find a customer' }).fill(id);
    const found = page.locator(`a[href="/customers/${encodeURIComponent(id)}"]`);
    await expect(found).toBeVisible();
    await expect(page).toHaveURL(/search=/);
    await found.focus();
    await page.keyboard.press('Enter');
    await settled(page);
    await expect(page.getByRole('heading', { name: 'Timeline' })).toBeVisible();
    await page.keyboard.press('j');
    // A quiet spell may stand first; it is no row to stop at.
    await expect(page.locator('.tl > li[tabindex]').first()).toBeFocused();
});

test('the timeline holds every encounter of the customer, newest first', async ({ page, studio }) => {
    const id = await somebody(page, studio);
    const { total, encounters } = (await (await page.request.get(`${studio}/api/customers/${encodeURIComponent(id)}/timeline?limit=1000`)).json()) as {
        total: number; encounters: { touchpoint: string; time: string; text: string }[];
    };
    await page.goto(`${studio}/customers/${encodeURIComponent(id)}`);
    await settled(page);
    for (let more = page.getByRole('button', { name: /earlier$/ }); await more.count() > 0;) {
        await more.click();
    }
    for (let folded = page.locator('.tl button[data-folded]'); await folded.count() > 0;) {
        await folded.first().click();
    }
    const times = await page.locator('.tl > li:not(.ahead) time').evaluateAll((all) => all.map((t) => t.getAttribute('datetime')!));
    expect(times).toEqual([...times].sort().reverse());
    const folded = await page.locator('.tl .what .dim').allInnerTexts();
    const words = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];
    const repeats = folded.reduce((sum, text) => {
        const said = /, (\S+) times/.exec(text)?.[1] ?? 'one';
        return sum + (words.includes(said) ? words.indexOf(said) : Number(said)) - 1;
    }, 0);
    expect(times.length + repeats).toBe(total);
    for (const { text } of encounters.filter((e) => e.text !== '').slice(-3)) {
        await expect(page.locator('.voice').filter({ hasText: text }).first()).toBeVisible();
    }
});

test('hostile text is text', async ({ page, studio }) => {
    const id = await somebody(page, studio);
    const attack = '<img src=x onerror="document.title=\'owned\'"><script>document.title="owned"</script>';
    await page.route('**/api/customers/*/timeline**', async (route) => {
        const answer = (await (await route.fetch()).json()) as { encounters: { text: string; touchpoint: string; thread: string }[]; finding: { text: string } };
        for (const encounter of answer.encounters) {
            Object.assign(encounter, { text: attack, touchpoint: attack, thread: attack });
        }
        answer.finding.text = attack;
        await route.fulfill({ json: answer });
    });
    await page.goto(`${studio}/customers/${encodeURIComponent(id)}`);
    await settled(page);
    await expect(page.locator('.voice').first()).toContainText('<img src=x');
    expect(await page.locator('main img, main script').count()).toBe(0);
    expect(await page.title()).not.toBe('owned');
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
});

test('one thread alone, and back', async ({ page, studio }) => {
    const id = await somebody(page, studio);
    await page.goto(`${studio}/customers/${encodeURIComponent(id)}`);
    await settled(page);
    const thread = page.locator('.threads a').first();
    test.skip(await thread.count() === 0, 'this customer has no thread');
    await thread.click();
    await expect(page).toHaveURL(/thread=/);
    await page.getByRole('button', { name: 'Remove thread' }).click();
    await expect(page).not.toHaveURL(/thread=/);
});

test('a customer nobody knows is said in words', async ({ page, studio }) => {
    await page.goto(`${studio}/customers/nobody-by-this-name`);
    await expect(page.getByRole('alert')).toContainText(/not_found 404/);
});

test('an address without a page leads back', async ({ page, studio }) => {
    await page.goto(`${studio}/nowhere`);
    await page.getByRole('link', { name: 'Go to the Overview' }).click();
    await expect(page).toHaveURL(/\/$/);
});
