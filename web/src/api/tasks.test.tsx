import { act, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { LongWork } from '../shell/long-work';
import { asTask, longMilliseconds } from './tasks';

beforeEach(() => {
    vi.useFakeTimers();
});
afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
});

it('says how far a long count is, lets it be stopped, and is gone when it is done', async () => {
    const fetching = vi.fn<(address: string, init?: RequestInit) => Promise<Response>>(
        async () => new Response(JSON.stringify({ passes: 1, share: 0.43, seconds: 0.6 })),
    );
    vi.stubGlobal('fetch', fetching);
    render(<LongWork />);
    let name = '';
    let finish: (answer: string) => void = () => undefined;
    let answered: Promise<string> = Promise.resolve('');
    await act(async () => {
        answered = asTask((given) => {
            name = given;
            return new Promise<string>((resolve) => { finish = resolve; });
        });
    });
    await act(() => vi.advanceTimersByTimeAsync(longMilliseconds - 50));
    expect(screen.queryByRole('status')).toBeNull();
    await act(() => vi.advanceTimersByTimeAsync(100));
    expect(screen.getByRole('status').textContent).toContain('counting, 43');
    expect(fetching.mock.calls[0]![0]).toBe(`/api/tasks/${name}`);

    act(() => screen.getByRole('button', { name: 'Stop' }).click());
    expect(fetching.mock.lastCall).toEqual([`/api/tasks/${name}`, { method: 'DELETE', headers: { accept: 'application/json', 'content-type': 'application/json' } }]);

    await act(async () => {
        finish('done');
        expect(await answered).toBe('done');
    });
    expect(screen.queryByRole('status')).toBeNull();
});

it('gives each count a name of its own that nobody guesses', async () => {
    const names = await Promise.all([asTask(async (name) => name), asTask(async (name) => name)]);
    expect(names[0]).not.toBe(names[1]);
    expect(names[0]!.length).toBeGreaterThan(16);
});
