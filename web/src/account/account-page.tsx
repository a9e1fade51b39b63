import { Answer } from '../design/answer';
import { capital, dayText } from '../design/format';
import { Empty } from '../design/states';
import { Page } from '../shell/shell';
import { reachText, roleText, useMe } from './me';
import { OwnPassword } from './own-password';
import { rightText } from './right-words';
import { SecondFactor } from './second-factor';

/** The reader's own account: what keeps it, and what it lets them do. */
export default function AccountPage() {
    const { data: me } = useMe();
    const user = me?.user;
    if (!user) {
        return (
            <Page title="Your account">
                <h1 className="answer">Nobody is signed in.</h1>
                <Empty>This page is about the account of whoever has signed in.</Empty>
            </Page>
        );
    }
    return (
        <Page title="Your account">
            <Answer
                finding={{ text: user.second_factor ? 'A password and a second factor keep your account.' : 'A password alone keeps your account.' }}
                proof={[user.email, roleText(user.role), `since ${dayText(user.made)}`]}
            />
            <div className="cols account">
                <div className="cols-main">
                    <section className="sec" aria-labelledby="h-factor">
                        <header><h2 className="head" id="h-factor">Second factor</h2></header>
                        <SecondFactor on={user.second_factor} />
                    </section>
                    <section className="sec" aria-labelledby="h-password">
                        <header><h2 className="head" id="h-password">Password</h2></header>
                        <OwnPassword email={user.email} />
                    </section>
                </div>
                <div className="cols-side">
                    <section className="sec" aria-labelledby="h-who">
                        <header><h2 className="head" id="h-who">Who you are here</h2></header>
                        <dl className="traits">
                            <div><dt>Name</dt><dd>{user.name}</dd></div>
                            <div><dt>E-mail</dt><dd>{user.email}</dd></div>
                            <div><dt>Role</dt><dd>{capital(roleText(user.role))}</dd></div>
                            <div><dt>Sees</dt><dd>{reachText(user) === 'all' ? 'all customers' : reachText(user)}</dd></div>
                        </dl>
                        <p className="small dim told">An admin changes these, on the page People.</p>
                    </section>
                    <section className="sec" aria-labelledby="h-may">
                        <header><h2 className="head" id="h-may">What you may do</h2></header>
                        <ul className="may">{me.rights.filter((right) => right !== 'use-own-account').map((right) => <li key={right}>{capital(rightText(right))}</li>)}</ul>
                    </section>
                </div>
            </div>
        </Page>
    );
}
