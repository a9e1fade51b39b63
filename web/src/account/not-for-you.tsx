import { Link, usePlace } from '../shell/router';
import { Page } from '../shell/shell';
import { roleText, useMe, type Right } from './me';

const whatItIs: Partial<Record<Right, string>> = {
    'ask-questions': 'counts and scores over all customers',
    'see-customers': 'the courses of single customers',
    'manage-users': 'who has an account',
    'see-personal-data': 'single customers, with what is known of them',
};

/** In place of a page that the reader's role does not see: what it would be, why not, and where to go instead. */
export function NotForYou({ right, elsewhere }: { right: Right; elsewhere: { path: string; text: string } | undefined }) {
    const { data: me } = useMe();
    const { path } = usePlace();
    const role = me?.user ? roleText(me.user.role) : 'your role';
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
