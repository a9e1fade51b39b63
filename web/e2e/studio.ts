import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test as base, type Page } from '@playwright/test';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** A page of the running server that fails the test when anything throws, or asks anybody but that server. */
export const test = base.extend<{ studio: string }>({
    studio: async ({ page }, use) => {
        const server = process.env.KOKEMUS_E2E_URL!;
        const faults: string[] = [];
        page.on('pageerror', (fault) => faults.push(fault.message));
        page.on('console', (message) => {
            const expected = /Failed to load resource: the server responded with a status of [45]\d\d/.test(message.text());
            if (message.type() === 'error' && !expected) {
                faults.push(message.text());
            }
        });
        page.on('request', (request) => {
            if (!request.url().startsWith(server) && !request.url().startsWith('data:')) {
                faults.push(`asked somebody else: ${request.url()}`);
            }
        });
        await use(server);
        expect(faults).toEqual([]);
    },
});
export { expect };

/** Waits until the page has its answers: nothing is counted any more. */
export async function settled(page: Page): Promise<void> {
    await expect(page.locator('main h1')).toBeVisible({ timeout: 45_000 });
    await expect(page.locator('.skeleton, .before, [aria-busy="true"]')).toHaveCount(0, { timeout: 45_000 });
    await page.evaluate(() => document.fonts.ready.then(() => undefined));
}

/** What axe finds on the page, or in a dialog that stands before all of it, as short lines; an empty list is what we want. */
export async function axe(page: Page, within?: string): Promise<string[]> {
    await page.evaluate(axeSource);
    return page.evaluate(async (selector) => {
        type Found = { violations: { id: string; help: string; nodes: { html: string; failureSummary?: string }[] }[] };
        const run = (window as unknown as { axe: { run: (context: Element | Document, options: object) => Promise<Found> } }).axe.run;
        const found = await run(selector ? document.querySelector(selector)! : document, { resultTypes: ['violations'] });
        return found.violations.map((v) => `${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map((n) => `${n.html.slice(0, 160)} ${n.failureSummary ?? ''}`).join(' | ')}`);
    }, within);
}

/** Both themes and both widths: axe finds nothing, nothing scrolls sideways, nothing moved after the first paint. */
export function checkPage(name: string, open: (page: Page, studio: string) => Promise<void>): void {
    for (const theme of ['light', 'dark'] as const) {
        for (const width of [1440, 390]) {
            test(`${name} is accessible and still: ${theme}, ${width} wide`, async ({ page, studio }) => {
                await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
                await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
                await watchShifts(page);
                await open(page, studio);
                await settled(page);
                expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe(theme);
                expect(await axe(page)).toEqual([]);
                expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 'sideways scroll').toBeLessThanOrEqual(0);
                expect(await page.evaluate(() => (window as unknown as { shifts: number }).shifts), 'layout shift').toBeLessThan(0.05);
            });
        }
    }
}

async function watchShifts(page: Page): Promise<void> {
    await page.addInitScript(() => {
        const store = window as unknown as { shifts: number };
        store.shifts = 0;
        new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) {
                store.shifts += (entry as unknown as { value: number }).value;
            }
        }).observe({ type: 'layout-shift', buffered: true });
    });
}

/** Presses Tab until something matching has the focus; fails after `most` stops. */
export async function tabTo(page: Page, selector: string, most = 120): Promise<void> {
    for (let i = 0; i < most; i += 1) {
        await page.keyboard.press('Tab');
        if (await page.evaluate((s) => document.activeElement?.matches(s) ?? false, selector)) {
            return;
        }
    }
    throw new Error(`no ${selector} within ${most} stops of Tab`);
}
