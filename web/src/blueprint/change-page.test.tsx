import { QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { newQueryClient } from '../api/queries';
import { Router } from '../shell/router';
import ChangePage from './change-page';

afterEach(() => {
    cleanup();
    vi.unstubAllGlobals();
});

it('keeps what is being written when somebody else has saved a version meanwhile', async () => {
    let inForce = 1;
    const version = (number: number) => ({ number, at: '2026-01-01T00:00:00Z', author: 'Anna', reason: 'why', digest: 'd', bytes: 9 });
    vi.stubGlobal('fetch', vi.fn(async (path: string) => {
        const number = Number(/versions\/(\d+)/.exec(path)?.[1]);
        const answer = number ? { ...version(number), toml: `name = "of ${number}"` }
            : path.startsWith('/api/blueprint/versions') ? { in_force: inForce, versions: [version(inForce)] }
                : path === '/api/blueprint' ? { version: inForce, applied: false, in_answers: true, changes: [], remarks: [], rebuilds_timeline: false }
                    : {};
        return new Response(JSON.stringify(answer), { status: 200 });
    }));
    history.replaceState(null, '', '/blueprint/change');
    const client = newQueryClient();
    render(<QueryClientProvider client={client}><Router><ChangePage /></Router></QueryClientProvider>);
    const field = await screen.findByDisplayValue('name = "of 1"');
    fireEvent.change(field, { target: { value: 'name = "mine"' } });
    inForce = 2;
    await act(() => client.refetchQueries({ queryKey: ['/api/blueprint/versions'] }));
    await waitFor(() => expect(screen.getByText('from version 1')).toBeTruthy());
    expect(screen.getByDisplayValue('name = "mine"')).toBeTruthy();
    expect(screen.queryByDisplayValue('name = "of 2"')).toBeNull();
});
