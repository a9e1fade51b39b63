import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { Webhook } from 'standardwebhooks';
import { breaches } from './contract';
import { receiver, type Received } from './receiver';
import { startServer } from './start.mjs';

/** What the server sends out, seen by those who receive it: the package of Standard Webhooks, unmodified. One after another. */
test.describe.configure({ mode: 'serial' });

type Target = { id: string; enabled: boolean; reason: string | null };
type Delivery = { id: string; type: string; state: string; tries: number; status: number | null };
type Made = { target: Target; secret: string };

const password = 'correct horse battery staple';
let folder: string;
let sink: ChildProcess;
let server: Awaited<ReturnType<typeof startServer>>;
let cookie = '';
let token = '';

test.beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kokemus-sending-'));
    const mailPort = await startSink();
    await writeFile(join(folder, 'kokemus.toml'), `[server]
url = "https://cx.example/"
[webhooks]
networks = ["127.0.0.0/8"]
allow_http = true
[mail]
host = "localhost"
port = ${mailPort}
user = "kokemus"
from = "Kahvila Äiti <cx@example.com>"
language = "fi"
ca_file = "${join(folder, 'sink.pem')}"
`);
    process.env.KOKEMUS_SECRET_MAIL = 'mail-password';
    server = await start();
    await setUp();
});
test.afterAll(async () => {
    await server.stop();
    sink.stdin!.end();
    await rm(folder, { recursive: true });
});

const start = () => startServer({ args: ['--config', join(folder, 'kokemus.toml'), 'serve', '--port', '0'], data: join(folder, 'data') });

/** The mail server of the tests: STARTTLS with a certificate of its own, and nobody comes in without the password. Gives its port. */
async function startSink(): Promise<number> {
    const program = fileURLToPath(new URL('../../tests/mail/sink.py', import.meta.url));
    sink = spawn('python3', [program, join(folder, 'mails.jsonl'), '--tls', 'starttls', '--certificate', join(folder, 'sink.pem'),
        '--user', 'kokemus', '--password', 'mail-password', '--refuse', 'nobody@example.com'], { stdio: ['pipe', 'pipe', 'inherit'] });
    return new Promise((resolve) => sink.stdout!.once('data', (chunk) => resolve(Number(chunk))));
}

type Mail = { to: string[]; secure: boolean; message: string };

/** What the mail server has taken, newest last; the text of a mail without its soft line ends. */
async function mails(): Promise<Mail[]> {
    const lines = (await readFile(join(folder, 'mails.jsonl'), 'utf8').catch(() => '')).split('\n').filter(Boolean);
    return lines.map((line) => JSON.parse(line) as Mail).map((mail) => ({ ...mail, message: mail.message.replaceAll('=\r\n', '') }));
}

async function setUp(): Promise<void> {
    await expect.poll(() => server.said()).toContain('/set-up#');
    const code = /\/set-up#(\S+)/.exec(server.said())![1];
    const begun = await fetch(`${server.url}/api/set-up`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ code, email: 'anna@example.com', name: 'Anna', password }),
    });
    expect(begun.status, await begun.clone().text()).toBe(200);
    cookie = begun.headers.get('set-cookie')!.split(';')[0]!;
    token = ((await (await fetch(`${server.url}/api/me`, { headers: { cookie } })).json()) as { token: string }).token;
}

async function ask<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await fetch(server.url + path, {
        method,
        headers: { cookie, 'x-kokemus-token': token, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        body: body === undefined ? undefined : JSON.stringify(body),
    });
    expect(answer.status, `${method} ${path}: ${await answer.clone().text()}`).toBe(200);
    return (await answer.json()) as T;
}

let people = 0;
const addUser = () => ask('POST', '/api/users', { email: `user${++people}@example.com`, name: 'Somebody', role: 'viewer' });

const verified = (secret: string, one: Received) => new Webhook(secret).verify(one.body, one.headers as Record<string, string>) as { type: string; data: Record<string, string> };

