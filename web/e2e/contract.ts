import { readFileSync } from 'node:fs';
import Ajv2020 from 'ajv/dist/2020.js';
import { parse } from 'yaml';

type Node = Record<string, unknown>;

interface Operation { operationId: string; responses: Record<string, Answer | { $ref: string }> }
interface Answer { content?: Record<string, { schema: Node }> }

const document = parse(readFileSync(new URL('../../docs/openapi.yaml', import.meta.url), 'utf8')) as {
    components: { schemas: Record<string, Node>; responses: Record<string, Answer> };
    paths: Record<string, Record<string, Operation>>;
};

/** Schemas that are the base of others: they must let through what those add. */
const bases = new Set(['Envelope', 'TimelineEncounter', 'Metric']);

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

/** What of a response is not as docs/openapi.yaml says of its operation: its status, its type, its body. */
export function breachesOfResponse(method: string, path: string, status: number, type: string, body: string): string[] {
    const place = `${method} ${path} ${status}`;
    const operation = document.paths[path]?.[method.toLowerCase()];
    if (!operation) {
        return [`${place}: there is no such operation`];
    }
    const named = operation.responses[status] ?? operation.responses.default;
    if (!named) {
        return [`${place}: no such status`];
    }
    const answer = '$ref' in named ? document.components.responses[named.$ref.split('/').at(-1)!]! : named;
    const content = answer.content ?? {};
    const media = type.split(';')[0]!.trim();
    if (Object.keys(content).length === 0) {
        return body === '' ? [] : [`${place}: a body where there is none`];
    }
    const form = content[media];
    if (!form) {
        return [`${place}: ${media || 'no type'} is none of ${Object.keys(content).join(', ')}`];
    }
    if (!media.endsWith('json')) {
        return [];
    }
    const check = ajv.compile(rooted(closed(form.schema)) as Node);
    return check(JSON.parse(body)) ? [] : (check.errors ?? []).map((e) => `${place}${e.instancePath} ${e.message} ${JSON.stringify(e.params)}`);
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
