import { readFileSync } from 'node:fs';
import Ajv2020 from 'ajv/dist/2020.js';
import { parse } from 'yaml';

type Node = Record<string, unknown>;

interface Reference { $ref: string }
interface Parameter { name: string; in: string; schema: { type?: string; minimum?: number; maximum?: number } }
interface Operation { operationId: string; parameters?: (Parameter | Reference)[]; responses: Record<string, Answer | Reference> }
interface Answer { headers?: Record<string, Header | Reference>; content?: Record<string, { schema: Node }> }
interface Header { required?: boolean; schema: Node }

const document = parse(readFileSync(new URL('../../docs/openapi.yaml', import.meta.url), 'utf8')) as {
    components: { schemas: Record<string, Node>; responses: Record<string, Answer>; headers: Record<string, Header>; parameters: Record<string, Parameter> };
    paths: Record<string, Record<string, Operation>>;
};

/** Schemas that are the base of others: they must let through what those add. */
const bases = new Set(['Envelope', 'TimelineEncounter', 'Metric', 'Join']);

/** Closes every object that says its properties, so that a key the contract does not know is found too. */
function closed(node: unknown, name = ''): unknown {
    if (Array.isArray(node)) {
        return node.map((part) => closed(part));
    }
    if (typeof node !== 'object' || node === null) {
        return node;
    }
    const copy = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, closed(value)])) as Node;
    delete copy.example;
    const parts = copy.allOf as Node[] | undefined;
    if (parts) {
        for (const part of parts) {
            delete part.unevaluatedProperties;
        }
        copy.unevaluatedProperties = false;
    } else if (copy.properties && copy.additionalProperties === undefined && !bases.has(name)) {
        copy.unevaluatedProperties = false;
    }
    return copy;
}

const ajv = new Ajv2020({ strict: false, allErrors: true });
ajv.addFormat('date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
const schemas = Object.fromEntries(Object.entries(document.components.schemas).map(([name, node]) => [name, closed(node, name)]));
ajv.addSchema({ $id: 'kokemus', components: { schemas } });

/** What in `answer` is not as docs/openapi.yaml says of `schema`; empty when it is. */
export function breaches(schema: string, answer: unknown): string[] {
    const check = ajv.getSchema(`kokemus#/components/schemas/${schema}`);
    if (!check) {
        throw new Error(`docs/openapi.yaml has no schema ${schema}`);
    }
    if (check(answer)) {
        return [];
    }
    return (check.errors ?? []).map((e) => `${schema}${e.instancePath} ${e.message} ${JSON.stringify(e.params)}`);
}

/** A response as it came, its whole body read. */
export interface Heard { status: number; headers: Headers; body: string }

export async function heardOf(response: Response): Promise<Heard> {
    return { status: response.status, headers: response.headers, body: await response.clone().text() };
}

const lastOf = (reference: string) => reference.split('/').at(-1)!;

/** Every operation that docs/openapi.yaml has: "GET /api/ask". */
export const operations = Object.entries(document.paths).flatMap(([path, those]) =>
    Object.keys(those).filter((method) => method !== 'parameters').map((method) => `${method.toUpperCase()} ${path}`));

/** The parameters that an operation takes in its address. */
export function queryOf(operation: string): Parameter[] {
    const [method, path] = operation.split(' ') as [string, string];
    const named = document.paths[path]![method.toLowerCase()]!.parameters ?? [];
    return named.map((one) => ('$ref' in one ? document.components.parameters[lastOf(one.$ref)]! : one)).filter((one) => one.in === 'query');
}

/** Those operations that take any. */
export const asking = operations.filter((operation) => queryOf(operation).length > 0);

/** Headers that mean something to a program: a response that has one must be documented with it. */
const telling = /^(etag|allow|location|retry-after|idempotency-replayed|webhook-|x-kokemus-|x-ratelimit-)/;

/** Of every operation: `default` stands for what went wrong, and for nothing else. */
function answerOf(operation: Operation, status: number): Answer | undefined {
    const named = operation.responses[status] ?? (status >= 400 ? operation.responses.default : undefined);
    return named && '$ref' in named ? document.components.responses[lastOf(named.$ref)] : named;
}

function breachesOfHeaders(answer: Answer, headers: Headers): string[] {
    const found: string[] = [];
    const named = new Map(Object.entries(answer.headers ?? {}).map(([name, header]) =>
        [name.toLowerCase(), '$ref' in header ? document.components.headers[lastOf(header.$ref)]! : header]));
    for (const [name, header] of named) {
        const value = headers.get(name);
        if (value === null) {
            found.push(...(header.required ? [`${name} is missing`] : []));
        } else {
            const read = header.schema.type === 'integer' && /^\d+$/.test(value) ? Number(value) : value;
            const check = ajv.compile(rooted(header.schema) as Node);
            found.push(...(check(read) ? [] : [`${name}: ${value} ${ajv.errorsText(check.errors)}`]));
        }
    }
    const unnamed = [...headers.keys()].filter((name) => telling.test(name) && !named.has(name));
    return [...found, ...unnamed.map((name) => `${name} is documented nowhere`), ...(headers.get('x-request-id') ? [] : ['no X-Request-Id'])];
}

/** What of a response is not as docs/openapi.yaml says of its operation: its status, its headers, its type, its body. */
export function breachesOfResponse(method: string, path: string, { status, headers, body }: Heard): string[] {
    const place = `${method} ${path} ${status}`;
    const operation = document.paths[path]?.[method.toLowerCase()];
    const answer = operation && answerOf(operation, status);
    if (!answer) {
        return [`${place}: there is no such ${operation ? 'status' : 'operation'}: ${body.slice(0, 300)}`];
    }
    return [...breachesOfHeaders(answer, headers), ...breachesOfBody(answer, headers.get('content-type') ?? '', body)].map((words) => `${place}: ${words}`);
}

function breachesOfBody(answer: Answer, type: string, body: string): string[] {
    const content = answer.content ?? {};
    const media = type.split(';')[0]!.trim();
    if (Object.keys(content).length === 0) {
        return body === '' ? [] : ['a body where there is none'];
    }
    const form = content[media];
    if (!form) {
        return [`${media || 'no type'} is none of ${Object.keys(content).join(', ')}`];
    }
    if (!media.endsWith('json')) {
        return [];
    }
    const check = ajv.compile(rooted(closed(form.schema)) as Node);
    return check(JSON.parse(body)) ? [] : (check.errors ?? []).map((e) => `${e.instancePath} ${e.message} ${JSON.stringify(e.params)}`);
}

/** The same with references into the components as ajv knows them. */
function rooted(node: unknown): unknown {
    if (Array.isArray(node)) {
        return node.map(rooted);
    }
    if (typeof node !== 'object' || node === null) {
        return node;
    }
    return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, key === '$ref' ? `kokemus${value as string}` : rooted(value)]));
}
