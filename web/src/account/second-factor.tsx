import { useEffect, useRef, useState, type FormEvent, type ReactNode } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { send } from '../api/client';
import { useWrite } from '../api/write';
import { CopyButton } from '../design/copy';
import { StatusShape } from '../design/marks';
import { ProblemNote } from '../design/states';
import { Field } from './field';
import { useKnownAnew, type Me } from './me';
import { QrCode } from './qr-code';

interface Proposal { secret: string; link: string }

const typed = (event: FormEvent<HTMLFormElement>, name: string) => String(new FormData(event.currentTarget).get(name) ?? '').trim();

/** The second factor of the reader's account: sets one up in three steps, or ends it. */
export function SecondFactor({ on }: { on: boolean }) {
    const [proposal, setProposal] = useState<Proposal | null>(null);
    const [codes, setCodes] = useState<string[] | null>(null);
    if (codes) {
        return <PaperCodes codes={codes} onKept={() => setCodes(null)} />;
    }
    if (proposal) {
        return (
            <Confirm
                proposal={proposal} onBack={() => setProposal(null)}
                onConfirmed={(made) => {
                    setProposal(null);
                    setCodes(made);
                }}
            />
        );
    }
    return on ? <End /> : <Begin onProposed={setProposal} />;
}

/** The head of a step: takes the focus when the step before led here, so that it is read. */
function Step({ children }: { children: ReactNode }) {
    const head = useRef<HTMLHeadingElement>(null);
    useEffect(() => head.current?.focus(), []);
    return <h3 className="step" ref={head} tabIndex={-1}>{children}</h3>;
}

function Begin({ onProposed }: { onProposed: (proposal: Proposal) => void }) {
    const propose = useWrite((password: string) => send<Proposal>('POST', '/api/me/factor', { password }), { onDone: onProposed });
    return (
        <>
            <p className="soft told">A stolen password is enough to come in as you. With a second factor, signing in also asks for six digits that an app on your phone shows, new ones every half minute.</p>
            <form className="form" onSubmit={(event) => {
                event.preventDefault();
                propose.mutate(typed(event, 'password'));
            }}>
                <Field label="Your password" name="password" type="password" autoComplete="current-password" hint="so that an open browser is not enough to change this" />
                {propose.error && <ProblemNote fault={propose.error} />}
                <button type="submit" className="btn first" disabled={propose.isPending}>Set up a second factor</button>
            </form>
        </>
    );
}

/** "ABCD EFGH": easier to type from. */
const inFours = (text: string) => text.replace(/(.{4})(?=.)/g, '$1 ');

function Confirm({ proposal, onBack, onConfirmed }: { proposal: Proposal; onBack: () => void; onConfirmed: (codes: string[]) => void }) {
    const confirm = useWrite(
        (code: string) => send<{ recovery_codes: string[] }>('POST', '/api/me/factor/confirmation', { code }),
        { onDone: ({ recovery_codes: codes }) => onConfirmed(codes) },
    );
    return (
        <div className="factor">
            <div className="scan">
                <QrCode text={proposal.link} label="QR code for your authenticator app; the same as the secret in letters beside it" />
            </div>
            <div>
                <Step>Scan this with an authenticator app</Step>
                <p className="small soft">Any app for one-time passwords does. It works without a network, and nothing of it goes to anybody else.</p>
                <p className="label secret-head">Or type the secret</p>
                <p className="secret"><code>{inFours(proposal.secret)}</code><CopyButton text={proposal.secret} of="the secret" /></p>
                <form className="form" onSubmit={(event) => {
                    event.preventDefault();
                    confirm.mutate(typed(event, 'code'));
                }}>
                    <Field label="Six digits that it shows now" name="code" inputMode="numeric" autoComplete="one-time-code" pattern="[0-9 ]{6,7}" maxLength={7} />
                    {confirm.error && <ProblemNote fault={confirm.error} />}
                    <p className="acts">
                        <button type="submit" className="btn first" disabled={confirm.isPending}>Confirm</button>
                        <button type="button" className="btn" onClick={onBack}>Leave it</button>
                    </p>
                </form>
                <p className="axis">It counts from the first code on; until then nothing has changed.</p>
            </div>
        </div>
    );
}

function PaperCodes({ codes, onKept }: { codes: string[]; onKept: () => void }) {
    const client = useQueryClient();
    const text = `${codes.join('\n')}\n`;
    const href = `data:text/plain;charset=utf-8,${encodeURIComponent(text)}`;
    return (
        <div className="once">
            <Step>Write these codes on paper</Step>
            <p className="small soft">Each opens your account once, when the phone is lost. They are shown only now.</p>
            <ol className="codes">{codes.map((code) => <li key={code}><code>{code}</code></li>)}</ol>
            <p className="acts">
                <button type="button" className="btn first" onClick={() => {
                    onKept();
                    void client.invalidateQueries({ queryKey: ['/api/me'] });
                }}>I have them on paper</button>
                <CopyButton text={text} of="the codes" />
                <a className="btn" href={href} download="kokemus-codes.txt">Save as a file</a>
            </p>
        </div>
    );
}

function End() {
    const [asked, setAsked] = useState(false);
    const known = useKnownAnew();
    const end = useWrite((password: string) => send<Me>('POST', '/api/me/factor/removal', { password }), { onDone: known });
    return (
        <>
            <p className="told"><span className="state"><StatusShape status="kept" />On: signing in asks for a code from your app.</span></p>
            {!asked && (
                <p className="acts"><button type="button" className="btn" onClick={() => setAsked(true)}>End it</button></p>
            )}
            {asked && (
                <form className="form" onSubmit={(event) => {
                    event.preventDefault();
                    end.mutate(typed(event, 'password'));
                }}>
                    <p className="small soft">From then on the password alone opens the account, and the codes on paper open nothing. For new codes, or another phone, end it and set it up anew.</p>
                    <Field label="Your password" name="password" type="password" autoComplete="current-password" autoFocus />
                    {end.error && <ProblemNote fault={end.error} />}
                    <p className="acts">
                        <button type="submit" className="btn first" disabled={end.isPending}>End the second factor</button>
                        <button type="button" className="btn" onClick={() => setAsked(false)}>Keep it</button>
                    </p>
                </form>
            )}
        </>
    );
}
