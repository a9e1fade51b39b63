import './account.css';
import { useEffect, type ReactNode } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { onSignedOut } from '../api/client';
import { ProblemNote } from '../design/states';
import { usePlace } from '../shell/router';
import { EntryPage } from './entry-page';
import { InvitationForm, SetUpForm, SignInForm } from './forms';
import { useMe } from './me';

/** Shows the studio to who may see it, and to everybody else the way in. */
export function Entry({ children }: { children: ReactNode }) {
    const me = useMe();
    const { path } = usePlace();
    const client = useQueryClient();
    useEffect(() => onSignedOut(() => void client.invalidateQueries({ queryKey: ['/api/me'] })), [client]);
    if (me.error && !me.data) {
        return <EntryPage title="No answer"><ProblemNote page fault={me.error} retry={me.refetch} /></EntryPage>;
    }
    if (!me.data) {
        return <div className="page-loading" />;
    }
    if (me.data.open || me.data.signed_in) {
        return children;
    }
    if (path === '/set-up' && !me.data.set_up) {
        return <SetUpForm />;
    }
    if (path === '/invitation') {
        return <InvitationForm />;
    }
    return me.data.set_up ? <SignInForm /> : <NotSetUp />;
}

/** The server has nobody yet: who started it has the link. */
function NotSetUp() {
    return (
        <EntryPage title="First start">
            <h1 className="title">Nobody has an account here yet</h1>
            <p className="soft">The first one is made with the link that the server printed when it started:</p>
            <p className="code mono">{`${location.origin}/set-up#…`}</p>
            <p className="small dim">The link holds until the server stops or the account is made. Start the server again for a new one.</p>
        </EntryPage>
    );
}
