import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { Webhook } from 'standardwebhooks';
import { codeOf, password, setUpLink } from './accounts';
import { asking, breachesOfResponse, heardOf, operations, queryOf, type Heard } from './contract';
import { receiver, type Receiver } from './receiver';
import { startServer } from './start.mjs';

/**
 * Every operation of docs/openapi.yaml, asked of a real server until it succeeds, and refused in every manner that is at hand: each
 * response is held against the document as a whole. Whatever the document has and this does not see succeed fails the last test.
 */
test.describe.configure({ mode: 'serial' });

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const webhook = '\n[webhook.desk]\nsecret = "contract-desk"\ncustomer = "/from"\ntouchpoint = "/kind"\n';
const tomorrow = () => new Date(Date.now() + 86_400_000).toISOString();

type Values = Record<string, string | number>;
interface Wish { path?: Values; query?: Values; body?: unknown; headers?: Record<string, string>; as?: Record<string, string>; wanted?: number | number[] }

const seen = new Map<string, Set<number>>();
const found: string[] = [];
let folder: string;
let server: Awaited<ReturnType<typeof startServer>>;
let admin: Record<string, string> = {};
let sender: Record<string, string> = {};
let shop: Receiver;
let customer = '';

test.beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kokemus-contract-'));
    shop = await receiver(() => 500);
    await writeFile(join(folder, 'kokemus.toml'), `[server]
url = "https://cx.example"
[webhooks]
networks = ["127.0.0.0/8"]
allow_http = true
[mail]
host = "127.0.0.1"
port = 9
tls = "none"
from = "cx@example.com"
`);
    process.env.KOKEMUS_SECRET_CONTRACT_DESK = secret;
    server = await startServer({ args: ['--config', join(folder, 'kokemus.toml'), 'serve', '--demo', '--customers', '200', '--port', '0'], data: join(folder, 'data') });
});
test.afterAll(async () => {
    await server.stop();
    shop.close();
    await rm(folder, { recursive: true });
});

/** Answers to GET that are another each time they are given, or have no tag: see docs/answers.md. */
const fleeting = ['GET /api/customers/{id}/copy', 'GET /api/live', 'GET /api/me', 'GET /api/tasks/{name}', 'GET /metrics'];

/** Asks, holds the response against the document, and expects success unless told otherwise. */
async function call<T = unknown>(operation: string, wish: Wish = {}): Promise<T> {
    const heard = await ask(operation, wish);
    const wanted = [wish.wanted ?? [200, 201, 204]].flat();
    expect(wanted, `${operation}: ${heard.status} ${heard.body.slice(0, 500)}`).toContain(heard.status);
    const tag = heard.headers.get('etag');
    if (operation.startsWith('GET') && tag) {
        await ask(operation, { ...wish, headers: { ...wish.headers, 'if-none-match': tag } });
    }
    return (heard.body.startsWith('{') ? JSON.parse(heard.body) : heard.body) as T;
}

async function ask(operation: string, { path = {}, query = {}, body, headers = {}, as = admin }: Wish): Promise<Heard> {
    const [method, template] = operation.split(' ') as [string, string];
    const where = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(path[name] ?? 'nothing-of-ours'));
    const asked = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
    const json: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
    const response = await fetch(server.url + where + (asked && `?${asked}`), {
        method, headers: { ...json, ...as, ...headers }, body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
    });
    const heard = response.headers.get('content-type')?.startsWith('text/event-stream') ? await begunOf(response) : await heardOf(response);
    found.push(...breachesOfResponse(method, template, heard));
    seen.set(operation, (seen.get(operation) ?? new Set()).add(heard.status));
    return heard;
}

/** Of an answer without an end what comes first. */
async function begunOf(response: Response): Promise<Heard> {
    const reader = response.body!.getReader();
    const { value } = await reader.read();
    await reader.cancel();
    return { status: response.status, headers: response.headers, body: new TextDecoder().decode(value) };
}

/** The session that an answer has begun, as headers. */
async function sessionOf(response: Response): Promise<Record<string, string>> {
    const { token } = (await response.clone().json()) as { token: string };
    return { 'cookie': response.headers.getSetCookie()[0]!.split(';')[0]!, 'x-kokemus-token': token };
}

