import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Schema } from '../api/client';
import { Router } from '../shell/router';
import { Course } from './course';
import { PromiseRow } from './promise-row';
import { QueryClientProvider } from '@tanstack/react-query';
import { newQueryClient } from '../api/queries';

beforeAll(() => {
    vi.stubGlobal('fetch', () => new Promise(() => undefined)); // no server here: every question stays open
    Element.prototype.getBoundingClientRect = () => ({ width: 600, height: 200, x: 0, y: 0, top: 0, left: 0, right: 600, bottom: 200, toJSON: () => '' });
});
afterEach(() => {
    cleanup();
    history.replaceState(null, '', '/');
});

const point = (week: number, value: number | null, complete = true): Schema['TrendPoint'] => {
    const label = `2026-0${5 + Math.floor(week / 4)}-0${1 + (week % 4) * 2}`;
    return {
        start: `${label}T00:00:00Z`, end: `${label}T00:00:00Z`, label, complete, encounters: 10, drill: `episodes from ${label}`,
        value: value === null
            ? { estimate: null, low: null, high: null, n: 3, needed: 10, unit: 'share', method: 'wilson', version: 'kept 1', enough: false }
            : { estimate: value, low: value - 0.05, high: value + 0.05, n: 90, unit: 'share', method: 'wilson', version: 'kept 1', enough: true },
    };
};
const course = (points: Schema['TrendPoint'][], drillTo?: (p: Schema['TrendPoint']) => string) =>
    render(<Router><Course name="Kept" points={points} unit="share" target={0.9} height={200} {...(drillTo ? { drillTo } : {})} /></Router>);
const lines = () => document.querySelectorAll('path[stroke="var(--ink)"][stroke-width="1.75"]');
const bands = () => document.querySelectorAll('path[fill="var(--line-2)"]');

describe('Course', () => {
    it('says its first and last value and the target', () => {
        course([point(0, 0.8), point(1, 0.85), point(2, 0.87)]);
        expect(screen.getByRole('img').getAttribute('aria-label')).toContain('Kept, 3 periods: 80% in that of 1 May 2026, 87% in that of 5 May 2026; target 90%');
        expect([lines().length, bands().length]).toEqual([1, 1]);
    });
    it('leaves gaps as gaps: a run for each side, a mark for a period standing alone', () => {
        course([point(0, 0.8), point(1, 0.85), point(2, null), point(3, 0.8), point(4, null), point(5, 0.7), point(6, 0.7)]);
        expect([lines().length, bands().length]).toEqual([2, 2]);
        expect(document.querySelectorAll('circle[r="2"]')).toHaveLength(1);
    });
    it('draws the unfinished last period dashed and without a dot', () => {
        course([point(0, 0.8), point(1, 0.85), point(2, 0.87, false)]);
        expect(document.querySelectorAll('[stroke-dasharray="3 3"]')).toHaveLength(1);
        expect(document.querySelectorAll('circle[r="3.2"]')).toHaveLength(0);
    });
    it('has words when nothing is measured, also for no period at all', () => {
        course([point(0, null)]);
        expect(screen.getByRole('img').getAttribute('aria-label')).toBe('Kept: not enough answers in any period');
        cleanup();
        course([]);
        expect(screen.queryByRole('group')).toBeNull();
    });
    it('is one tab stop; arrows walk, Enter opens the episodes', () => {
        course([point(0, 0.8), point(1, 0.85), point(2, 0.87)], (p) => `/?drill=${p.label}`);
        const stops = () => [...document.querySelectorAll<HTMLElement>('.walk a')].filter((a) => a.tabIndex === 0);
        expect(stops()).toHaveLength(1);
        const last = stops()[0]!;
        expect(last.getAttribute('aria-label')).toBe('5 May 2026: 87%, 82 to 92');
        last.focus();
        fireEvent.keyDown(last, { key: 'ArrowLeft' });
        expect(document.activeElement?.getAttribute('aria-label')).toContain('3 May 2026');
        expect(stops()[0]).toBe(document.activeElement);
        fireEvent.click(document.activeElement!);
        expect(location.search).toBe('?drill=2026-05-03');
    });
});

describe('PromiseRow', () => {
    const none = point(0, null).value;
    const row = (more: Partial<Schema['PromiseRow']>): Schema['PromiseRow'] => ({
        promise: 'delivery', owner: 'Logistics', target: 0.9, made: 10, kept: 6, late: 2, broken: 2, open: 0, at_risk: 0, customers: 10,
        kept_rate: { ...none, estimate: 0.6, low: 0.3, high: 0.83, n: 10, enough: true },
        slack: { mean: null, early_median: null, late_median: null, late_p90: null, bins: [] }, experience: { kept: none, late: none, broken: none },
        drills: { kept: 'episodes kept', late: 'episodes late', broken: 'episodes broken', open: 'episodes open', at_risk: 'episodes at risk' }, ...more,
    });
    const show = (r: Schema['PromiseRow']) => render(
        <QueryClientProvider client={newQueryClient()}><Router><PromiseRow row={r} /></Router></QueryClientProvider>,
    );
    it('has a part for each outcome, and opens each figure', () => {
        show(row({ open: 5, at_risk: 2 }));
        expect(screen.getByRole('img').getAttribute('aria-label')).toBe('delivery: 6 kept, 2 late, 2 broken');
        expect(document.querySelectorAll('path[stroke-width="5"]')).toHaveLength(3);
        const drills = screen.getAllByRole('link').map((a) => new URL(a.getAttribute('href')!, 'http://x').searchParams.get('drill'));
        expect(drills).toEqual(['episodes kept', 'episodes open', 'episodes at risk']);
    });
    it('nothing decided: no part, words instead of a figure', () => {
        show(row({ kept: 0, late: 0, broken: 0, kept_rate: { ...none, text: 'not enough answers (n = 0)' } }));
        expect(document.querySelectorAll('path[stroke-width="5"]')).toHaveLength(0);
        expect(screen.getByText('not enough answers (n = 0)')).toBeTruthy();
        expect(screen.getByText('none open')).toBeTruthy();
    });
});
