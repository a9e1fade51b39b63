import { QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { encode } from 'uqr';
import { newQueryClient } from '../api/queries';
import { moduleRuns } from './qr-code';
import { rightsForKeys } from './right-words';
import { SecondFactor } from './second-factor';

afterEach(() => {
    cleanup();
    vi.unstubAllGlobals();
});

describe('QR code', () => {
    it('the path covers exactly the dark modules', () => {
        const { data, size } = encode('otpauth://totp/Kokemus:anna@example.com?secret=ABCDEFGH&issuer=Kokemus', { ecc: 'M', border: 0 });
        const drawn = Array.from({ length: size }, () => Array<boolean>(size).fill(false));
        for (const [, x, y, run] of moduleRuns(data, 4).matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g)) {
            for (let i = 0; i < Number(run); i += 1) {
                drawn[Number(y) - 4]![Number(x) - 4 + i] = true;
            }
        }
        expect(drawn).toEqual(data);
    });
    it('nothing dark, nothing drawn', () => {
        expect(moduleRuns([[false, false]], 0)).toBe('');
    });
});

describe('rights of keys', () => {
    it('what takes a person is left out', () => {
        expect(rightsForKeys(['manage-keys', 'send-encounters', 'use-own-account', 'ask-questions', 'manage-users'])).toEqual(['ask-questions', 'send-encounters']);
    });
});

function answering(...answers: [status: number, body: unknown][]) {
    const asked: [path: string, body: unknown][] = [];
    vi.stubGlobal('fetch', vi.fn(async (path: string, { body }: RequestInit) => {
        asked.push([path, JSON.parse(String(body))]);
        const [status, answer] = answers.shift()!;
        return new Response(JSON.stringify(answer), { status });
    }));
    return asked;
}

describe('SecondFactor', () => {
    it('goes from the password over the first code to the codes on paper', async () => {
        const refused = { type: 'about:blank', title: 'Refused', status: 401, detail: 'the password is wrong', code: 'sign_in_refused' };
        const asked = answering(
            [401, refused], [200, { secret: 'ABCDEFGH', link: 'otpauth://totp/x?secret=ABCDEFGH' }], [200, { recovery_codes: ['one-1', 'two-2'] }],
        );
        render(<QueryClientProvider client={newQueryClient()}><SecondFactor on={false} /></QueryClientProvider>);
        fireEvent.change(screen.getByLabelText('Your password'), { target: { value: 'wrong' } });
        fireEvent.submit(screen.getByLabelText('Your password').closest('form')!);
        await waitFor(() => expect(screen.getByRole('alert').textContent).toContain('the password is wrong'));
        fireEvent.change(screen.getByLabelText('Your password'), { target: { value: 'right' } });
        fireEvent.submit(screen.getByLabelText('Your password').closest('form')!);
        await screen.findByText('ABCD EFGH');
        expect(document.activeElement?.textContent).toBe('Scan this with an authenticator app');
        fireEvent.change(screen.getByLabelText('Six digits that it shows now'), { target: { value: ' 123456 ' } });
        fireEvent.submit(screen.getByLabelText('Six digits that it shows now').closest('form')!);
        await screen.findByText('two-2');
        expect(asked.map(([path]) => path)).toEqual(['/api/me/factor', '/api/me/factor', '/api/me/factor/confirmation']);
        expect(asked[2]![1]).toEqual({ code: '123456' });
    });
    it('ends only after the password', () => {
        const asked = answering();
        render(<QueryClientProvider client={newQueryClient()}><SecondFactor on /></QueryClientProvider>);
        fireEvent.click(screen.getByText('End it'));
        expect(screen.getByLabelText('Your password')).toBeTruthy();
        fireEvent.click(screen.getByText('Keep it'));
        expect(screen.queryByLabelText('Your password')).toBeNull();
        expect(asked).toEqual([]);
    });
});
