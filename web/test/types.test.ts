// @vitest-environment node
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { generate } from '../scripts/types.mjs';

it('src/api/types.ts is what docs/openapi.yaml says', async () => {
    const present = readFileSync(new URL('../src/api/types.ts', import.meta.url), 'utf8');
    expect(present === (await generate()), 'stale: run "npm run types"').toBe(true);
});
