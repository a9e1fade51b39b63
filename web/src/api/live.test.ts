import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { followNews } from './live';

class Source {
    onmessage: ((event: MessageEvent) => void) | null = null;
    closed = false;
    close() {
        this.closed = true;
    }
    tell(lastEventId: string) {
        this.onmessage?.({ lastEventId } as MessageEvent);
    }
}

let hidden = false;
let source: Source;
let refreshed: ReturnType<typeof vi.spyOn>;
let stop: () => void;

beforeEach(() => {
    vi.useFakeTimers();
    hidden = false;
    vi.spyOn(document, 'hidden', 'get').mockImplementation(() => hidden);
    const client = new QueryClient();
    refreshed = vi.spyOn(client, 'invalidateQueries').mockResolvedValue();
    source = new Source();
    stop = followNews(client, source as unknown as EventSource);
});
afterEach(() => {
    stop();
    vi.useRealTimers();
    vi.restoreAllMocks();
});

it('asks nothing again for the first news, which say where the numbers stand', async () => {
    source.tell('1');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(refreshed).not.toHaveBeenCalled();
});

it('gathers news, rests between refreshes, and misses none', async () => {
    source.tell('1');
    source.tell('2');
    source.tell('3');
    await vi.advanceTimersByTimeAsync(1_100);
    expect(refreshed).toHaveBeenCalledTimes(1);
    for (let i = 4; i < 24; i += 1) {
        source.tell(String(i));
        await vi.advanceTimersByTimeAsync(100);
    }
    expect(refreshed).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(refreshed).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(refreshed).toHaveBeenCalledTimes(2);
});

it('hears the same news twice as one, as after a reconnection', async () => {
    source.tell('1');
    source.tell('1');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(refreshed).not.toHaveBeenCalled();
});

it('waits in the background until the page is looked at', async () => {
    source.tell('1');
    hidden = true;
    source.tell('2');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(refreshed).not.toHaveBeenCalled();
    hidden = false;
    document.dispatchEvent(new Event('visibilitychange'));
    await vi.advanceTimersByTimeAsync(2_000);
    expect(refreshed).toHaveBeenCalledTimes(1);
});

it('rests longer after a refresh that took long', async () => {
    refreshed.mockImplementation(() => new Promise<void>((done) => setTimeout(done, 2_000)));
    source.tell('1');
    source.tell('2');
    await vi.advanceTimersByTimeAsync(3_100);
    source.tell('3');
    await vi.advanceTimersByTimeAsync(38_000);
    expect(refreshed).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(4_000);
    expect(refreshed).toHaveBeenCalledTimes(2);
});

it('leaves alone what has no numbers, and what says that it stays', () => {
    const client = new QueryClient();
    const asked = vi.spyOn(client, 'invalidateQueries').mockResolvedValue();
    const other = new Source();
    const end = followNews(client, other as unknown as EventSource);
    other.tell('1');
    other.tell('2');
    vi.advanceTimersByTime(1_100);
    const { predicate } = asked.mock.calls[0]![0] as { predicate: (query: unknown) => boolean };
    expect(predicate({ queryKey: ['/api/overview'], meta: undefined })).toBe(true);
    expect(predicate({ queryKey: ['/api/ask', 'flow'], meta: { live: false } })).toBe(false);
    expect(predicate({ queryKey: ['/api/blueprint'], meta: undefined })).toBe(false);
    end();
    expect(other.closed).toBe(true);
});
