import { useEffect, useState, useSyncExternalStore } from 'react';
import { get, writing } from './client';

/** What the server is counting for this page, by the names given to it, with the time it was asked. */
let working: ReadonlyMap<string, number> = new Map();
const listeners = new Set<() => void>();

function change(to: ReadonlyMap<string, number>) {
    working = to;
    listeners.forEach((listener) => listener());
}

/** Asks with a task name of its own, which is listed until there is an answer. */
export async function asTask<T>(run: (name: string) => Promise<T>): Promise<T> {
    // not randomUUID(): a studio served in an office without TLS does not have it
    const name = Array.from(crypto.getRandomValues(new Uint32Array(4)), (n) => n.toString(36)).join('');
    change(new Map(working).set(name, performance.now()));
    try {
        return await run(name);
    } finally {
        const rest = new Map(working);
        rest.delete(name);
        change(rest);
    }
}

/** Has everything that is being counted given up; each is then answered with the problem "cancelled". */
export function callOffAll() {
    for (const name of working.keys()) {
        void fetch(`/api/tasks/${name}`, { method: 'DELETE', headers: writing() }).catch(() => undefined);
    }
}

export const longMilliseconds = 500;
const lookEvery = 300;

/** How much of its present pass the longest running task has done, 0 to 1; null while nothing takes long. */
export function useLongWork(): number | null {
    const tasks = useSyncExternalStore(
        (listener) => {
            listeners.add(listener);
            return () => listeners.delete(listener);
        },
        () => working,
    );
    const oldest = tasks.entries().next().value;
    const name = oldest?.[0];
    const since = oldest?.[1] ?? 0;
    const [seen, setSeen] = useState<{ name: string; share: number } | null>(null);
    useEffect(() => {
        if (name === undefined) {
            return;
        }
        let timer = 0;
        let current = true;
        const look = async () => {
            const progress = await get('/api/tasks/{name}', { path: { name } }).catch(() => null);
            if (current) {
                setSeen({ name, share: progress?.share ?? 0 });
                timer = window.setTimeout(() => void look(), lookEvery);
            }
        };
        timer = window.setTimeout(() => void look(), Math.max(0, since + longMilliseconds - performance.now()));
        return () => {
            current = false;
            clearTimeout(timer);
        };
    }, [name, since]);
    return name !== undefined && seen?.name === name ? seen.share : null;
}