const bearer = (key: string) => ({ authorization: `Bearer ${key}` });

/** Posts what begins a session, holds the answer against the document, and gives the session. */
async function begin(path: string, body: unknown, as = {}): Promise<Record<string, string>> {
    const response = await fetch(server.url + path, { method: 'POST', headers: { 'content-type': 'application/json', ...as }, body: JSON.stringify(body) });
    const heard = await heardOf(response);
    found.push(...breachesOfResponse('POST', path, heard));
    seen.set(`POST ${path}`, (seen.get(`POST ${path}`) ?? new Set()).add(heard.status));
    expect(heard.status, heard.body).toBe(200);
    return sessionOf(response);
}

test('nobody, and who begins', async () => {
    for (const open of ['/api/openapi.yaml', '/health/live', '/health/ready', '/api/about', '/api/me']) {
        await call(`GET ${open}`, { as: {} });
    }
    await call('POST /api/set-up', { as: {}, body: { code: 'x', email: 'a@example.com', name: 'A', password }, wanted: 401 });
    const code = (await setUpLink(server)).split('#')[1];
    admin = await begin('/api/set-up', { code, email: 'anna@example.com', name: 'Anna', password });
    await call('GET /api/me');
    await call('GET /metrics');
});

test('questions', async () => {
    for (const format of ['json', 'csv', 'xlsx', 'parquet']) {
        await call('GET /api/ask', { query: { q: 'promises', format } });
    }
    await call('POST /api/ask', { body: { question: 'trend nps by month' } });
    await call('POST /api/ask', { body: { questions: ['switches per thread', 'flwo'] } });
    await call('GET /api/overview');
    await call('GET /api/overview', { query: { from: '2000-01-01', to: '2000-02-01' } });
    await call('GET /api/freshness');
    await call('GET /api/watch');
    await call('GET /api/watch', { query: { metric: 'score', by: 'channel', false_alarms: 2, days: 14, history: 20, minimum: 5 } });
    await call('GET /api/watch', { query: { days: 'many' }, wanted: 400 });
    await call('GET /api/values', { query: { field: 'channel' } });
    await call('GET /api/suggest', { query: { text: 'channel = ' } });
    await call('GET /api/live');
});

test('the blueprint', async () => {
    const { version } = await call<{ version: number }>('GET /api/blueprint');
    const { toml } = await call<{ toml: string }>('GET /api/blueprint/versions/{number}', { path: { number: version } });
    await call('POST /api/blueprint', { body: { toml: toml + webhook, dry_run: true } });
    await call('POST /api/blueprint', { body: { toml: toml + webhook }, wanted: 428 });
    await call('POST /api/blueprint', { body: { toml: toml + webhook }, headers: { 'if-match': '"77"' }, wanted: 412 });
    await call('POST /api/blueprint', { body: { toml: toml + '[promise.x]\nmade = ["none"]\n' }, headers: { 'if-match': `"${version}"` }, wanted: 400 });
    await call('POST /api/blueprint', { body: { toml: toml + webhook, reason: 'the desk calls' }, headers: { 'if-match': `"${version}"`, 'idempotency-key': 'b1' } });
    await call('POST /api/blueprint', { body: { toml: toml + webhook, reason: 'the desk calls' }, headers: { 'if-match': `"${version}"`, 'idempotency-key': 'b1' } });
    await call('GET /api/blueprint/versions', { query: { limit: 1 } });
});

