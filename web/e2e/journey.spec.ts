import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { axe, checkPage, expect, settled, tabTo, test } from './studio';

interface Edge { from: string; to: string; units: number; share: number; drill: string }
interface Flow { edges: Edge[]; nodes: { touchpoint: string; units: number }[]; population: { units: number } }
interface Variants { variants: { path: string[]; count: number }[]; distinct: number; total: number }

const journey = 'Getting connected';
const path = `/journeys/${encodeURIComponent(journey)}`;
/** Journeys that began long ago are over: their numbers stand still although the sample organisation lives on. */
const over = { from: '2000-01-01', to: new Date(Date.now() - 150 * 86_400_000).toISOString().slice(0, 10) };
const address = `${path}?from=${over.from}&to=${over.to}`;
const range = `from ${over.from} to ${over.to}`;
const arrow = '\u2192';

async function ask<T>(page: Page, studio: string, question: string): Promise<T> {
    const response = await page.request.get(`${studio}/api/ask?q=${encodeURIComponent(question)}`);
    expect(response.ok(), question).toBe(true);
    return (await response.json()) as T;
}

async function openMap(page: Page, studio: string, more = ''): Promise<void> {
    await page.goto(studio + address + more);
    await settled(page);
    await expect(page.locator('.map-content .edge').first()).toBeAttached();
}

const digits = (text: string) => Number(text.replace(/\D/g, ''));

/** Clicks along a path until the pointer means it (others may lie above it). */
async function clickPath(page: Page, id: string): Promise<void> {
    const points = await page.locator(`.edge[data-id="${id}"] path:not(.casing)`).first().evaluate((element) => {
        const path = element as SVGPathElement;
        const matrix = path.getScreenCTM()!;
        return [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8].map((part) => {
            const at = path.getPointAtLength(part * path.getTotalLength()).matrixTransform(matrix);
            return { x: at.x, y: at.y };
        });
    });
    for (const { x, y } of points) {
        await page.mouse.move(x, y);
        if (await page.locator(`.edge[data-id="${id}"].hot`).count() > 0) {
            await page.mouse.click(x, y);
            return;
        }
    }
    throw new Error(`nowhere on the map means ${id}`);
}

const drawer = (page: Page): Locator => page.locator('aside.drawer');

checkPage('Journeys', (page, studio) => page.goto(`${studio}/journeys?period=all`).then(() => undefined));
checkPage('Journey', openMap);
checkPage('Journey with a path selected', (page, studio) => openMap(page, studio, `&select=${encodeURIComponent(`touchpoint:Visit moved`)}`));
checkPage('Variants of a journey', (page, studio) => page.goto(`${studio}${address}&view=variants`).then(() => undefined));
checkPage('Promises of a journey', (page, studio) => page.goto(`${studio}${address}&view=promises`).then(() => undefined));
checkPage('Table of a journey', (page, studio) => page.goto(`${studio}${address}&view=table`).then(() => undefined));

