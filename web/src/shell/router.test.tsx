import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Link, matchPath, Router, usePlace } from './router';

afterEach(() => {
    cleanup();
    history.replaceState(null, '', '/');
});

describe('matchPath', () => {
    it.each([
        ['/', '/', {}], ['/customers', '/customers/', {}], ['/customers/:id', '/customers/a%2Fb', { id: 'a/b' }],
        ['/customers/:id', '/customers/', null], ['/customers/:id', '/customers', null], ['/customers/:id', '/journeys/a', null],
        ['/customers/:id', '/customers/%', null],
    ])('%s on %s', (pattern, path, expected) => {
        expect(matchPath(pattern, path)).toEqual(expected);
    });
});

function Here() {
    const { path, search, go } = usePlace();
    return (
        <>
            <p>{`${path} ${search.toString()}`}</p>
            <Link to="/customers?search=x">customers</Link>
            <button type="button" onClick={() => go('/customers?search=y', { replace: true })}>replace</button>
        </>
    );
}

it('follows links, replaces, and goes back', () => {
    vi.stubGlobal('scrollTo', vi.fn());
    render(<Router><Here /></Router>);
    fireEvent.click(screen.getByText('customers'));
    expect(screen.getByText('/customers search=x')).toBeTruthy();
    const before = history.length;
    fireEvent.click(screen.getByText('replace'));
    expect(screen.getByText('/customers search=y')).toBeTruthy();
    expect(history.length).toBe(before);
    act(() => {
        history.replaceState(null, '', '/other');
        dispatchEvent(new PopStateEvent('popstate'));
    });
    expect(screen.getByText('/other')).toBeTruthy();
    vi.unstubAllGlobals();
});

it('leaves a click that asks for a new tab to the browser', () => {
    render(<Router><Here /></Router>);
    const event = new MouseEvent('click', { bubbles: true, cancelable: true, ctrlKey: true });
    screen.getByText('customers').dispatchEvent(event);
    expect(event.defaultPrevented).toBe(false);
});
