import { expect, settled, test } from './studio';

test('numbers on an open page follow what comes in, without a reload and without anything moving', async ({ page, studio, request }) => {
    await page.addInitScript(() => {
        const store = window as unknown as { shifts: number; opened: number };
        store.shifts = 0;
        store.opened = Date.now();
        new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) {
                store.shifts += (entry as unknown as { value: number }).value;
            }
        }).observe({ type: 'layout-shift', buffered: true });
    });
    await page.goto(`${studio}/?period=all`);
    await settled(page);
    const opened = await page.evaluate(() => (window as unknown as { opened: number }).opened);
    const encounters = async () => {
        const words = await page.locator('.proof').innerText();
        return Number(/([\d,\s]+) encounters/.exec(words)![1]!.replace(/\D/g, ''));
    };
    const before = await encounters();
    let skeletons = 0;
    const watch = setInterval(() => void page.locator('.skeleton, [aria-busy="true"]').count().then((n) => (skeletons += n), () => undefined), 100);

    const sent = Array.from({ length: 200 }, (_, i) => ({
        id: `live-${opened}-${i}`, customer: `live ${i % 5}`, time: '2026-01-02T03:04:05Z', touchpoint: 'live test',
    }));
    const answer = await request.post(`${studio}/api/encounters`, { data: sent });
    expect(await answer.json()).toMatchObject({ accepted: 200, refused: [] });
    await expect.poll(encounters, { timeout: 40_000 }).toBeGreaterThanOrEqual(before + 200);

    clearInterval(watch);
    expect(skeletons, 'an answer was taken away before the next was there').toBe(0);
    expect(await page.evaluate(() => (window as unknown as { shifts: number }).shifts), 'layout shift').toBeLessThan(0.05);
    expect(await page.evaluate(() => (window as unknown as { opened: number }).opened), 'no reload').toBe(opened);
});
