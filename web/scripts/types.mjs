// Writes src/api/types.ts from docs/openapi.yaml; with --check says whether it is stale instead.
import { readFile, writeFile } from 'node:fs/promises';
import openapi, { astToString } from 'openapi-typescript';

const target = new URL('../src/api/types.ts', import.meta.url);

/** The text that src/api/types.ts must have. */
export async function generate() {
    const schema = new URL('../../docs/openapi.yaml', import.meta.url);
    const body = astToString(await openapi(schema, { alphabetize: false }));
    return `// Generated from docs/openapi.yaml by "npm run types". Do not edit.\n\n${body}`;
}

if (process.argv[1] && import.meta.url.endsWith('scripts/types.mjs') && process.argv[1].endsWith('types.mjs')) {
    const wanted = await generate();
    if (process.argv.includes('--check')) {
        const present = await readFile(target, 'utf8').catch(() => '');
        if (present !== wanted) {
            console.error('src/api/types.ts is stale: run "npm run types"');
            process.exit(1);
        }
    } else {
        await writeFile(target, wanted);
        console.log('src/api/types.ts written');
    }
}
