import { useEffect } from 'react';
import { useQueryClient, type Query, type QueryClient } from '@tanstack/react-query';

/** News that come in a bunch are one refresh. */
const gatherMs = 1_000;

/** Between refreshes: calm for the reader, and never more than a twentieth of the server's time for one page. */
const restMs = 5_000;
const restPerRefresh = 20;

/** A stream that was refused (a server that starts, or has too many listeners) is asked for again: soon, then more rarely. */
const askAgainMs = 2_000;
const askAgainMostMs = 60_000;

/** What a page shows of the numbers. Not the blueprint, which has no numbers, nor what says of itself that it stays. */
function isLive(query: Query): boolean {
    return query.queryKey[0] !== '/api/blueprint' && query.queryKey[0] !== '/api/about' && query.queryKey[0] !== '/api/me' && query.meta?.live !== false;
}

/**
 * Listens to GET /api/live and asks again for what is on the page, quietly: each part keeps its last answer until the
 * next is there. A page in the background waits until it is looked at. A stream that breaks the browser opens again by
 * itself, one that is answered anything but 200 never: that is done here. Gives how to stop.
 */
export function followNews(client: QueryClient, open = () => new EventSource('/api/live')): () => void {
    let source: EventSource;
    let asking: ReturnType<typeof setTimeout> | undefined;
    let askIn = askAgainMs;
    let lost = false;
    let known = '';
    let waiting: ReturnType<typeof setTimeout> | undefined;
    let rested = 0;
    let changed = false;

    const refresh = async () => {
        waiting = undefined;
        if (document.hidden) {
            return;
        }
        changed = false;
        const begun = Date.now();
        rested = Number.POSITIVE_INFINITY;
        await client.invalidateQueries({ predicate: isLive }, { cancelRefetch: false });
        const ended = Date.now();
        rested = ended + Math.max(restMs, (ended - begun) * restPerRefresh);
        if (changed) {
            plan();
        }
    };
    const plan = () => {
        changed = true;
        if (waiting === undefined && rested !== Number.POSITIVE_INFINITY) {
            waiting = setTimeout(() => void refresh(), Math.max(gatherMs, rested - Date.now()));
        }
    };
    const hear = ({ lastEventId }: MessageEvent) => {
        // The first one tells where the numbers stand; the page has just asked for them. Not so after a refusal:
        // what was asked meanwhile may have been refused, too.
        if (lost || (known !== '' && known !== lastEventId)) {
            plan();
        }
        known = lastEventId;
        lost = false;
        askIn = askAgainMs;
    };
    const listen = () => {
        asking = undefined;
        source = open();
        source.onmessage = hear;
        source.onerror = () => {
            if (source.readyState === source.CLOSED && asking === undefined) {
                lost = true;
                asking = setTimeout(askAgain, askIn);
                askIn = Math.min(2 * askIn, askAgainMostMs);
            }
        };
    };
    const askAgain = () => {
        if (!document.hidden) {
            listen();
        }
    };
    const look = () => {
        if (document.hidden) {
            return;
        }
        if (lost && source.readyState === source.CLOSED) {
            clearTimeout(asking);
            listen();
        }
        if (changed) {
            plan();
        }
    };
    listen();
    document.addEventListener('visibilitychange', look);
    return () => {
        source.close();
        clearTimeout(asking);
        clearTimeout(waiting);
        document.removeEventListener('visibilitychange', look);
    };
}

/** Keeps the numbers on the page fresh while it is open. */
export function useLiveNumbers(): void {
    const client = useQueryClient();
    useEffect(() => followNews(client), [client]);
}
