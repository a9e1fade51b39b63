import { readFileSync } from 'node:fs';
import Ajv2020 from 'ajv/dist/2020.js';
import { parse } from 'yaml';

type Node = Record<string, unknown>;

const document = parse(readFileSync(new URL('../../docs/openapi.yaml', import.meta.url), 'utf8')) as {
    components: { schemas: Record<string, Node> };
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