test('a click on a path opens exactly the episodes that its number counts', async ({ page, studio }) => {
    const flow = await ask<Flow>(page, studio, `flow per '${journey}' ${range}`);
    const edge = flow.edges.filter((one) => one.from !== 'START' && one.to !== 'END' && one.from !== one.to).sort((a, b) => b.units - a.units)[3]!;
    await openMap(page, studio);
    await clickPath(page, `${edge.from}${arrow}${edge.to}`);
    await expect(page).toHaveURL(/select=path/);
    await expect(drawer(page).getByRole('heading', { level: 2 })).toContainText(edge.to);
    const shown = digits(await drawer(page).locator('dd').first().locator('b').innerText());
    const listed = await ask<{ total: number }>(page, studio, edge.drill);
    expect(shown).toBe(edge.units);
    expect(listed.total).toBe(edge.units);
    await expect(drawer(page).locator('.foot')).toContainText(`${edge.units.toLocaleString('en-GB')} listed`);
    const before = await drawer(page).locator('.episodes li').count();
    expect(before).toBe(Math.min(50, edge.units));
    const more = drawer(page).getByRole('button', { name: /more of/ });
    await more.click();
    await expect(drawer(page).locator('.episodes li')).toHaveCount(Math.min(100, edge.units));
    await drawer(page).locator('.episodes a').first().click();
    await expect(page).toHaveURL(/\/customers\//);
});

test('the number of a path stays exact under a filter', async ({ page, studio }) => {
    const where = "channel != 'email'";
    const flow = await ask<Flow>(page, studio, `flow per '${journey}' ${range} where ${where}`);
    const edge = flow.edges.filter((one) => one.from !== 'START' && one.to !== 'END').sort((a, b) => b.units - a.units)[1]!;
    await openMap(page, studio, `&where=${encodeURIComponent(where)}&select=${encodeURIComponent(`path:${edge.from}${arrow}${edge.to}`)}`);
    await expect(drawer(page).locator('.foot')).toContainText(`${edge.units.toLocaleString('en-GB')} listed`);
    expect(digits(await drawer(page).locator('dd').first().locator('b').innerText())).toBe(edge.units);
});

test('the slider says the exact share of journeys in the picture, and moves no touchpoint', async ({ page, studio }) => {
    const { variants, total } = await ask<Variants>(page, studio, `variants per '${journey}' ${range} limit 5000`);
    await openMap(page, studio);
    const places = () => page.locator('.touch .cap').evaluateAll((caps) => caps.map((cap) => [cap.getAttribute('x'), cap.getAttribute('y')].join()));
    const before = await places();
    const slider = page.getByRole('slider', { name: 'Main road' });
    for (const key of ['Home', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'PageUp', 'End']) {
        await slider.press(key);
        // Picture and words are read one after the other, so the picture may still be on its way.
        await expect(async () => {
            const seen = new Set(await page.locator('.edge:not(.off)').evaluateAll((edges) => edges.map((edge) => (edge as SVGElement).dataset.id!)));
            const inside = variants
                .filter(({ path }) => ['START', ...path, 'END'].every((stop, i, all) => i === 0 || seen.has(`${all[i - 1]!}${arrow}${stop}`)))
                .reduce((sum, one) => sum + one.count, 0);
            const share = (100 * inside) / total;
            const words = (await slider.getAttribute('aria-valuetext'))!;
            expect(words).toContain(` of journeys in the picture, ${seen.size} of `);
            expect(Math.abs(Number.parseFloat(words) - share), `${words} where ${share}% can be followed`).toBeLessThan(0.051);
        }).toPass({ timeout: 5_000 });
    }
    await expect(page.locator('.edge.off')).toHaveCount(0);
    expect(await places()).toEqual(before);
    await expect(page).toHaveURL(/paths=0/);
    await page.reload();
    await settled(page);
    await expect(page.locator('.edge.off')).toHaveCount(0);
});

test('period and filter move no touchpoint either', async ({ page, studio }) => {
    const places = () => page.locator('.touch').evaluateAll((all) => Object.fromEntries(all.map((one) => {
        const cap = one.querySelector('.cap')!;
        return [(one as SVGElement).dataset.id!, cap.getAttribute('x') ?? cap.getAttribute('cx')];
    })));
    await openMap(page, studio);
    const all = await places();
    await openMap(page, studio, `&where=${encodeURIComponent("touches 'Visit moved'")}`);
    for (const [id, x] of Object.entries(await places())) {
        expect(x, id).toBe(all[id]);
    }
});

test('the keyboard walks the map, goes through the paths of a touchpoint, opens one and comes back', async ({ page, studio }) => {
    await openMap(page, studio);
    await tabTo(page, '.touch');
    const focused = () => page.evaluate(() => (document.activeElement as SVGElement | null)?.dataset.id ?? '');
    const first = await focused();
    await page.keyboard.press('ArrowRight');
    const second = await focused();
    expect(second).not.toBe(first);
    await page.keyboard.press('End');
    expect(await focused()).not.toBe(second);
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowDown');
    const here = await focused();
    await page.keyboard.press(']');
    const said = page.locator('.map-box [role=status]');
    await expect(said).toHaveText(/^(to|from) .+, (under )?\d/);
    const words = await said.innerText();
    await page.keyboard.press(']');
    await expect(said).not.toHaveText(words);
    await page.keyboard.press('[');
    await expect(said).toHaveText(words);
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/select=path/);
    await expect(drawer(page)).toBeVisible();
    expect(await page.evaluate(() => document.querySelectorAll('.touch[tabindex="0"]').length)).toBe(1);
    await page.keyboard.press('Escape');
    await expect(drawer(page)).toHaveCount(0);
    expect(await focused()).toBe(here);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/select=touchpoint/);
    expect(await axe(page)).toEqual([]);
});

test('the table holds the paths of the map, with the same numbers and the same selection', async ({ page, studio }) => {
    const flow = await ask<Flow>(page, studio, `flow per '${journey}' ${range}`);
    await page.goto(`${studio}${address}&view=table`);
    await settled(page);
    const rows = page.locator('.table tbody tr');
    await expect(rows).toHaveCount(flow.edges.length);
    const most = [...flow.edges].sort((a, b) => b.units - a.units)[0]!;
    await expect(rows.first().locator('td').nth(1)).toHaveText(most.units.toLocaleString('en-GB'));
    await page.getByRole('button', { name: 'Episodes' }).click();
    await page.getByRole('button', { name: 'Episodes' }).click();
    await expect(rows.last().locator('td').nth(1)).toHaveText(most.units.toLocaleString('en-GB'));
    await rows.last().getByRole('link').click();
    await expect(drawer(page).locator('.foot')).toContainText(`${most.units.toLocaleString('en-GB')} listed`);
    await expect(page.locator('.table tr [aria-current]')).toHaveCount(1);
    const menu = page.getByRole('button', { name: 'Export these paths' });
    await expect(page.getByRole('link', { name: 'CSV' })).toBeHidden();
    await menu.press('Enter');
    expect(await axe(page)).toEqual([]);
    const file = await page.request.get(studio + (await page.getByRole('link', { name: 'CSV' }).getAttribute('href'))!);
    expect(file.headers()['content-type']).toContain('text/csv');
    expect((await file.text()).trim().split('\n').length).toBeGreaterThan(flow.edges.length);
    for (const [form, begins] of [['Excel', 'PK'], ['Parquet', 'PAR1']] as const) {
        if (await menu.getAttribute('aria-expanded') === 'false') {
            await menu.click();
        }
        const coming = page.waitForEvent('download');
        await page.getByRole('link', { name: form }).click();
        const saved = await coming;
        expect(saved.suggestedFilename()).toMatch(form === 'Excel' ? /^paths\.xlsx$/ : /^paths\.parquet$/);
        expect(readFileSync(await saved.path()).subarray(0, begins.length).toString()).toBe(begins);
    }
    await menu.click();
    await menu.press('Escape');
    await expect(menu).toHaveAttribute('aria-expanded', 'false');
});

