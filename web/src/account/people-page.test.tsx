import { QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Schema } from '../api/client';
import { newQueryClient } from '../api/queries';
import { Router } from '../shell/router';
import { InvitationForm } from './forms';
import { UserRows } from './people-page';

const ben: Schema['User'] = {
    id: 'b', email: 'ben@x.fi', name: 'Ben', role: 'analyst', departments: [], employee: '', disabled: false, second_factor: true, invited: false,
    made: '2026-07-01T08:00:00Z', version: '1',
};
let written: string[];

beforeEach(() => {
    written = [];
    vi.stubGlobal('fetch', vi.fn(async (path: string, { method }: RequestInit = {}) => {
        if (method === 'POST') {
            written.push(path);
        }
        return new Response(JSON.stringify({ user: ben, code: 'one-two' }), { status: 200 });
    }));
});
afterEach(() => {
    cleanup();
    vi.unstubAllGlobals();
    location.hash = '';
});

const shown = (users: Schema['User'][], onInvited = () => {}) => render(
    <QueryClientProvider client={newQueryClient()}><UserRows users={users} onInvited={onInvited} /></QueryClientProvider>,
);

it('a new code, which ends password, second factor and sessions, is asked first', async () => {
    const invited = vi.fn();
    shown([ben], invited);
    fireEvent.click(screen.getByRole('button', { name: 'New code for Ben' }));
    const sure = screen.getByRole('group', { name: 'New code for Ben' });
    expect(written).toEqual([]);
    expect(sure.textContent).toMatch(/password, the second factor .* and every session end at once/);
    fireEvent.click(screen.getByRole('button', { name: 'Leave it as it is' }));
    expect(screen.queryByRole('group', { name: 'New code for Ben' })).toBeNull();
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'New code for Ben' }));
    fireEvent.click(screen.getByRole('button', { name: 'New code for Ben' }));
    fireEvent.click(screen.getByRole('button', { name: 'Give a new code' }));
    await waitFor(() => expect(invited).toHaveBeenCalledTimes(1));
    expect(written).toEqual(['/api/users/b/invitation']);
});

it('of who has chosen no password yet only the code before ends', () => {
    shown([{ ...ben, invited: true, second_factor: false }]);
    fireEvent.click(screen.getByRole('button', { name: 'New code for Ben' }));
    expect(screen.getByRole('group', { name: 'New code for Ben' }).textContent).toContain('The code that Ben was given before holds no more.');
});

it('an invitation whose address was cut is a form all the same', () => {
    location.hash = '#ripe-%';
    render(<QueryClientProvider client={newQueryClient()}><Router><InvitationForm /></Router></QueryClientProvider>);
    expect((screen.getByLabelText('Code') as HTMLInputElement).value).toBe('ripe-%');
});