test('people and keys', async () => {
    const added = await call<{ user: { id: string; version: string }; code: string }>('POST /api/users', { body: { email: 'bert@example.com', name: 'Bert', role: 'viewer' }, headers: { 'idempotency-key': 'u1' } });
    await call('POST /api/users', { body: { email: 'bert@example.com', name: 'Bert', role: 'viewer' }, headers: { 'idempotency-key': 'u1' } });
    await call('POST /api/users', { body: { email: 'carl@example.com', name: 'Carl', role: 'viewer' }, headers: { 'idempotency-key': 'u1' }, wanted: 422 });
    await call('GET /api/users', { query: { limit: 1 } });
    const path = { id: added.user.id };
    await call('PATCH /api/users/{id}', { path, body: { name: 'Bertha' }, headers: { 'if-match': '"other"' }, wanted: 412 });
    await call('PATCH /api/users/{id}', { path, body: { name: 'Bertha' }, headers: { 'if-match': `"${added.user.version}"`, 'idempotency-key': 'u2' } });
    await call('PATCH /api/users/{id}', { path, body: { name: 'Bertha' }, headers: { 'if-match': `"${added.user.version}"`, 'idempotency-key': 'u2' } });
    const { code } = await call<{ code: string }>('POST /api/users/{id}/invitation', { path });
    let bert = await begin('/api/invitation', { code, password });
    await call('POST /api/me/factor', { as: bert, body: { password: 'wrong password it is' }, wanted: 401 });
    const { secret: factor } = await call<{ secret: string }>('POST /api/me/factor', { as: bert, body: { password } });
    await call('POST /api/me/factor/confirmation', { as: bert, body: { code: codeOf(factor, Date.now() / 1000) } });
    await call('POST /api/session', { as: {}, body: { email: 'bert@example.com', password }, wanted: 401 });
    await call('POST /api/me/factor/removal', { as: bert, body: { password } });
    bert = await begin('/api/session', { email: 'bert@example.com', password });
    bert = await begin('/api/me/password', { present: password, chosen: `${password} 2` }, bert);
    await call('GET /api/audit', { as: bert, wanted: 403 });
    await call('DELETE /api/session', { as: bert });
    await call('GET /api/blueprint', { as: bert, wanted: 401 });

    const made = await call<{ key: { id: string }; text: string }>('POST /api/keys', { body: { name: 'shop', rights: ['send-encounters', 'ask-questions'], origins: ['https://shop.example'], expires: tomorrow() } });
    sender = bearer(made.text);
    const other = await call<{ key: { id: string } }>('POST /api/keys', { body: { name: 'gone', rights: ['ask-questions'], expires: tomorrow() } });
    await call('DELETE /api/keys/{id}', { path: { id: other.key.id } });
    await call('GET /api/keys', { query: { limit: 1 } });
});

test('what is sent in', async () => {
    const one = { id: 'contract-1', customer: 'contract@example.com', time: '2026-01-02T03:04:05Z', touchpoint: 'Store' };
    const send = (body: unknown, wanted = 200) => call('POST /api/encounters', { as: sender, body, wanted });
    await send(one);
    await send([one, { ...one, time: '2026-01-03' }, { ...one, time: 'yesterday' }, { ...one, id: 'c2', time: 'today' }, { ...one, id: 'c3', time: 'now' }]);
    await send({ ...one, time: '2026-01-03' }, 409);
    await send([7], 400);
    await send('[', 400);
    await call('POST /api/encounters', { as: sender, body: '<x/>', headers: { 'content-type': 'application/cloudevents+xml' }, wanted: 415 });
    await call('OPTIONS /api/encounters', { as: sender, headers: { 'webhook-request-origin': 'events.example' } });
    const track = { type: 'track', userId: 'contract@example.com', event: 'Order Completed', messageId: 'm1', timestamp: '2026-01-02T03:04:05Z' };
    const basic = { authorization: `Basic ${Buffer.from(`${sender.authorization!.slice(7)}:`).toString('base64')}` };
    await call('POST /v1/{call}', { path: { call: 'track' }, as: basic, body: track });
    await call('POST /v1/{call}', { path: { call: 'batch' }, as: basic, query: { strict: 1 }, body: { batch: [{ ...track, messageId: 'm2' }, { type: 'track' }] } });
    await call('POST /v1/{call}', { path: { call: 'track' }, as: basic, query: { strict: 1 }, body: { type: 'track' }, wanted: 400 });
    await call('POST /v1/{call}', { path: { call: 'track' }, as: {}, body: track, wanted: 401 });
    await call('POST /v1/{call}', { path: { call: 'track' }, as: basic, body: track, headers: { origin: 'https://elsewhere.example' }, wanted: 403 });
    const page = { 'origin': 'https://shop.example', 'access-control-request-method': 'POST' };
    await call('OPTIONS /v1/{call}', { path: { call: 'track' }, as: {}, headers: page });
    await call('OPTIONS /v1/{call}', { path: { call: 'track' }, as: {}, headers: { ...page, origin: 'https://elsewhere.example' }, wanted: 403 });
    const key = sender.authorization!.slice(7);
    await call('GET /v1/projects/{key}/settings', { path: { key }, as: {} });
    await call('OPTIONS /v1/projects/{key}/settings', { path: { key }, as: {}, headers: { ...page, 'access-control-request-method': 'GET' } });
    const body = JSON.stringify({ from: 'contract@example.com', kind: 'Store' });
    const now = new Date();
    const signed = { 'content-type': 'application/json', 'webhook-id': 'msg_1', 'webhook-timestamp': String(Math.floor(now.getTime() / 1000)), 'webhook-signature': new Webhook(secret).sign('msg_1', now, body) };
    await call('POST /api/webhooks/{name}', { path: { name: 'desk' }, as: {}, headers: signed, body });
    await call('POST /api/webhooks/{name}', { path: { name: 'desk' }, as: {}, headers: { ...signed, 'webhook-id': 'msg_2' }, body, wanted: 404 });
});