test('variants count everything: what is listed and the rest in one row make the whole', async ({ page, studio }) => {
    const { variants, distinct, total } = await ask<Variants>(page, studio, `variants per '${journey}' ${range} limit 5000`);
    await page.goto(`${studio}${address}&view=variants`);
    await settled(page);
    const rows = page.locator('.variants li');
    await expect(rows).toHaveCount(20);
    await expect(page.locator('.vtail')).toContainText(`${(distinct - 20).toLocaleString('en-GB')} rarer variants`);
    const rest = 1 - variants.slice(0, 20).reduce((sum, one) => sum + one.count, 0) / total;
    expect(Number.parseFloat(await page.locator('.vtail .share').innerText()) / 100).toBeCloseTo(rest, 2);
    await rows.nth(2).getByRole('link').click();
    await expect(drawer(page).locator('.foot')).toContainText(`${variants[2]!.count.toLocaleString('en-GB')} listed`);
    await page.getByRole('navigation', { name: 'Views of this journey' }).getByRole('link', { name: 'Map' }).click();
    await settled(page);
    await expect(page.locator('.map-content.chosen')).toBeVisible();
    expect(await page.locator('.edge:not(.dim)').count()).toBe(new Set(['START', ...variants[2]!.path].map((stop, i) => `${stop}${arrow}${[...variants[2]!.path, 'END'][i]!}`)).size);
});

test('promises open the episodes behind kept, late and broken', async ({ page, studio }) => {
    await page.goto(`${studio}${address}&view=promises`);
    await settled(page);
    const kept = page.locator('.promise-more dd a').first();
    const number = digits((await kept.innerText()).split(',')[0] === '' ? '' : await kept.evaluate((a) => a.firstChild!.textContent!));
    await kept.click();
    await expect(drawer(page)).toBeVisible();
    await expect(drawer(page).locator('dd').first()).toHaveText(number.toLocaleString('en-GB'));
});

test('a filter that lets nobody through is said, with a way out', async ({ page, studio }) => {
    await page.goto(`${studio}${address}&where=${encodeURIComponent("customer = 'nobody at all'")}`);
    await settled(page);
    await expect(page.getByText('No episodes match the period and the filter.')).toBeVisible();
    await page.getByRole('link', { name: 'Take out filter and period' }).click();
    await settled(page);
    await expect(page.locator('.map-content .edge').first()).toBeAttached();
});

test('a journey that is not in the blueprint is said, with those that are', async ({ page, studio }) => {
    await page.goto(`${studio}/journeys/nowhere`);
    await settled(page);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('The blueprint has no journey "nowhere".');
    await page.getByRole('link', { name: 'All journeys' }).click();
    await settled(page);
    await page.getByRole('link', { name: journey }).click();
    await expect(page).toHaveURL(/\/journeys\/Getting%20connected/);
});

test('on a phone the stages come first, and the map pans inside its box', async ({ page, studio }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await openMap(page, studio);
    await expect(page.locator('.stage-list li')).toHaveCount(6);
    const box = (await page.locator('.map-box').boundingBox())!;
    await page.locator('.map-box').scrollIntoViewIfNeeded();
    const left = () => page.locator('.map-content').evaluate((element) => element.getBoundingClientRect().left);
    const before = await left();
    const at = (await page.locator('.map-box').boundingBox())!;
    await page.mouse.move(at.x + 250, at.y + 40);
    await page.mouse.down();
    await page.mouse.move(at.x + 60, at.y + 40, { steps: 6 });
    await page.mouse.up();
    await expect.poll(left).toBeLessThan(before - 100);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    expect(box.width).toBeLessThanOrEqual(390);
});

test('whole timelines and threads are maps too', async ({ page, studio }) => {
    for (const name of ['Whole timelines', 'Threads']) {
        await page.goto(`${studio}/journeys?period=all`);
        await settled(page);
        await page.getByRole('link', { name }).click();
        await settled(page);
        await expect(page.locator('.map-content .edge').first()).toBeAttached();
        await expect(page.locator('.road output')).toContainText(name === 'Threads' ? 'of threads in the picture' : 'of timelines in the picture');
    }
});