test('what happens arrives signed, and the package verifies it', async () => {
    const shop = await receiver(() => 204);
    const made = await ask<Made>('POST', '/api/targets', { name: 'shop', url: shop.url, events: ['user.*'] });
    expect(breaches('Target', made.target)).toEqual([]);
    await addUser();
    await expect.poll(() => shop.got.length).toBe(1);
    const event = verified(made.secret, shop.got[0]!);
    expect(event.type).toBe('user.added');
    expect(event.data.id).toMatch(/^[0-9a-f]{32}$/);
    expect(shop.got[0]!.body).not.toContain('example.com');
    expect(() => verified('whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', shop.got[0]!)).toThrow();
    expect(() => verified(made.secret, { ...shop.got[0]!, body: shop.got[0]!.body.replace('added', 'moved') })).toThrow();

    const renewed = await ask<Made>('POST', `/api/targets/${made.target.id}/secret`, { overlap: '1h' });
    await addUser();
    await expect.poll(() => shop.got.length).toBe(2);
    for (const secret of [made.secret, renewed.secret]) {
        expect(verified(secret, shop.got[1]!).type).toBe('user.added');
    }
    await ask('POST', `/api/targets/${made.target.id}/secret`, { overlap: '0' });
    await addUser();
    await expect.poll(() => shop.got.length).toBe(3);
    expect(() => verified(made.secret, shop.got[2]!)).toThrow();

    const { deliveries, next } = await ask<{ deliveries: Delivery[]; next: string | null }>('GET', `/api/targets/${made.target.id}/deliveries?state=done&limit=2`);
    expect(deliveries.map((one) => one.id)).toEqual([shop.got[2]!, shop.got[1]!].map((one) => one.headers['webhook-id']));
    expect(deliveries.flatMap((one) => breaches('Delivery', one))).toEqual([]);
    const older = await ask<{ deliveries: Delivery[]; next: string | null }>('GET', `/api/targets/${made.target.id}/deliveries?state=done&limit=2&after=${next}`);
    expect(older.deliveries.map((one) => one.id)).toEqual([shop.got[0]!.headers['webhook-id']]);
    expect(older.next).toBeNull();
    const again = deliveries[1]!.id;
    await ask('POST', `/api/targets/${made.target.id}/replay`, { delivery: again });
    await expect.poll(() => shop.got.length).toBe(4);
    expect(shop.got[3]!.headers['webhook-id']).toBe(again);
    await ask('DELETE', `/api/targets/${made.target.id}`);
    shop.close();
});

test('a test says at once what came of it', async () => {
    const shop = await receiver((nth) => (nth === 1 ? 200 : 500));
    const made = await ask<Made>('POST', '/api/targets', { name: 'shop', url: shop.url, events: ['target.*'], enabled: false });
    const well = await ask<Delivery>('POST', `/api/targets/${made.target.id}/test`, {});
    expect(well).toMatchObject({ type: 'kokemus.test', state: 'done', status: 200 });
    expect(verified(made.secret, shop.got[0]!).type).toBe('kokemus.test');
    const ill = await ask<Delivery>('POST', `/api/targets/${made.target.id}/test`, {});
    expect(ill).toMatchObject({ state: 'failed', status: 500, problem: 'it answered 500', answer: 'heard' });
    expect([well, ill].flatMap((one) => breaches('Delivery', one))).toEqual([]);
    await ask('DELETE', `/api/targets/${made.target.id}`);
    shop.close();
});

