// Pictures of every page in both themes and both widths into docs/screens/, small enough to keep (webp, 150 kB each).
// Names of pages as arguments ("npm run screens -- keys audit") make only theirs.
import { mkdir, writeFile } from 'node:fs/promises';
import { chromium } from '@playwright/test';
import { startServer } from '../e2e/start.mjs';

const folder = new URL('../../docs/screens/', import.meta.url);
const bytesMax = 150 * 1024;
const only = process.argv.slice(2);
const wanted = (name) => only.length === 0 || only.includes(name);
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

const open = [
    ['overview', '/'],
    ['customers', '/customers'],
    ['customer', `/customers/${await somebody()}`],
    ['blueprint', '/blueprint'],
    ['journey', `/journeys/${await journey()}`],
].filter(([name]) => wanted(name)).map(([name, path]) => ({ name, url: server.url + path }));

/** The pages that are there with accounts only: a server with an admin, some people and keys. */
const closed = [
    ['account', '/account'],
    ['data', '/data'],
    ['keys', '/keys'],
    ['audit', '/audit'],
    ['people', '/people'],
].filter(([name]) => wanted(name));
const house = closed.length > 0 ? await startServer({ args: ['serve', '--demo', '--customers', '500', '--port', '0'] }) : null;
let storageState;
if (house) {
    const code = /set-up#(\S+)/.exec(house.said())[1];
    const context = await browser.newContext();
    const write = async (path, data, token = '') => {
        const response = await context.request.post(house.url + path, { data, headers: { 'x-kokemus-token': token } });
        if (!response.ok()) {
            throw new Error(`${path}: ${await response.text()}`);
        }
        return response.json();
    };
    const { token } = await write('/api/set-up', { code, email: 'anna@example.com', name: 'Anna Virtanen', password: 'correct horse battery staple' });
    await write('/api/users', { email: 'bert@example.com', name: 'Bert Niemi', role: 'manager', departments: ['Billing', 'Delivery'] }, token);
    const till = await write('/api/users', { email: 'till@example.com', name: 'The tills', role: 'integration' }, token);
    const ends = (days) => new Date(Date.now() + days * 86_400_000).toISOString();
    const made = await write('/api/keys', { user: till.user.id, name: 'Tills of all stores', rights: ['send-encounters'], expires: ends(300) }, token);
    await write('/api/keys', { name: 'Weekly report', rights: ['ask-questions', 'read-blueprint'], expires: ends(9) }, token);
    await fetch(`${house.url}/api/encounters`, {
        method: 'POST', headers: { authorization: `Bearer ${made.text}` },
        body: JSON.stringify({ id: 'screens-1', customer: 'till-1', time: new Date().toISOString(), touchpoint: 'Store' }),
    });
    await fetch(`${house.url}/api/encounters`, {
        method: 'POST', headers: { authorization: `Bearer ${made.text}` },
        body: JSON.stringify([{ id: 'screens-2', customer: 'till-2', time: 'yesterday', touchpoint: 'Store' }, { id: 'screens-3', customer: 'till-3', time: new Date().toISOString() }]),
    });
    const { customers } = await (await context.request.get(`${house.url}/api/customers`)).json();
    await context.request.get(`${house.url}/api/customers/${encodeURIComponent(customers[0].customer)}`);
    storageState = await context.storageState();
    await context.close();
}
const pages = [...open, ...closed.map(([name, path]) => ({ name, url: house.url + path, storageState }))];

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
    for (const { name, url, storageState: signedIn } of pages) {
        for (const theme of ['light', 'dark']) {
            for (const [width, height, longest] of [[1440, 900, 2000], [390, 844, 2400]]) {
                const page = await browser.newPage({ viewport: { width, height }, colorScheme: theme, reducedMotion: 'reduce', ...(signedIn ? { storageState: signedIn } : {}) });
                page.setDefaultTimeout(120_000); // a busy machine is no fault
                await page.goto(url);
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
    await house?.stop();
}
