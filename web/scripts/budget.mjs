// The first view stays small: the entry, everything it imports at once, and the page it opens with, gzipped.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const budgetKilobytes = { js: 250, css: 30 };
const dist = new URL('../dist/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'));

/** The files that a chunk needs at once, itself first. */
function filesOf(name, seen = new Set()) {
    const chunk = manifest[name];
    if (!chunk || seen.has(chunk.file)) {
        return [];
    }
    seen.add(chunk.file);
    return [chunk.file, ...(chunk.css ?? []), ...(chunk.imports ?? []).flatMap((next) => filesOf(next, seen))];
}

const files = [...new Set(['index.html', 'src/overview/overview-page.tsx'].flatMap((name) => filesOf(name)))];
let fits = files.length > 0;
for (const [kind, budget] of Object.entries(budgetKilobytes)) {
    const bytes = files.filter((file) => file.endsWith(`.${kind}`))
        .reduce((sum, file) => sum + gzipSync(readFileSync(new URL(file, dist))).length, 0);
    const kilobytes = Math.round(bytes / 102.4) / 10;
    fits &&= bytes > 0 && kilobytes <= budget;
    console.log(`first view: ${kilobytes} kB of ${kind} gzipped, budget ${budget} kB`);
}
if (!fits) {
    console.error('The first view is over its budget: load what it does not need later (lazy), or take it out.');
    process.exit(1);
}