test('what was refused', async () => {
    const items = async () => (await call<{ items: { id: string }[] }>('GET /api/refused', { query: { state: 'open', limit: 2 } })).items;
    await expect.poll(async () => (await items()).length).toBe(2);
    const [first, second] = await items();
    await call('GET /api/refused/{id}', { path: first! });
    await call('POST /api/refused/{id}/replay', { path: { id: first!.id }, body: {} });
    await call('POST /api/refused/{id}/correction', { path: { id: second!.id }, body: { text: '{}' } });
    await call('DELETE /api/refused/{id}', { path: { id: first!.id } });
    await call('POST /api/refused/replay', { body: { door: 'encounters', dry_run: true } });
    await call('POST /api/refused/drop', { body: { door: 'encounters' } });
});

test('one customer', async () => {
    const listed = await call<{ customers: { customer: string }[] }>('GET /api/customers', { query: { limit: 2 } });
    customer = listed.customers[0]!.customer;
    for (const of of ['', '/timeline', '/consents', '/copy', '/joins', '/traits', '/accounts']) {
        await call(`GET /api/customers/{id}${of}`, { path: { id: customer } });
        await call(`GET /api/customers/{id}${of}`, { path: { id: 'nobody at all' }, wanted: [200, 404] });
    }
    await call('GET /api/customers/{id}/copy', { path: { id: customer }, query: { form: 'html' } });
    const looks = async () => (await call<{ seen_by: { by: string; action: string }[] }>('GET /api/customers/{id}/copy', { path: { id: customer } })).seen_by;
    await expect.poll(looks).toContainEqual(expect.objectContaining({ by: 'admin', action: 'customer.read' }));
    await call('POST /api/customers/{id}/consents', { path: { id: customer }, body: { purpose: 'contact', state: 'granted' }, headers: { 'idempotency-key': 'c1' } });
    const basic = { authorization: `Basic ${Buffer.from(`${sender.authorization!.slice(7)}:`).toString('base64')}` };
    const batch = [
        { type: 'group', userId: customer, groupId: 'acme', traits: { name: 'Acme' }, messageId: 'g1' },
        { type: 'identify', userId: 'crm-1', traits: { email: 'aino@example.com' }, messageId: 'g2' },
        { type: 'identify', userId: 'shop-1', traits: { email: 'aino@example.com' }, messageId: 'g3' },
    ];
    await call('POST /v1/{call}', { path: { call: 'batch' }, as: basic, body: { batch } });
    await expect.poll(async () => (await ask('GET /api/accounts/{id}', { path: { id: 'acme' } })).status).toBe(200);
    await call('GET /api/accounts/{id}', { path: { id: 'acme' } });
    await call('GET /api/joins/suggestions', { query: { limit: 5 } });
    const { number } = await call<{ number: number }>('POST /api/joins', { body: { name: 'crm-1', other: 'shop-1', reason: 'she said so' } });
    await call('GET /api/joins', { query: { state: 'joined', limit: 1 } });
    await call('DELETE /api/joins/{number}', { path: { number }, query: { reason: 'she did not' } });
});

