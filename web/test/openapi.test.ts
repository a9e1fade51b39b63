// @vitest-environment node
import { fileURLToPath } from 'node:url';
import { createConfig, lint } from '@redocly/openapi-core';
import { expect, it } from 'vitest';

const document = fileURLToPath(new URL('../../docs/openapi.yaml', import.meta.url));

/** The linter's recommended rules, warnings counted as faults; what is switched off says why. */
const config = await createConfig({
    extends: ['recommended-strict'],
    rules: {
        'operation-4xx-response': 'off', // every operation has `default`, which is a problem of any status
        'no-server-example.com': 'off',
    },
});

it('docs/openapi.yaml is OpenAPI 3.1 without a fault that the linter knows', async () => {
    const faults = await lint({ ref: document, config });
    expect(faults.map((fault) => `${fault.ruleId}: ${fault.message} (${fault.location.map((place) => place.pointer).join()})`)).toEqual([]);
});
