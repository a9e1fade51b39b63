import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { presentKeys, setKeysOn, useKeys, type Keys } from './keys';

function With({ keys }: { keys: Keys }) {
    useKeys(keys);
    return <input aria-label="field" />;
}
const key = (run: () => void, always = false) => ({ words: 'x', run, always });
const press = (name: string, target: EventTarget = document.body) => fireEvent.keyDown(target as Element, { key: name });

beforeEach(() => localStorage.clear());
afterEach(cleanup);

describe('useKeys', () => {
    it('single keys and sequences', () => {
        const [go, next] = [vi.fn(), vi.fn()];
        render(<With keys={{ 'g j': key(go), j: key(next) }} />);
        press('j');
        press('g');
        press('j');
        expect([next.mock.calls.length, go.mock.calls.length]).toEqual([1, 1]);
    });
    it('the last layer is asked first, and gone when unmounted', () => {
        const [below, above] = [vi.fn(), vi.fn()];
        render(<With keys={{ Escape: key(below) }} />);
        const top = render(<With keys={{ Escape: key(above) }} />);
        press('Escape');
        top.unmount();
        press('Escape');
        expect([below.mock.calls.length, above.mock.calls.length]).toEqual([1, 1]);
    });
    it('is off while typing, but for keys that always work', () => {
        const [single, always] = [vi.fn(), vi.fn()];
        render(<With keys={{ f: key(single), Escape: key(always, true) }} />);
        press('f', screen.getByLabelText('field'));
        press('Escape', screen.getByLabelText('field'));
        expect([single.mock.calls.length, always.mock.calls.length]).toEqual([0, 1]);
    });
    it('single keys can be turned off, and keys with Control are the browser\u2019s', () => {
        const single = vi.fn();
        render(<With keys={{ f: key(single) }} />);
        fireEvent.keyDown(document.body, { key: 'f', ctrlKey: true });
        setKeysOn(false);
        press('f');
        expect(single).not.toHaveBeenCalled();
        setKeysOn(true);
        press('f');
        expect(single).toHaveBeenCalledOnce();
    });
    it('keys held with Control work while typing, and the last layer that has them is asked', () => {
        const find = vi.fn();
        render(<With keys={{ 'Ctrl K': key(find) }} />);
        const event = fireEvent.keyDown(screen.getByLabelText('field'), { key: 'k', ctrlKey: true });
        fireEvent.keyDown(document.body, { key: 'k', metaKey: true });
        fireEvent.keyDown(document.body, { key: 'k' });
        expect(find).toHaveBeenCalledTimes(2);
        expect(event, 'the browser does nothing with it').toBe(false);
    });
    it('lists what works now', () => {
        render(<With keys={{ f: key(() => undefined) }} />);
        expect(Object.keys(presentKeys())).toContain('f');
        cleanup();
        expect(presentKeys()).toEqual({});
    });
});