test('what goes out', async () => {
    const made = await call<{ target: { id: string } }>('POST /api/targets', { body: { name: 'shop', url: shop.url, events: ['user.*'] } });
    const path = { id: made.target.id };
    await call('GET /api/targets');
    await call('GET /api/targets/{id}', { path });
    const tag = (await ask('GET /api/targets/{id}', { path })).headers.get('etag')!;
    await call('PATCH /api/targets/{id}', { path, body: { name: 'the shop' }, headers: { 'if-match': tag, 'idempotency-key': 't1' } });
    await call('PATCH /api/targets/{id}', { path, body: { name: 'the shop' }, headers: { 'if-match': tag, 'idempotency-key': 't1' } });
    await call('PATCH /api/targets/{id}', { path, body: { name: 'a shop' }, headers: { 'if-match': tag }, wanted: 412 });
    const tried = await call<{ id: string }>('POST /api/targets/{id}/test', { path, body: {} });
    await call('GET /api/targets/{id}/deliveries', { path });
    await call('POST /api/targets/{id}/replay', { path, body: { delivery: tried.id } });
    await call('POST /api/targets/{id}/secret', { path, body: {} });
    await call('DELETE /api/targets/{id}', { path });
    await call('POST /api/mails/test', { body: { to: 'bert@example.com' } });
    await call('GET /api/mails');
});

test('improvements', async () => {
    const day = (weeks: number) => new Date(Date.now() + weeks * 7 * 24 * 3600 * 1000).toISOString().slice(0, 10);
    const body = { name: 'Ring first', change: 'the crew rings', metric: 'score', start: day(1), until: day(9), expected: 2, worthwhile: 0.1, design: 'before-after' };
    await call('POST /api/improvements/power', { body });
    await call('POST /api/improvements', { body: { ...body, dry_run: true } });
    await call('POST /api/improvements', { body: { ...body, start: day(-9) }, wanted: 400 });
    await call('POST /api/improvements', { body: { ...body, metric: 'scroe' }, wanted: 400 });
    const { id } = await call<{ id: number }>('POST /api/improvements', { body: { ...body, start: day(-9), late: true, underpowered: true, from_driver: { question: 'flow', factor: 'wait' } }, headers: { 'idempotency-key': 'i1' } });
    const planned = await call<{ id: number; version: number }>('POST /api/improvements', { body: { ...body, underpowered: true } });
    const path = { id: String(id) };
    const later = { id: String(planned.id) };
    await call('GET /api/improvements', { query: { limit: 1 } });
    await call('POST /api/improvements/{id}/looks', { path, body: {}, headers: { 'idempotency-key': 'i2' } });
    await call('POST /api/improvements/{id}/looks', { path: later, body: {}, wanted: 409 });
    await call('GET /api/improvements/{id}', { path });
    await call('PATCH /api/improvements/{id}', { path: later, body: { owner: 'Bert' }, headers: { 'if-match': '"0"' }, wanted: 412 });
    await call('PATCH /api/improvements/{id}', { path: later, body: { owner: 'Bert', underpowered: true }, headers: { 'if-match': `"${planned.version}"` } });
    await call('GET /api/improvements/{id}/record', { path });
    await call('DELETE /api/improvements/{id}', { path: later, query: { reason: 'too dear' } });
    await call('GET /api/improvements/verification');
});

test('who keeps and who forgets', async () => {
    const { key } = JSON.parse(await readFile(join(folder, 'data', 'server.json'), 'utf8')) as { key: string };
    await call('POST /api/backups', { as: bearer(key), body: { folder: join(folder, 'backup') } });
    await call('POST /api/backups', { as: bearer(key), body: { folder: join(folder, 'backup') }, wanted: 409 });
    await call('POST /api/backups', { body: { folder: join(folder, 'backup') }, wanted: 403 });
    await call('GET /api/retention');
    await call('POST /api/erasures', { body: { customers: ['contract@example.com'], reason: 'asked for' }, headers: { 'idempotency-key': 'e1' } });
    await call('GET /api/erasures', { query: { limit: 1 } });
    await call('POST /api/erasures/search', { body: { texts: ['nobody-has-this'] } });
    await call('POST /api/erasures/readmission', { body: { customers: ['contract@example.com'] } });
    await call('GET /api/audit', { query: { limit: 3 } });
    await call('GET /api/audit/verification');
});

