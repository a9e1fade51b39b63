import { useState } from 'react';
import { Link } from '../shell/router';
import { roleText, useMe, useSignOut } from './me';

/** At the foot of the navigation: who is signed in, and the way out; or that everything stands open. */
export function SignedIn() {
    const { data: me } = useMe();
    const signOut = useSignOut();
    const [failed, setFailed] = useState(false);
    if (me?.open) {
        return <p className="signed-in axis words">open to everybody on this computer</p>;
    }
    if (!me?.user) {
        return null;
    }
    return (
        <div className="signed-in">
            <p className="words"><Link className="word link" to="/account">{me.user.name}<span className="vh">, your account</span></Link> <span className="axis">{roleText(me.user.role)}</span></p>
            <button type="button" className="link axis" onClick={() => void signOut().catch(() => setFailed(true))}>
                {failed ? 'Still signed in; try again' : 'Sign out'}
            </button>
        </div>
    );
}
