import './account.css';
import { useEffect, useRef, useState } from 'react';
import { send } from '../api/client';
import { useWrite } from '../api/write';
import { Answer } from '../design/answer';
import { CopyButton } from '../design/copy';
import { capital, countOf, dayText } from '../design/format';
import { StatusShape } from '../design/marks';
import { Empty, ProblemNote, Shown, SkeletonRows } from '../design/states';
import { Page } from '../shell/shell';
import { keysSentence, keyState, usedText, type Key } from './key-state';
import { MakeKey, type NewKey } from './make-key';
import { rightText } from './right-words';
import { Snippets, snippetsFor } from './snippet';
import { useKeyList, usePeople } from './users';

/** Which programs come in, with what, and until when. */
export default function KeysPage() {
    const query = useKeyList();
    const [made, setMade] = useState<NewKey | null>(null);
    const now = Date.now();
    return (
        <Page title="Keys">
            <Answer
                finding={{ text: query.data ? keysSentence(query.data.keys, now) : 'The keys of programs' }}
                proof={['a key opens what its rights name, and never more than the account it belongs to']}
            />
            {made && <ShownOnce made={made} onKept={() => setMade(null)} />}
            <section className="sec keys" aria-label="Keys">
                <Shown query={query} loading={<SkeletonRows rows={4} height={64} />}>
                    {({ keys }) => <KeyRows keys={keys} now={now} />}
                </Shown>
            </section>
            <section className="sec" aria-labelledby="h-make">
                <header><h2 className="head" id="h-make">Make a key</h2></header>
                <MakeKey onMade={setMade} />
            </section>
        </Page>
    );
}

/** The key itself: nobody has it but the reader, and nobody can show it again. */
function ShownOnce({ made: { key, text }, onKept }: { made: NewKey; onKept: () => void }) {
    const head = useRef<HTMLHeadingElement>(null);
    useEffect(() => head.current?.focus(), [key.id]);
    return (
        <section className="once" aria-labelledby="h-once">
            <h2 className="step" id="h-once" ref={head} tabIndex={-1}>{`The key \u201c${key.name}\u201d, shown only now`}</h2>
            <p className="secret"><code>{text}</code><CopyButton text={text} of="the key" /></p>
            <Snippets label="How it is used" of={snippetsFor(text, key.rights, location.origin, key.origins)} />
            <p className="acts"><button type="button" className="btn" onClick={onKept}>I have kept it</button></p>
        </section>
    );
}

function KeyRows({ keys, now }: { keys: Key[]; now: number }) {
    const [all, setAll] = useState(false);
    const open = keys.filter((key) => keyState(key, now).open).sort((a, b) => Date.parse(a.expires) - Date.parse(b.expires));
    const over = keys.filter((key) => !keyState(key, now).open).reverse();
    if (keys.length === 0) {
        return <Empty>Tills, web pages and scripts come in with a key each. Make one below, with as few rights as it needs.</Empty>;
    }
    return (
        <>
            <ul className="key-rows">{open.map((key) => <KeyRow key={key.id} of={key} now={now} />)}</ul>
            {over.length > 0 && (
                <>
                    <button type="button" className="link small more-rows" aria-expanded={all} onClick={() => setAll(!all)}>
                        {all ? 'Without those that are over' : `And ${countOf(over.length, 'key')} that ${over.length === 1 ? 'is' : 'are'} over`}
                    </button>
                    {all && <ul className="key-rows">{over.map((key) => <KeyRow key={key.id} of={key} now={now} />)}</ul>}
                </>
            )}
        </>
    );
}

function KeyRow({ of: key, now }: { of: Key; now: number }) {
    const people = usePeople();
    const [asked, setAsked] = useState(false);
    const button = useRef<HTMLButtonElement>(null);
    const revoke = useWrite(() => send('DELETE', `/api/keys/${key.id}`), { changes: ['/api/keys'] });
    const { open, status, words, sub } = keyState(key, now);
    const whose = people.find((user) => user.id === key.user);
    return (
        <li className={open ? undefined : 'over'}>
            <p className="name">
                <span className="strong">{key.name}</span>
                <span className="axis">{[whose ? `of ${whose.name}${whose.disabled ? ', who is shut out' : ''}` : null, `made ${dayText(key.made)}`].filter(Boolean).join(' \u00b7 ')}</span>
            </p>
            <p className="small soft may-do">{capital(key.rights.map(rightText).join('; '))}{key.origins.length > 0 && `, from pages of ${key.origins.join(', ')}`}</p>
            <p className="small dim used">{usedText(key, now)}</p>
            <p className="ends">
                <span className="state small"><StatusShape status={status} />{words}</span>
                <span className="axis">{sub}</span>
            </p>
            <p className="do">
                {open && !asked && (
                    <button type="button" ref={button} className="link small" aria-label={`Revoke ${key.name}`} onClick={() => setAsked(true)}>Revoke</button>
                )}
            </p>
            {asked && (
                <div className="sure" role="group" aria-label={`Revoke ${key.name}`}>
                    <p className="small">What uses it is refused from the next request on. That cannot be taken back; a new key can be made.</p>
                    {revoke.error && <ProblemNote fault={revoke.error} />}
                    <p className="acts">
                        <button type="button" className="btn first" autoFocus disabled={revoke.isPending} onClick={() => revoke.mutate(undefined)}>Revoke it</button>
                        <button type="button" className="btn" onClick={() => {
                            setAsked(false);
                            requestAnimationFrame(() => button.current?.focus());
                        }}>Keep it</button>
                    </p>
                </div>
            )}
        </li>
    );
}
