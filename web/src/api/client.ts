import type { components, paths } from './types';

export type Schema = components['schemas'];
export type Problem = Schema['Problem'];
export type Estimate = Schema['Estimate'];

/** What the server (or the way to it) said instead of an answer; `problem.detail` is for the reader. */
export class ProblemError extends Error {
    readonly problem: Omit<Problem, 'code'> & { code: Problem['code'] | 'unreachable' };

    constructor(problem: ProblemError['problem']) {
        super(problem.detail || problem.title);
        this.name = 'ProblemError';
        this.problem = problem;
    }
}

const milliseconds = new WeakMap<object, number>();

/** How long an answer took from asking to having it, in milliseconds; null for an object that is no answer. */
export function answeredIn(answer: object | undefined): number | null {
    return answer ? (milliseconds.get(answer) ?? null) : null;
}

type GetPath = { [P in keyof paths]: paths[P] extends { get: unknown } ? P : never }[keyof paths];
type Ok<P extends GetPath> = paths[P] extends {
    get: { responses: { 200: { content: { 'application/json': infer Body } } } };
}
    ? Body
    : never;
type QueryOf<P extends GetPath> = paths[P] extends { get: { parameters: { query?: infer Query } } } ? Query : never;

/**
 * Gets an answer of the API. Throws ProblemError with words for the reader when there is none.
 * `{id}` in the path is filled from `options.path`; absent and empty query values are left out.
 */
export async function get<P extends GetPath>(
    path: P,
    options: { query?: QueryOf<P>; path?: Record<string, string>; signal?: AbortSignal } = {},
): Promise<Ok<P>> {
    const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(options.path?.[name] ?? ''));
    const query = new URLSearchParams();
    for (const [key, value] of Object.entries(options.query ?? {})) {
        if (value !== undefined && value !== null && value !== '') {
            query.set(key, String(value));
        }
    }
    const text = query.toString();
    const begun = performance.now();
    let response: Response;
    try {
        response = await fetch(filled + (text ? `?${text}` : ''), {
            headers: { accept: 'application/json' },
            ...(options.signal ? { signal: options.signal } : {}),
        });
    } catch (fault) {
        if (options.signal?.aborted) {
            throw fault;
        }
        throw unreachable();
    }
    if (!response.ok) {
        throw await problemOf(response);
    }
    const answer = (await response.json().catch(() => {
        throw unreachable('The server sent something that is not an answer. Try again, or look at its log.');
    })) as Ok<P>;
    if (typeof answer === 'object' && answer !== null) {
        milliseconds.set(answer, performance.now() - begun);
    }
    return answer;
}

function unreachable(detail = 'The server did not answer. Is it still running?'): ProblemError {
    return new ProblemError({ type: 'about:blank', title: 'No answer', status: 0, detail, code: 'unreachable' });
}

async function problemOf(response: Response): Promise<ProblemError> {
    const body: unknown = await response.json().catch(() => null);
    if (typeof body === 'object' && body !== null && 'detail' in body && 'code' in body) {
        return new ProblemError(body as Problem);
    }
    return new ProblemError({
        type: 'about:blank',
        title: 'No answer',
        status: response.status,
        detail: `The server answered ${response.status} without saying why.`,
        code: response.status === 404 ? 'not_found' : 'internal',
    });
}

/** The column of the text asked at which reading stopped, 1-based, when the problem is about one. */
export function columnOf(fault: unknown): number | null {
    return fault instanceof ProblemError ? (fault.problem.column ?? null) : null;
}
