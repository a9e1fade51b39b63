import { capital } from '../design/format';
import type { Schema } from '../api/client';

export type AuditEntry = Schema['AuditEntry'];

/** What the ids of an entry are called: people and keys by their names, where the reader may see them. */
export interface Names { person: (id: string) => string | undefined; key: (id: string) => string | undefined }

/** The first letters of a digest: enough to tell two customers apart in a list. */
const short = (digest: string) => digest.slice(0, 8);

/** What was done, as the rest of the sentence that the name begins; `of` is what it was done to, by name or by id. */
const words: Record<string, (of: string, note: string) => string> = {
    'setup': () => 'made the first account',
    'sign-in': () => 'signed in',
    'sign-in.refused': (of) => (of === '' ? 'was refused at the door' : `was refused at the door of ${of}`),
    'sign-out': () => 'signed out',
    'invitation.accept': () => 'came in with an invitation and chose a password',
    'user.add': (of) => `gave ${of} an account`,
    'user.invite': (of) => `gave ${of} a new code; the password, second factor and sessions before ended`,
    'user.change': (of) => `changed what ${of} may do`,
    'key.make': (of) => `made the key ${of}`,
    'key.revoke': (of) => `revoked the key ${of}`,
    'password.change': () => 'changed their password',
    'factor.propose': () => 'began to set up a second factor',
    'factor.confirm': () => 'set up a second factor',
    'factor.remove': () => 'ended their second factor',
    'target.add': (of) => `added the webhook target ${of}`,
    'target.change': (of) => `changed the webhook target ${of}`,
    'target.remove': (of) => `took away the webhook target ${of}`,
    'target.secret': (of) => `gave the webhook target ${of} a new secret`,
    'target.test': (of) => `sent a test to the webhook target ${of}`,
    'target.replay': (of) => `had events sent again to the webhook target ${of}`,
    'target.off': (of) => `switched off the webhook target ${of}`,
    'mail.test': () => 'sent a test mail',
    'blueprint.change': (of) => `brought ${of} of the blueprint into force`,
    'refused.list': () => 'looked at what was refused',
    'refused.read': (of) => `looked at the refused item ${of}`,
    'refused.correct': (of) => `corrected the refused item ${of}`,
    'refused.replay': (of) => (of === '' ? 'had refused items sent again' : `had the refused item ${of} sent again`),
    'refused.drop': (of) => (of === '' ? 'dropped refused items' : `dropped the refused item ${of}`),
    'join.say': (of) => `said that two names are one customer: ${of}`,
    'join.undo': (of) => `undid what was said of two names: ${of}`,
    'joins.list': () => 'looked at which names are one customer',
    'account.read': (of) => `looked at the organisation ${of}`,
    'customer.copy': (of) => `took a copy of everything on the customer ${of}`,
    'customer.erase': (of) => `erased the customer ${of}`,
    'customer.readmit': (of) => `let the erased customer ${of} in again`,
    'customer.search': (of) => `looked for traces of ${of}`,
    'customer.read': (of) => `looked at the customer ${of}`,
    'customers.list': () => 'looked at a list of customers',
    'episodes.list': () => 'looked at a list of episodes with names',
};

const subjectOf = ({ action, subject }: AuditEntry, names: Names) =>
    action.startsWith('key.') ? (names.key(subject) ?? subject)
    : /^(customer|target|refused|account|join)\b/.test(action) ? short(subject)
    : (names.person(subject) ?? subject);

/** "gave Bert an account": an action that has no words here yet is shown as it is written. */
export function didText(entry: AuditEntry, names: Names): string {
    const of = subjectOf(entry, names);
    const known = words[entry.action];
    return known ? known(of, entry.note) : [entry.action.replaceAll('.', ', '), of].filter(Boolean).join(': ');
}

/** Who did it: a person, a key, whoever runs the server, or somebody who had not signed in. */
export function whoText(actor: string, names: Names): string {
    if (actor.startsWith('key:')) {
        return `key ${names.key(actor.slice(4)) ?? actor.slice(4)}`;
    }
    return actor === 'nobody' ? 'Somebody not signed in' : actor === 'operator' ? 'Who runs the server' : actor === 'courier' ? 'The server' : (names.person(actor) ?? actor);
}

/** "role=manager; departments=Billing" as "role manager, departments Billing". */
export function noteText(note: string): string {
    return note.split(/;\s*/).filter(Boolean).map((part) => part.replace('=', ' ')).join(', ');
}

/** The kinds of deed that the list can be narrowed to, as GET /api/audit takes them. */
export const kinds = [
    { value: '', text: 'everything' },
    { value: 'customer.', text: 'customers' },
    { value: 'join.', text: 'joined customers' },
    { value: 'refused.', text: 'refused items' },
    { value: 'blueprint.', text: 'the blueprint' },
    { value: 'sign-in', text: 'signing in' },
    { value: 'sign-in.refused', text: 'refused at the door' },
    { value: 'user.', text: 'accounts' },
    { value: 'key.', text: 'keys' },
    { value: 'target.', text: 'webhook targets' },
    { value: 'password.', text: 'passwords' },
    { value: 'factor.', text: 'second factors' },
] as const;

/** What the chain says of itself, as the sentence of the page. */
export function chainSentence({ entries, first_broken: broken }: { entries: number; first_broken: number | null }, count: (value: number) => string): string {
    if (broken !== null) {
        return `Entry ${count(broken)} of the audit log is not the one that was written there.`;
    }
    return entries === 0 ? 'Nothing stands in the audit log yet.'
        : entries === 1 ? 'The one entry of the audit log is as it was written.'
        : `${capital(`all ${count(entries)} entries of the audit log are as they were written`)}.`;
}
