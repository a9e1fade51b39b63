import './account.css';
import { useRef, useState, type FormEvent } from 'react';
import { send, type Schema } from '../api/client';
import { useWrite } from '../api/write';
import { countOf, dayText } from '../design/format';
import { ProblemNote, Shown, SkeletonRows } from '../design/states';
import { Link } from '../shell/router';
import { Page } from '../shell/shell';
import { Field } from './field';
import { reachText, roleText, useMe } from './me';
import { useUsers } from './users';

type User = Schema['User'];
type Invitation = Schema['Invitation'];

const roles: Schema['Role'][] = ['viewer', 'analyst', 'agent', 'manager', 'experience-lead', 'admin', 'integration'];

/** Who has an account, and giving one to somebody else. */
export default function PeoplePage() {
    const query = useUsers();
    const [invitation, setInvitation] = useState<Invitation | null>(null);
    return (
        <Page title="People">
            <h1 className="answer">{query.data ? sentence(query.data.users) : 'Who has an account'}</h1>
            {invitation && <Invited invitation={invitation} />}
            <section className="sec people" aria-label="People">
                <Shown query={query} loading={<SkeletonRows rows={3} height={44} />}>
                    {({ users }) => <UserRows users={users} onInvited={setInvitation} />}
                </Shown>
            </section>
            <section className="sec" aria-labelledby="add-head">
                <header><h2 className="head" id="add-head">Give somebody an account</h2></header>
                <AddForm onInvited={setInvitation} />
            </section>
        </Page>
    );
}

function sentence(users: User[]): string {
    const invited = users.filter((user) => user.invited && !user.disabled && user.role !== 'integration').length;
    const who = users.length === 1 ? 'One person has an account' : `${countOf(users.length, 'account')} here`;
    return invited === 0 ? `${who}.` : `${who}; ${invited === 1 ? 'one has' : `${invited} have`} not chosen a password yet.`;
}

/** The code is known to nobody else and shown this once. */
function Invited({ invitation: { user, code } }: { invitation: Invitation }) {
    return (
        <div className="invited" role="status">
            <p className="strong">{user.name} can come in now</p>
            {code === null
                ? <p className="small soft">A program comes with a key: <Link className="link" to="/keys">make one</Link>, and say that it is of {user.name}.</p>
                : <><p className="small soft">Give them this link; it holds three days, once, and is shown only now:</p>
                    <p className="code mono">{`${location.origin}/invitation#${code}`}</p></>}
        </div>
    );
}

export function UserRows({ users, onInvited }: { users: User[]; onInvited: (invitation: Invitation) => void }) {
    const change = useWrite(({ id, disabled }: { id: string; disabled: boolean }) => send<User>('PATCH', `/api/users/${id}`, { disabled }), { changes: ['/api/users'] });
    const [asked, setAsked] = useState<User | null>(null);
    const asker = useRef<HTMLButtonElement>(null);
    const own = useMe().data?.user?.id;
    return (
        <>
            <div className="table-wrap" tabIndex={0} role="group" aria-label="The list">
                {change.error && <ProblemNote fault={change.error} />}
                <table className="table">
                    <thead><tr><th scope="col">Name</th><th scope="col">E-mail</th><th scope="col">Role</th><th scope="col">Sees</th><th scope="col">State</th><th scope="col"><span className="vh">What to do</span></th></tr></thead>
                    <tbody>
                        {users.map((user) => (
                            <tr key={user.id}>
                                <th scope="row">{user.name}</th>
                                <td>{user.email}</td>
                                <td>{roleText(user.role)}</td>
                                <td>{reachText(user)}</td>
                                <td>{stateText(user)}</td>
                                <td className="r">
                                    {user.id !== own && (
                                        <>
                                            {!user.disabled && user.role !== 'integration' && (
                                                <button
                                                    type="button" className="link" aria-label={`New code for ${user.name}`} ref={asked?.id === user.id ? asker : undefined}
                                                    onClick={() => setAsked(user)}
                                                >New code</button>
                                            )}{' '}
                                            <button
                                                type="button" className="link" aria-label={`${user.disabled ? 'Let in again' : 'Shut out'}: ${user.name}`}
                                                onClick={() => change.mutate({ id: user.id, disabled: !user.disabled })}
                                            >{user.disabled ? 'Let in again' : 'Shut out'}</button>
                                        </>
                                    )}
                                </td>
                            </tr>
                        ))}
                    </tbody>
                </table>
            </div>
            {asked && (
                <NewCode
                    key={asked.id} user={asked}
                    onInvited={(invitation) => {
                        setAsked(null);
                        onInvited(invitation);
                    }}
                    onKept={() => {
                        asker.current?.focus();
                        setAsked(null);
                    }}
                />
            )}
        </>
    );
}

