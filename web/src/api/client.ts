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
            headers: { accept: 'application/json', ...attended() },
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

/** All parts of a list that comes in parts, as one: for lists that are short as a rule. `name` is the member that is the list. */
export async function wholeList<Name extends string, Part extends { next: string | null } & Record<Name, unknown[]>>(
    part: (after: string) => Promise<Part>, name: Name,
): Promise<Part> {
    const whole = await part('');
    const rows: unknown[] = [...whole[name]];
    for (let next = whole.next; next !== null;) {
        const more = await part(next);
        rows.push(...more[name]);
        next = more.next;
    }
    return { ...whole, [name]: rows, next: null };
}

const attendedMs = 60_000;
let touched = Date.now();
for (const event of ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const) {
    globalThis.addEventListener?.(event, () => (touched = Date.now()), { passive: true, capture: true });
}

/** A page that nobody has touched for a while says so when it asks: that does not keep the session. */
function attended(): Record<string, string> {
    return Date.now() - touched > attendedMs ? { 'x-kokemus-unattended': '1' } : {};
}

let token = '';
const signedOutListeners = new Set<() => void>();

/** The token of the session, which every write is sent with; empty while nobody is signed in. */
export function setToken(of: string): void {
    token = of;
}

/** Calls `listener` when the server says that the session has ended. Gives how to stop. */
export function onSignedOut(listener: () => void): () => void {
    signedOutListeners.add(listener);
    return () => void signedOutListeners.delete(listener);
}

/** The headers of a write: what was sent by another site does not have them. */
export function writing(): Record<string, string> {
    return { accept: 'application/json', 'content-type': 'application/json', ...(token ? { 'x-kokemus-token': token } : {}) };
}

/** Changes something. Throws ProblemError with words for the reader when the server did not. */
export async function send<Body>(
    method: 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown, headers: Record<string, string> = {},
): Promise<Body> {
    let response: Response;
    try {
        response = await fetch(path, { method, headers: { ...writing(), ...headers }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    } catch {
        throw unreachable();
    }
    if (!response.ok) {
        throw await problemOf(response);
    }
    return (await response.json()) as Body;
}

function unreachable(detail = 'The server did not answer. Is it still running?'): ProblemError {
    return new ProblemError({ type: 'about:blank', title: 'No answer', status: 0, detail, code: 'unreachable' });
}

async function problemOf(response: Response): Promise<ProblemError> {
    const body: unknown = await response.json().catch(() => null);
    if (typeof body === 'object' && body !== null && 'detail' in body && 'code' in body) {
        if (body.code === 'sign_in_needed') {
            signedOutListeners.forEach((listener) => listener());
        }
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
