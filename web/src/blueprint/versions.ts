import { useEffect, useState } from 'react';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { get, ProblemError, send, type Schema } from '../api/client';

export type VersionHead = Schema['BlueprintVersionHead'];
export type Change = Schema['BlueprintChange'];

const perPage = 50;

export function useVersions() {
    return useInfiniteQuery({
        queryKey: ['/api/blueprint/versions'],
        queryFn: ({ pageParam, signal }) => get('/api/blueprint/versions', { query: { limit: perPage, ...(pageParam ? { after: pageParam } : {}) }, signal }),
        initialPageParam: '',
        getNextPageParam: ({ next }) => next ?? undefined,
        meta: { live: false },
    });
}

/** One version with its text; a version never changes. */
export function useVersion(number: number | null) {
    return useQuery({
        queryKey: ['/api/blueprint/versions/{number}', number],
        queryFn: ({ signal }) => get('/api/blueprint/versions/{number}', { path: { number: String(number) }, signal }),
        staleTime: Infinity, meta: { live: false }, enabled: number !== null && number > 0,
    });
}

const restMs = 500;

/** What the text would change of the version in force, a moment after the last key; its faults as the error. */
export function useProposal(toml: string) {
    const [rested, setRested] = useState(toml);
    useEffect(() => {
        const timer = setTimeout(() => setRested(toml), restMs);
        return () => clearTimeout(timer);
    }, [toml]);
    const query = useQuery({
        queryKey: ['/api/blueprint/proposal', rested],
        queryFn: () => send<Change>('POST', '/api/blueprint', { toml: rested, dry_run: true }),
        placeholderData: keepPreviousData, staleTime: 0, retry: false, meta: { live: false }, enabled: rested.trim() !== '',
    });
    return { ...query, resting: rested === toml };
}

/** A fault of the text with the place where it stands; line 0 when it has none. */
export interface Fault { line: number; column: number; text: string }

/** The faults that the server lists, one a line: "blueprint, line 41, column 11: ..." or "blueprint:41:11: ...". */
export function faultsOf(fault: Error | null): Fault[] {
    if (!(fault instanceof ProblemError)) {
        return [];
    }
    const all = fault.problem.detail.split('\n').map((line) => line.trim()).filter(Boolean).map((text) => {
        const found = /\bline (\d+)(?:, column (\d+))?:?\s*|:(\d+):(\d+):\s*/.exec(text);
        return found
            ? { line: Number(found[1] ?? found[3]), column: Number(found[2] ?? found[4] ?? 1), text: text.slice(found.index + found[0].length) }
            : { line: 0, column: 0, text };
    });
    // the first line only says of which text they are, when others say where
    return all.length > 1 && all[0]!.line === 0 && all[0]!.text.endsWith(':') ? all.slice(1) : all;
}

/** Where a line begins and ends in a text; lines count from 1. */
export function lineRange(text: string, line: number): [from: number, to: number] {
    const lines = text.split('\n');
    const from = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
    return [Math.min(from, text.length), Math.min(from + (lines[line - 1]?.length ?? 0), text.length)];
}