test('what failed is sent again under the same id; who is gone is left alone, and others hear of it', async () => {
    const shop = await receiver((nth) => (nth === 1 ? 500 : 200));
    const gone = await receiver(() => 410);
    const made = await ask<Made>('POST', '/api/targets', { name: 'shop', url: shop.url, events: ['user.added', 'target.*'] });
    const leaves = await ask<Made>('POST', '/api/targets', { name: 'leaves', url: gone.url, events: ['*'] });
    await addUser();
    await expect.poll(() => shop.got.map((one) => verified(made.secret, one).type).filter((type) => type === 'user.added').length, { timeout: 60_000 }).toBe(2);
    const added = shop.got.filter((one) => verified(made.secret, one).type === 'user.added');
    expect(added[1]!.headers['webhook-id']).toBe(added[0]!.headers['webhook-id']);
    expect(added[1]!.body).toBe(added[0]!.body);
    await expect.poll(async () => (await ask<Target>('GET', `/api/targets/${leaves.target.id}`)).reason).toBe('it answered 410 Gone');
    await expect.poll(() => shop.got.map((one) => verified(made.secret, one).type), { timeout: 60_000 }).toContain('target.disabled');
    expect(gone.got.length).toBe(1);
    const { entries } = await ask<{ entries: { action: string; subject: string }[] }>('GET', '/api/audit');
    expect(entries).toContainEqual(expect.objectContaining({ action: 'target.off', subject: leaves.target.id, actor: 'courier' }));
    for (const { target } of [made, leaves]) {
        await ask('DELETE', `/api/targets/${target.id}`);
    }
    shop.close();
    gone.close();
});

test('a kill in the middle loses nothing: the same goes out again', async () => {
    const shop = await receiver((nth) => (nth === 1 ? 0 : 200));
    const made = await ask<Made>('POST', '/api/targets', { name: 'shop', url: shop.url, events: ['user.added'] });
    await addUser();
    await addUser();
    await expect.poll(() => shop.got.length).toBe(1);
    await server.kill();
    server = await start();
    await expect.poll(() => shop.got.length).toBe(3);
    const ids = shop.got.map((one) => one.headers['webhook-id']);
    expect(ids[1]).toBe(ids[0]);
    expect(new Set(ids).size).toBe(2);
    await expect.poll(async () => (await ask<{ deliveries: Delivery[] }>('GET', `/api/targets/${made.target.id}/deliveries`)).deliveries.map((one) => one.state)).toEqual(['done', 'done']);
    shop.close();
});

test('an invitation comes by mail, and its link works', async () => {
    const email = 'mailed@example.com';
    await ask('POST', '/api/users', { email, name: 'Matti <b>Meikäläinen</b>', role: 'viewer' });
    const mailed = async () => (await mails()).filter((mail) => mail.to[0]!.includes(email));
    await expect.poll(async () => (await mailed()).length).toBe(1);
    const [mail] = await mailed();
    expect(mail!.secure).toBe(true);
    expect(mail!.message).toContain('From: =?UTF-8?B?');
    expect(mail!.message).toContain('&lt;b&gt;Meik=C3=A4l=C3=A4inen&lt;/b&gt;');
    const code = /https:\/\/cx\.example\/invitation#(\S+)/.exec(mail!.message)![1];
    const accepted = await fetch(`${server.url}/api/invitation`, {
        method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ code, password }),
    });
    expect(accepted.status).toBe(200);
});

test('a test mail says what the mail server said', async () => {
    const taken = await ask<{ state: string; code: number }>('POST', '/api/mails/test', { to: 'bert@example.com' });
    expect(taken).toMatchObject({ state: 'done', occasion: 'test', problem: null });
    const refused = await ask<{ state: string; code: number }>('POST', '/api/mails/test', { to: 'nobody@example.com' });
    expect(refused).toMatchObject({ state: 'failed', code: 550 });
    const listed = await ask<{ configured: boolean; mails: { id: string }[] }>('GET', '/api/mails?limit=2');
    expect(listed.configured).toBe(true);
    expect(listed.mails).toEqual([refused, taken]);
    expect(listed.mails.flatMap((mail) => breaches('Mail', mail))).toEqual([]);
});

test('who changes the password is told by mail', async () => {
    await ask('POST', '/api/me/password', { present: password, chosen: 'another horse battery staple' });
    await expect.poll(async () => (await mails()).filter((mail) => mail.to[0]!.includes('anna@example.com')).length).toBe(1);
});
