import type { Right } from './me';

/** What each right lets somebody do, as the end of the sentence "may ...". */
const words: Record<Right, string> = {
    'ask-questions': 'ask questions over all customers',
    'read-blueprint': 'read the blueprint',
    'see-customers': 'see single customers and their courses',
    'see-personal-data': 'see names, traits and what customers wrote',
    'send-encounters': 'send encounters',
    'use-own-account': 'use an account of their own',
    'manage-users': 'give and end accounts',
    'manage-keys': 'make and revoke keys',
    'read-audit': 'read the audit log',
    'edit-blueprint': 'change the blueprint',
    'correct-refused': 'correct what was refused',
    'join-customers': 'say which identities are one person',
    'erase-customers': 'erase customers and report on them',
    'manage-targets': 'say where news are sent to',
    'read-operations': 'read the measures of the server',
    'make-backups': 'make backups',
};

export const rightText = (right: Right): string => words[right] ?? right;

/** Rights that take a person who has signed in: no key has them. */
const ofPersonsOnly: Right[] = ['use-own-account', 'manage-users', 'manage-keys'];

/** Of what somebody may do, what a key of theirs may, in the order of the list above. */
export function rightsForKeys(rights: readonly Right[]): Right[] {
    return (Object.keys(words) as Right[]).filter((right) => rights.includes(right) && !ofPersonsOnly.includes(right));
}
