import { Link, usePlace } from '../shell/router';
import { Page } from '../shell/shell';
import { roleText, useMe, type Right } from './me';

const whatItIs: Partial<Record<Right, string>> = {
    'ask-questions': 'counts and scores over all customers',
    'see-customers': 'the courses of single customers',
    'manage-users': 'who has an account',
    'manage-keys': 'the keys of programs',
    'read-audit': 'who did what',
    'read-blueprint': 'the designed experience',
    'correct-refused': 'what was refused at the door',
    'see-personal-data': 'single customers, with what is known of them',
};

/** In place of a page that the reader's role does not see: what it would be, why not, and where to go instead. */
export function NotForYou({ right, elsewhere }: { right: Right; elsewhere: { path: string; text: string } | undefined }) {
    const { data: me } = useMe();
    const { path } = usePlace();
    const role = me?.user ? roleText(me.user.role) : 'your role';
    if (me?.open) {
        return (
            <Page title="Only with accounts">
                <h1 className="answer">This server stands open to everybody on this computer; it has no accounts.</h1>
                <div className="empty">
                    <p>Accounts, keys and the audit log are there when it is started without --open.</p>
                    {elsewhere && <Link className="btn" to={elsewhere.path}>{`Go to ${elsewhere.text}`}</Link>}
                </div>
            </Page>
        );
    }
    return (
        <Page title="Not for your role">
            <h1 className="answer">This page shows {whatItIs[right] ?? 'what another role needs'}, which the role {role} does not see.</h1>
            <div className="empty">
                <p>An admin can give you another role. The address {path} stays the same.</p>
                {elsewhere && <Link className="btn" to={elsewhere.path}>{`Go to ${elsewhere.text}`}</Link>}
            </div>
        </Page>
    );
}
