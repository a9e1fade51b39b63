import { createHmac } from 'node:crypto';
import { expect, type Page } from '@playwright/test';
import { startServer } from './start.mjs';
import { axe } from './studio';

/** A server with accounts, as it is for everybody but the one who looks around: for tests of the way in and of what admins do. */
export type Server = Awaited<ReturnType<typeof startServer>>;

export const password = 'correct horse battery staple';
export const admin = 'anna@example.com';

export const startWithAccounts = () => startServer({ args: ['serve', '--demo', '--customers', '200', '--port', '0'] });

/** The link that makes the first account, once the server has printed it. */
export async function setUpLink(server: Server): Promise<string> {
    const find = () => /http\S+\/set-up#\S+/.exec(server.said())?.[0] ?? '';
    await expect.poll(find).not.toBe('');
    return find();
}

/** Makes the first account over the API and opens the studio with it. */
export async function beginAsAdmin(page: Page, server: Server): Promise<void> {
    const code = (await setUpLink(server)).split('#')[1];
    const made = await page.request.post(`${server.url}/api/set-up`, { data: { code, email: admin, name: 'Anna', password } });
    expect(made.ok(), await made.text()).toBe(true);
    await page.goto(server.url);
}

export async function signIn(page: Page, server: Server, email = admin, as = password): Promise<void> {
    await page.goto(server.url);
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password').fill(as);
    await page.getByRole('button', { name: 'Sign in' }).click();
}

export async function signOut(page: Page): Promise<void> {
    await page.getByRole('button', { name: 'Sign out' }).first().click();
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
}

/** Asks the API as the page does, with the session's cookie and token. */
export async function send<T>(page: Page, server: Server, path: string, body: unknown): Promise<T> {
    const { token } = (await (await page.request.get(`${server.url}/api/me`)).json()) as { token: string };
    const answer = await page.request.post(server.url + path, { data: body, headers: { 'x-kokemus-token': token } });
    expect(answer.ok(), await answer.text()).toBe(true);
    return (await answer.json()) as T;
}

/** The code that an authenticator app shows at that time (RFC 6238). */
export function codeOf(secret: string, seconds: number): string {
    const bits = [...secret].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('');
    const key = Buffer.from(bits.match(/.{8}/g)!.map((byte) => parseInt(byte, 2)));
    const step = Buffer.alloc(8);
    step.writeBigUInt64BE(BigInt(Math.floor(seconds / 30)));
    const mac = createHmac('sha1', key).update(step).digest();
    const offset = mac[19]! & 15;
    return ((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).toString().padStart(6, '0');
}

/** Both themes and all widths: axe finds nothing, and nothing scrolls sideways. */
export async function looksRight(page: Page): Promise<void> {
    for (const colorScheme of ['light', 'dark'] as const) {
        for (const width of [1440, 768, 390]) {
            await page.setViewportSize({ width, height: 844 });
            await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
            expect(await axe(page), `${colorScheme}, ${width} wide`).toEqual([]);
            expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 'sideways scroll').toBeLessThanOrEqual(0);
        }
    }
    await page.setViewportSize({ width: 1440, height: 900 });
}
