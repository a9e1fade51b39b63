import { useRef, useState, type FormEvent } from 'react';
import { send } from '../api/client';
import { useWrite } from '../api/write';
import { StatusShape } from '../design/marks';
import { ProblemNote } from '../design/states';
import { Field } from './field';
import { passwordHint } from './forms';
import { useKnownAnew, type Me } from './me';

/** Another password for the reader's own account; all other sessions end with it. */
export function OwnPassword({ email }: { email: string }) {
    const known = useKnownAnew();
    const form = useRef<HTMLFormElement>(null);
    const [shown, setShown] = useState(false);
    const change = useWrite(
        (sent: { present: string; chosen: string }) => send<Me>('POST', '/api/me/password', sent),
        {
            onDone: (me) => {
                known(me);
                form.current?.reset();
                setShown(false);
            },
        },
    );
    const onSubmit = (event: FormEvent<HTMLFormElement>) => {
        event.preventDefault();
        const fields = new FormData(event.currentTarget);
        change.mutate({ present: String(fields.get('present')), chosen: String(fields.get('chosen')) });
    };
    const type = shown ? 'text' : 'password';
    return (
        <form className="form" ref={form} onSubmit={onSubmit} onChange={() => change.isSuccess && change.reset()}>
            <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
            <Field label="Present password" name="present" type={type} autoComplete="current-password" />
            <Field label="New password" name="chosen" type={type} autoComplete="new-password" minLength={12} hint={passwordHint} />
            <label className="tick small"><input type="checkbox" checked={shown} onChange={(event) => setShown(event.target.checked)} />Show what I type</label>
            {change.error && <ProblemNote fault={change.error} />}
            <p className="acts">
                <button type="submit" className="btn first" disabled={change.isPending}>Change the password</button>
                <span role="status" className="small">{change.isSuccess && <span className="state"><StatusShape status="kept" />Changed; you are signed out everywhere else.</span>}</span>
            </p>
        </form>
    );
}