/** Questions are answered in an instant here, so that many are asked until one is met at work. */
test('what is being worked on is looked at, and called off', async () => {
    for (const operation of ['GET /api/tasks/{name}', 'DELETE /api/tasks/{name}']) {
        await expect.poll(async () => {
            const names = Array.from({ length: 24 }, (_, i) => `task ${i} ${Math.random()}`);
            const asked = names.map((task) => call('GET /api/ask', { query: { q: `variants per thread where value > ${Math.random()}`, task }, wanted: [200, 499] }));
            const told = await Promise.all(names.map((name) => ask(operation, { path: { name } })));
            await Promise.all(asked);
            return told.some(({ status }) => status === 200);
        }, { timeout: 60_000 }).toBe(true);
    }
});

test('whoever may not, and whatever is nothing, is told so as the document says', async () => {
    const { text } = await call<{ text: string }>('POST /api/keys', { body: { name: 'may little', rights: ['ask-questions'], expires: tomorrow() } });
    for (const operation of operations.filter((one) => one !== 'DELETE /api/session' && one !== 'GET /api/live')) {
        const body = /^(GET|OPTIONS)/.test(operation) ? undefined : {};
        for (const as of [{}, bearer('kk_x_y'), bearer(text), admin]) {
            await ask(operation, { as, body });
            await ask(operation, { as, body, query: { nothing_of_ours: 1 } });
        }
        if (body) {
            await ask(operation, { body: '[', headers: { 'idempotency-key': 'a b' } });
            const { status } = await ask(operation, { body: '<x/>', headers: { 'content-type': 'text/plain' } });
            expect(/ \/(v1|api\/webhooks)\//.test(operation) || [403, 415].includes(status), `${operation} of text/plain: ${status}`).toBe(true);
        }
    }
});

/** The libraries that send to /v1 may add what they like. */
const strict = asking.filter((one) => one !== 'POST /v1/{call}');

test('a misspelt parameter is no question, and those that there are stand in the document', async () => {
    for (const operation of strict) {
        const { status, body } = await ask(operation, { query: { nothing_of_ours: 1 } });
        expect([status, body], operation).toEqual([400, expect.stringContaining('there is no parameter \\"nothing_of_ours\\" here')]);
        const [, known] = /; there are ([^"]*)"/.exec(body)!;
        const there = known!.replace(/\.$/, '').split(', ');
        expect(queryOf(operation).map(({ name }) => name).sort(), operation).toEqual(there.sort());
    }
});

test('the bounds of whole numbers are those of the document', async () => {
    const bounded = strict.flatMap((operation) => queryOf(operation).filter(({ schema }) => schema.maximum !== undefined).map((of) => ({ operation, of })));
    expect(bounded.length).toBeGreaterThan(10);
    for (const { operation, of: { name, schema } } of bounded) {
        const refused = async (value: number) => {
            const { status, body } = await ask(operation, { query: { [name]: value } });
            return status === 400 && new RegExp(`(parameter )?${name}: `).test((JSON.parse(body) as { detail: string }).detail);
        };
        const { minimum = 0, maximum = 0 } = schema;
        const beyond = [await refused(minimum - 1), await refused(minimum), await refused(maximum), await refused(maximum + 1)];
        expect(beyond, `${operation} ${name} from ${minimum} to ${maximum}`).toEqual([true, false, false, true]);
    }
});

test('everything was seen to succeed, and was as docs/openapi.yaml says', () => {
    expect([...new Set(found)]).toEqual([]);
    const succeeded = (operation: string) => [...(seen.get(operation) ?? [])].some((status) => status < 300);
    expect(operations.length).toBeGreaterThan(70);
    expect(operations.filter((operation) => !succeeded(operation))).toEqual([]);
    const spared = (operation: string) => seen.get(operation)!.has(304);
    expect(operations.filter((operation) => operation.startsWith('GET') && !spared(operation)).sort()).toEqual(fleeting);
});
