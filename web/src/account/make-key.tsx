import { useState, type FormEvent } from 'react';
import { send } from '../api/client';
import { useWrite } from '../api/write';
import { calendarText, capital } from '../design/format';
import { ProblemNote } from '../design/states';
import { Field } from './field';
import type { Key } from './key-state';
import { useMe, type Right } from './me';
import { rightsForKeys, rightText } from './right-words';
import { usePeople } from './users';

export interface NewKey { key: Key; text: string }

/** What an account of a program may do; others have what their role gives, which the server holds the key to. */
const ofPrograms: Right[] = ['read-blueprint', 'send-encounters', 'read-operations'];

const spans = [
    { days: 30, text: '30 days' }, { days: 90, text: '90 days' }, { days: 365, text: 'a year, the longest' },
];

/** The instant in so many days, for the API and in words. */
function inDays(days: number): string {
    return new Date(Date.now() + days * 86_400_000).toISOString();
}

/** Makes a key: for what, whose, with which rights, until when. */
export function MakeKey({ onMade }: { onMade: (made: NewKey) => void }) {
    const { data: me } = useMe();
    const people = usePeople().filter((user) => !user.disabled && (user.role === 'integration' || user.id === me?.user?.id));
    const [user, setUser] = useState('');
    const [rights, setRights] = useState<ReadonlySet<Right>>(new Set(['send-encounters']));
    const [days, setDays] = useState(90);
    const program = people.find(({ id }) => id === user)?.role === 'integration';
    const possible = program ? ofPrograms : rightsForKeys(me?.rights ?? []);
    const chosen = possible.filter((right) => rights.has(right));
    const make = useWrite((sent: object) => send<NewKey>('POST', '/api/keys', sent), { changes: ['/api/keys'], onDone: onMade });
    const onSubmit = (event: FormEvent<HTMLFormElement>) => {
        event.preventDefault();
        const form = event.currentTarget;
        const said = new FormData(form);
        const name = String(said.get('name')).trim();
        const origins = String(said.get('origins') ?? '').split(/[\s,]+/).filter(Boolean);
        make.mutate({ name, rights: chosen, origins, expires: inDays(days), ...(user ? { user } : {}) }, { onSuccess: () => form.reset() });
    };
    return (
        <form className="form make-key" onSubmit={onSubmit}>
            <Field label="What it is for" name="name" autoComplete="off" maxLength={200} hint="a till, a page, a script: so that you know later whether it may go" />
            <fieldset>
                <legend className="label">What it may do</legend>
                {possible.map((right) => (
                    <label className="tick small" key={right}>
                        <input
                            type="checkbox" checked={rights.has(right)}
                            onChange={(event) => {
                                const next = new Set(rights);
                                next[event.target.checked ? 'add' : 'delete'](right);
                                setRights(next);
                            }}
                        />{capital(rightText(right))}
                    </label>
                ))}
            </fieldset>
            {chosen.includes('send-encounters') && (
                <Field
                    label="Web pages that may show it" name="origins" autoComplete="off" required={false} placeholder="https://shop.example"
                    hint="their addresses up to the first single slash, apart by blanks; empty: programs alone"
                />
            )}
            {people.length > 1 && (
                <p className="field">
                    <label className="label" htmlFor="key-user">Whose it is</label>
                    <select id="key-user" value={user} onChange={(event) => setUser(event.target.value)}>
                        <option value="">{`${me?.user?.name ?? ''}, you`}</option>
                        {people.filter(({ id }) => id !== me?.user?.id).map(({ id, name }) => <option key={id} value={id}>{`${name}, a program`}</option>)}
                    </select>
                    <span className="axis">it never may more than that account, and ends with it</span>
                </p>
            )}
            <p className="field">
                <label className="label" htmlFor="key-ends">For how long</label>
                <select id="key-ends" value={days} onChange={(event) => setDays(Number(event.target.value))}>
                    {spans.map((span) => <option key={span.days} value={span.days}>{span.text}</option>)}
                </select>
                <span className="axis">{`until ${calendarText(inDays(days))}`}</span>
            </p>
            {make.error && <ProblemNote fault={make.error} />}
            <button type="submit" className="btn first" disabled={make.isPending || chosen.length === 0}>Make the key</button>
            {chosen.length === 0 && <p className="axis">A key without a right opens nothing; tick one.</p>}
        </form>
    );
}
