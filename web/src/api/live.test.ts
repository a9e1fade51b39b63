import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { followNews } from './live';

/** As the browser's: what breaks it opens again by itself, what is refused stays closed. */
class Source {
    onmessage: ((event: MessageEvent) => void) | null = null;
    onerror: (() => void) | null = null;
    readonly CLOSED = 2;
    readyState = 1;
    get closed() {
        return this.readyState === this.CLOSED;
    }
    close() {
        this.readyState = this.CLOSED;
    }
    breaks() {
        this.readyState = 0;
        this.onerror?.();
    }
    isRefused() {
        this.readyState = this.CLOSED;
        this.onerror?.();
    }
    tell(lastEventId: string) {
        this.onmessage?.({ lastEventId } as MessageEvent);
    }
}

let hidden = false;
let source: Source;
let opened: number;
let refreshed: ReturnType<typeof vi.spyOn>;
let stop: () => void;

beforeEach(() => {
    vi.useFakeTimers();
    hidden = false;
    vi.spyOn(document, 'hidden', 'get').mockImplementation(() => hidden);
    const client = new QueryClient();
    refreshed = vi.spyOn(client, 'invalidateQueries').mockResolvedValue();
    opened = 0;
    stop = followNews(client, () => {
        opened += 1;
        source = new Source();
        return source as unknown as EventSource;
    });
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
    const end = followNews(client, () => other as unknown as EventSource);
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

it('asks again for a stream that was refused, ever more rarely, and then for the numbers', async () => {
    source.tell('1');
    source.breaks();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(opened, 'the browser opens it again itself').toBe(1);
    source.isRefused();
    await vi.advanceTimersByTimeAsync(2_100);
    expect(opened).toBe(2);
    source.isRefused();
    await vi.advanceTimersByTimeAsync(3_900);
    expect(opened).toBe(2);
    await vi.advanceTimersByTimeAsync(200);
    expect(opened).toBe(3);
    for (let i = 0; i < 8; i += 1) {
        source.isRefused();
        await vi.advanceTimersByTimeAsync(60_100);
    }
    expect(opened).toBe(11);
    source.tell('1');
    await vi.advanceTimersByTimeAsync(1_100);
    expect(refreshed, 'what was asked meanwhile may have been refused, too').toHaveBeenCalledTimes(1);
    source.isRefused();
    await vi.advanceTimersByTimeAsync(2_100);
    expect(opened, 'after good news soon again').toBe(12);
});

it('asks for no stream in the background, nor when it is over', async () => {
    hidden = true;
    source.isRefused();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(opened).toBe(1);
    hidden = false;
    document.dispatchEvent(new Event('visibilitychange'));
    expect(opened).toBe(2);
    source.isRefused();
    stop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(opened).toBe(2);
});