/** A code anew ends what the person comes in with now, so that is asked first. */
function NewCode({ user, onInvited, onKept }: { user: User; onInvited: (invitation: Invitation) => void; onKept: () => void }) {
    const invite = useWrite(() => send<Invitation>('POST', `/api/users/${user.id}/invitation`), { changes: ['/api/users'], onDone: onInvited });
    return (
        <div className="sure" role="group" aria-label={`New code for ${user.name}`}>
            <p className="small">{user.invited
                ? `The code that ${user.name} was given before holds no more.`
                : `${user.name} comes in no more until the code is used: the password${user.second_factor ? ', the second factor with its codes on paper' : ''} and every session end at once. That cannot be taken back.`}</p>
            {invite.error && <ProblemNote fault={invite.error} />}
            <p className="acts">
                <button type="button" className="btn first" autoFocus disabled={invite.isPending} onClick={() => invite.mutate(undefined)}>Give a new code</button>
                <button type="button" className="btn" onClick={onKept}>Leave it as it is</button>
            </p>
        </div>
    );
}

function stateText(user: User): string {
    return user.disabled ? 'shut out'
        : user.role === 'integration' ? 'a program'
        : user.invited ? `invited ${dayText(user.made)}`
        : user.second_factor ? 'password and second factor' : 'password';
}

/** What is typed, as POST /api/users takes it. */
function wanted(form: FormData) {
    const text = (name: string) => String(form.get(name) ?? '').trim();
    const departments = text('departments').split(',').map((name) => name.trim()).filter((name) => name !== '');
    return {
        email: text('email'), name: text('name'), role: text('role'),
        ...(departments.length > 0 ? { departments } : {}), ...(text('employee') ? { employee: text('employee') } : {}),
    };
}

function AddForm({ onInvited }: { onInvited: (invitation: Invitation) => void }) {
    const [role, setRole] = useState<Schema['Role']>('viewer');
    const add = useWrite((form: FormData) => send<Invitation>('POST', '/api/users', wanted(form)), { changes: ['/api/users'], onDone: onInvited });
    const onSubmit = (event: FormEvent<HTMLFormElement>) => {
        event.preventDefault();
        const form = event.currentTarget;
        add.mutate(new FormData(form), {
            onSuccess: () => {
                form.reset();
                setRole('viewer');
            },
        });
    };
    return (
        <form className="form" onSubmit={onSubmit}>
            <Field label="Name" name="name" autoComplete="off" />
            <Field label="E-mail" name="email" type="email" autoComplete="off" />
            <p className="field">
                <label className="label" htmlFor="role">Role</label>
                <select id="role" name="role" value={role} onChange={(event) => setRole(event.target.value as Schema['Role'])}>
                    {roles.map((name) => <option key={name} value={name}>{roleText(name)}</option>)}
                </select>
            </p>
            {role === 'manager' && <Field label="Departments" name="departments" autoComplete="off" hint="with commas between them" />}
            {role === 'agent' && <Field label="Name in the encounters" name="employee" autoComplete="off" required={false} hint="as the field employee has it" />}
            {add.error && <ProblemNote fault={add.error} />}
            <button type="submit" className="btn first" disabled={add.isPending}>Give an account</button>
        </form>
    );
}
