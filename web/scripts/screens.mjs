// Pictures of every page in both themes and both widths into docs/screens/, small enough to keep (webp, 150 kB each).
import { mkdir, writeFile } from 'node:fs/promises';
import { chromium } from '@playwright/test';
import { startServer } from '../e2e/start.mjs';

const folder = new URL('../../docs/screens/', import.meta.url);
const bytesMax = 150 * 1024;
const server = await startServer();
const browser = await chromium.launch({
    executablePath: process.env.KOKEMUS_CHROMIUM ?? '/usr/bin/chromium',
    args: [
        '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
        '--disable-component-update', '--disable-sync',
    ],
});

const answer = async (path) => (await fetch(server.url + path)).json();

/** The recent customer with the most to tell: words, scores, promises that did not hold. */
async function somebody() {
    const { customers } = await answer('/api/customers?limit=30');
    const told = await Promise.all(customers.map(async ({ customer }) => {
        const { encounters } = await answer(`/api/customers/${encodeURIComponent(customer)}/timeline`);
        const points = encounters.map((e) => (e.text ? 3 : 0) + (e.score === null ? 0 : 1)
            + e.promises.reduce((sum, p) => sum + (p.outcome === 'kept' ? 1 : 4), 0));
        return { customer, points: points.reduce((sum, p) => sum + p, 0) };
    }));
    return encodeURIComponent(told.sort((a, b) => b.points - a.points)[0].customer);
}

/** The first journey of the blueprint. */
async function journey() {
    return encodeURIComponent((await answer('/api/blueprint')).journeys[0].name);
}

const pages = [
    ['overview', '/'],
    ['customers', '/customers'],
    ['customer', `/customers/${await somebody()}`],
    ['journey', `/journeys/${await journey()}`],
];

/** A picture as webp, encoded by the browser itself; a quality that fits the bound. */
async function shrink(page, png) {
    for (const quality of [0.9, 0.8, 0.65, 0.5, 0.35]) {
        const base64 = await page.evaluate(async ([data, q]) => {
            const image = new Image();
            image.src = `data:image/png;base64,${data}`;
            await image.decode();
            const canvas = document.createElement('canvas');
            canvas.width = image.width;
            canvas.height = image.height;
            canvas.getContext('2d').drawImage(image, 0, 0);
            return canvas.toDataURL('image/webp', q).split(',')[1];
        }, [png.toString('base64'), quality]);
        const picture = Buffer.from(base64, 'base64');
        if (picture.length <= bytesMax) {
            return picture;
        }
    }
    throw new Error('a picture stays over its bound; show less of the page');
}

try {
    await mkdir(folder, { recursive: true });
    const encoder = await browser.newPage();
    for (const [name, path] of pages) {
        for (const theme of ['light', 'dark']) {
            for (const [width, height, longest] of [[1440, 900, 2000], [390, 844, 2400]]) {
                const page = await browser.newPage({ viewport: { width, height }, colorScheme: theme, reducedMotion: 'reduce' });
                page.setDefaultTimeout(120_000); // a busy machine is no fault
                await page.goto(server.url + path);
                await page.waitForFunction(() => document.querySelector('main h1') && !document.querySelector('.skeleton, .before, [aria-busy="true"]'));
                await page.evaluate(() => document.fonts.ready.then(() => undefined));
                const whole = await page.evaluate(() => document.documentElement.scrollHeight);
                await page.setViewportSize({ width, height: Math.min(Math.max(height, whole), longest) });
                await page.waitForTimeout(300);
                const picture = await shrink(encoder, await page.screenshot());
                await writeFile(new URL(`${name}-${theme}-${width}.webp`, folder), picture);
                console.log(`${name}-${theme}-${width}.webp ${Math.round(picture.length / 1024)} kB`);
                await page.close();
            }
        }
    }
} finally {
    await browser.close();
    await server.stop();
}
