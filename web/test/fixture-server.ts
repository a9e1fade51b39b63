import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

/** What answers an address of the API from test/fixtures, null for an address nobody answers. */
export function fixtureFor(path: string, query: URLSearchParams): { status: number; body: unknown } | null {
    const read = (name: string) => JSON.parse(readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url), 'utf8')) as unknown;
    const question = query.get('q') ?? '';
    const where = query.get('where') ?? '';
    if (/\bchanel\b/.test(where + question)) {
        return {
            status: 400,
            body: {
                type: 'about:blank', title: 'The question cannot be read', status: 400, code: 'invalid_input',
                column: (where || question).indexOf('chanel') + 1, detail: `column ${(where || question).indexOf('chanel') + 1}: "chanel" is not a field; did you mean "channel"?`,
            },
        };
    }
    const fixed: [RegExp, string][] = [
        [/^\/api\/(overview|freshness|about|blueprint|customers|me|suggest|values)$/, '$1'],
        [/^\/api\/customers\/K-20411\/timeline$/, 'customer-timeline'],
        [/^\/api\/customers\/K-20411$/, 'customer'],
    ];
    for (const [pattern, name] of fixed) {
        if (pattern.test(path)) {
            return { status: 200, body: read(path.replace(pattern, name)) };
        }
    }
    if (path === '/api/ask') {
        const kind = question.trim().split(/\s/)[0] ?? '';
        if (/^[a-z]+$/.test(kind)) {
            return { status: 200, body: read(kind) };
        }
    }
    return null;
}

/** Serves test/fixtures at /api in the development server (KOKEMUS_FIXTURES=1). Never part of a build. */
export function fixtureServer(): Plugin {
    return {
        name: 'kokemus-fixtures',
        apply: 'serve',
        configureServer(server) {
            server.middlewares.use((request, response, next) => {
                const url = new URL(request.url ?? '/', 'http://fixtures');
                if (!url.pathname.startsWith('/api/')) {
                    next();
                    return;
                }
                let answer: ReturnType<typeof fixtureFor> = null;
                try {
                    answer = fixtureFor(decodeURI(url.pathname), url.searchParams);
                } catch {
                    answer = null; // no such file: nobody answers
                }
                const { status, body } = answer ?? {
                    status: 404,
                    body: { type: 'about:blank', title: 'Not found', status: 404, code: 'not_found', detail: `Nothing answers ${url.pathname} in the fixtures.` },
                };
                response.statusCode = status;
                response.setHeader('content-type', status === 200 ? 'application/json' : 'application/problem+json');
                response.end(JSON.stringify(body));
            });
        },
    };
}
