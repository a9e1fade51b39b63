import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { ProblemError, type Estimate } from '../api/client';
import { Router } from '../shell/router';
import { linked, withDays } from './answer';
import { Capsule } from './capsule';
import { changeRange, ChangeWords } from './change';
import { Shown } from './states';

afterEach(cleanup);
beforeAll(() => {
    Element.prototype.getBoundingClientRect = () => ({ width: 300, height: 24, x: 0, y: 0, top: 0, left: 0, right: 300, bottom: 24, toJSON: () => '' });
});

const feeling = (more: Partial<Estimate> = {}): Estimate => ({
    estimate: 0.4, low: 0.3, high: 0.5, n: 5120, unit: 'experience', method: 't', version: 'experience 1', enough: true, ...more,
});
const marks = () => ({ pills: document.querySelectorAll('rect').length, rings: document.querySelectorAll('circle').length });

describe('Capsule', () => {
    it('says what it shows, and draws interval, core and ring', () => {
        render(<Capsule name="Getting connected" estimate={feeling()} intended={1.8} domain={[-3, 3]} tone="experience" withValue />);
        expect(screen.getByRole('img').getAttribute('aria-label')).toBe('Getting connected: +0.4, between +0.3 to +0.5, n 5,120, intended +1.8');
        expect(marks()).toEqual({ pills: 2, rings: 2 });
        expect(document.querySelector('[stroke="var(--exp-3-soft)"]')).toBeTruthy();
    });
    it('fills the gap only when the whole interval falls short', () => {
        render(<Capsule name="x" estimate={feeling({ high: 1.9 })} intended={1.8} domain={[-3, 3]} tone="experience" />);
        expect(document.querySelector('[stroke="var(--exp-3-soft)"]')).toBeNull();
    });
    it('too few answers: the ring stays, words stand for the capsule', () => {
        render(<Capsule name="x" estimate={feeling({ estimate: null, low: null, high: null, n: 17, needed: 30, enough: false })} intended={0.5} domain={[-3, 3]} tone="experience" />);
        expect(screen.getByRole('img').getAttribute('aria-label')).toBe('x: not enough answers, 17 of 30 needed, intended +0.5');
        expect(marks()).toEqual({ pills: 0, rings: 2 });
        expect(screen.getByText('not enough answers')).toBeTruthy();
    });
});

describe('changes', () => {
    const change = (low: number, estimate: number, high: number, verdict: 'better' | 'worse' | 'same' | 'unknown') =>
        ({ estimate, low, high, unit: 'experience' as const, method: 'x', verdict });
    it('a clear one has sizes without sign, smaller first', () => {
        expect(changeRange(change(-0.4, -0.3, -0.2, 'worse'))).toBe('0.2 to 0.4');
        expect(changeRange(change(-0.5, -0.3, -0.03, 'worse'))).toBe('0.03 to 0.5');
        expect(changeRange(change(-0.2, 0, 0.1, 'same'))).toBe('\u22120.2 to +0.1');
    });
    it('says better, worse, no change, not yet known; without a change what it was', () => {
        render(<><ChangeWords change={change(-0.4, -0.3, -0.2, 'worse')} previous={null} /><ChangeWords change={null} previous={feeling()} /></>);
        expect(screen.getByText('0.3 worse')).toBeTruthy();
        expect(screen.getByText('was +0.4')).toBeTruthy();
    });
});

describe('Shown', () => {
    const query = { data: undefined as string | undefined, error: null as Error | null, isPlaceholderData: false, isFetching: false, refetch: () => undefined };
    it('keeps the place while loading, without flicker', () => {
        vi.useFakeTimers();
        render(<Shown query={query} loading={<p>blocks</p>}>{(text) => <p>{text}</p>}</Shown>);
        expect(document.querySelector('.before')).toBeTruthy();
        vi.useRealTimers();
    });
    it('says a problem with its code and offers Retry', () => {
        const refetch = vi.fn();
        const error = new ProblemError({ type: 'about:blank', title: 'The question cannot be read', status: 400, detail: 'column 3: no', code: 'invalid_input' });
        render(<Shown query={{ ...query, error, refetch }} loading={null}>{() => null}</Shown>);
        expect(screen.getByRole('alert').textContent).toContain('column 3: no');
        expect(screen.getByText('invalid_input 400')).toBeTruthy();
        screen.getByText('Retry').click();
        expect(refetch).toHaveBeenCalledOnce();
    });
    it('keeps the last answer when the next one fails', () => {
        render(<Shown query={{ ...query, data: 'the answer', error: new Error('gone') }} loading={null}>{(text) => <p>{text}</p>}</Shown>);
        expect(screen.getByText('the answer')).toBeTruthy();
        expect(screen.getByRole('alert').textContent).toContain('gone');
    });
});

describe('linked', () => {
    it('links the first mention of whole names, longer ones first', () => {
        render(<Router><p>{linked('Getting connected and connected bills; getting connected again', { connected: '/a', 'getting connected': '/b' })}</p></Router>);
        const links = screen.getAllByRole('link').map((a) => [a.textContent, a.getAttribute('href')]);
        expect(links).toEqual([['Getting connected', '/b']]);
    });
    it('writes days as people do, and leaves what is no day', () => {
        expect(withDays('Due 2026-05-03, not 2026-13-99 or 12-05-03.')).toBe('Due 3 May 2026, not 2026-13-99 or 12-05-03.');
    });
    it('adds nothing to the sentence', () => {
        render(<Router><p data-testid="p">{linked('Nothing moved beyond chance.', { moved: '/m', 'no such': '/n' })}</p></Router>);
        expect(screen.getByTestId('p').textContent).toBe('Nothing moved beyond chance.');
    });
});
