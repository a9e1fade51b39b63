import { useState, type FormEvent, type ReactNode } from 'react';
import { ProblemError } from '../api/client';
import { ProblemNote } from '../design/states';
import { usePlace } from '../shell/router';
import { EntryPage } from './entry-page';
import { Field } from './field';
import { useBegin } from './me';

export const passwordHint = 'twelve characters or more; a few words that do not belong together are good';

/** What stands behind # in a link: it is not sent to the server when the page is opened, and not in its log. */
function codeInAddress(): string {
    const written = location.hash.slice(1);
    try {
        return decodeURIComponent(written);
    } catch {
        return written;
    }
}

type Path = Parameters<ReturnType<typeof useBegin>>[0];

/** A form that begins a session: sends its fields, says what was refused, and goes on to the studio. */
function BeginForm({ path, title, submit, onFault, lead, children }: {
    path: Path;
    title: string;
    submit: string;
    onFault?: (fault: ProblemError) => boolean;
    lead?: ReactNode;
    children: ReactNode;
}) {
    const begin = useBegin();
    const { path: here, go } = usePlace();
    const [fault, setFault] = useState<Error | null>(null);
    const [busy, setBusy] = useState(false);
    const onSubmit = async (event: FormEvent<HTMLFormElement>) => {
        event.preventDefault();
        setBusy(true);
        setFault(null);
        try {
            const fields = Object.fromEntries([...new FormData(event.currentTarget)].map(([name, value]) => [name, String(value)]));
            await begin(path, fields);
            if (here === '/set-up' || here === '/invitation') {
                go('/', { replace: true });
            }
        } catch (caught) {
            const refused = caught instanceof ProblemError ? caught : null;
            if (!refused || !onFault?.(refused)) {
                setFault(caught as Error);
            }
            setBusy(false);
        }
    };
    return (
        <EntryPage title={title}>
            <h1 className="title">{title}</h1>
            {lead}
            <form onSubmit={(event) => void onSubmit(event)} aria-busy={busy}>
                {children}
                {fault && <ProblemNote fault={fault} />}
                <button type="submit" className="btn first" disabled={busy}>{busy ? 'a moment' : submit}</button>
            </form>
        </EntryPage>
    );
}

export function SignInForm() {
    const [codeNeeded, setCodeNeeded] = useState(false);
    return (
        <BeginForm
            path="/api/session" title="Sign in" submit="Sign in"
            onFault={({ problem }) => {
                const first = problem.code === 'code_needed' && !codeNeeded;
                setCodeNeeded(codeNeeded || first);
                return first;
            }}
        >
            <Field label="E-mail" name="email" type="email" autoComplete="username" autoFocus />
            <Field label="Password" name="password" type="password" autoComplete="current-password" />
            {codeNeeded && (
                <Field
                    label="Code" name="code" inputMode="text" autoComplete="one-time-code" autoFocus
                    hint="six digits that your authenticator app shows now, or one of your codes on paper"
                />
            )}
        </BeginForm>
    );
}

export function SetUpForm() {
    return (
        <BeginForm
            path="/api/set-up" title="Make the first account" submit="Make the account"
            lead={<p className="soft">It is an admin’s: it may see everything, and give accounts to others.</p>}
        >
            <Field label="Code" name="code" defaultValue={codeInAddress()} autoComplete="off" spellCheck={false} hint="the server printed it when it started" />
            <Field label="Your name" name="name" autoComplete="name" autoFocus />
            <Field label="E-mail" name="email" type="email" autoComplete="username" />
            <Field label="Password" name="password" type="password" autoComplete="new-password" minLength={12} hint={passwordHint} />
        </BeginForm>
    );
}

export function InvitationForm() {
    return (
        <BeginForm
            path="/api/invitation" title="Choose a password" submit="Open my account"
            lead={<p className="soft">You were given an account here; the password is for you alone to know.</p>}
        >
            <Field label="Code" name="code" defaultValue={codeInAddress()} autoComplete="off" spellCheck={false} hint="the code you were given; it holds three days" />
            <Field label="Password" name="password" type="password" autoComplete="new-password" minLength={12} autoFocus hint={passwordHint} />
        </BeginForm>
    );
}
