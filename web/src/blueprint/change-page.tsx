import './blueprint.css';
import { useEffect, useRef, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { send } from '../api/client';
import { useWrite } from '../api/write';
import { count, countOf, inWords } from '../design/format';
import { Icon } from '../design/icon';
import { StatusShape } from '../design/marks';
import { ProblemNote, Shown, SkeletonRows } from '../design/states';
import { useAsked } from '../question/address';
import { Link, usePlace } from '../shell/router';
import { Page } from '../shell/shell';
import { faultsOf, lineRange, useProposal, useVersion, useVersions, type Change } from './versions';

/** Changes the blueprint as text: checked while it is written, with the difference before it is brought into force. */
export default function ChangePage() {
    const asked = useAsked();
    const versions = useVersions();
    const inForce = versions.data?.pages[0]!.in_force ?? null;
    const [begunFrom, setBegunFrom] = useState(inForce);
    if (begunFrom === null && inForce !== null) {
        setBegunFrom(inForce);  // what somebody else saves meanwhile does not take away what is being written
    }
    const from = Number(asked.param('from')) || begunFrom;
    const version = useVersion(from);
    const known = { ...versions, data: versions.data && (from === 0 || version.data) ? { toml: version.data?.toml ?? '' } : undefined, error: versions.error ?? version.error, isPlaceholderData: false };
    return (
        <Page title="Change the blueprint">
            <p className="crumb"><Link className="link" to="/blueprint">Blueprint</Link><Icon name="right" /><span>{from !== inForce && from ? `from version ${count(from)}` : 'change'}</span></p>
            <Shown page query={known} loading={<SkeletonRows rows={14} height={30} />}>
                {({ toml }) => <Editor key={`${from}`} begun={toml} inForce={inForce ?? 0} />}
            </Shown>
        </Page>
    );
}

/** The sentence: what the text as it stands would do. */
function sentence(change: Change | undefined, faults: number): string {
    if (faults > 0) {
        return `${countOf(faults, 'fault')} ${faults === 1 ? 'keeps' : 'keep'} this from being used.`;
    }
    if (!change) {
        return 'The designed experience, as text.';
    }
    return change.changes.length === 0 ? 'This is what is in force; nothing would change.'
        : `${change.changes.length === 1 ? 'One thing' : `${inWords(change.changes.length)} things`} would change.`.replace(/^./, (first) => first.toUpperCase());
}

function Editor({ begun, inForce }: { begun: string; inForce: number }) {
    const { go } = usePlace();
    const client = useQueryClient();
    const [toml, setToml] = useState(begun);
    const [reason, setReason] = useState('');
    const area = useRef<HTMLTextAreaElement>(null);
    const proposal = useProposal(toml);
    const faults = faultsOf(proposal.error);
    const change = proposal.error ? undefined : proposal.data;
    const save = useWrite(
        () => send<Change>('POST', '/api/blueprint', { toml, reason: reason.trim() }, { 'if-match': `"${change?.version ?? inForce}"` }),
        {
            changes: ['/api/blueprint', '/api/blueprint/versions', '/api/overview', '/api/ask', '/api/values'],
            onDone: () => {
                client.removeQueries({ queryKey: ['/api/blueprint/proposal'] });
                go('/blueprint/versions');
            },
        },
    );
    const lead = (line: number) => {
        const field = area.current!;
        field.focus();
        field.setSelectionRange(...lineRange(toml, line));
        field.scrollTop = Math.max(0, (line - 4) * lineHeight);
    };
    const ready = change !== undefined && change.changes.length > 0 && proposal.resting && !proposal.isFetching;
    return (
        <>
            <div className="answer-block"><h1 className="title">{sentence(change, faults.length)}</h1></div>
            <div className="cols change">
                <div className="cols-main"><Text area={area} text={toml} onText={setToml} faulty={new Set(faults.map(({ line }) => line))} /></div>
                <div className="cols-side">
                    {faults.length > 0 && (
                        <section className="sec" aria-labelledby="h-faults">
                            <header><h2 className="head" id="h-faults">Faults</h2></header>
                            <ul className="plain">
                                {faults.map(({ line, text }, i) => (
                                    <li key={i} className="fault">
                                        <span><StatusShape status="broken" /> {text}</span>
                                        {line > 0 && <button type="button" className="link" onClick={() => lead(line)}>{`line ${count(line)}`}</button>}
                                    </li>
                                ))}
                            </ul>
                        </section>
                    )}
                    {change && (
                        <section className="sec" aria-labelledby="h-changes">
                            <header><h2 className="head" id="h-changes">What would change</h2>{change.rebuilds_timeline && <span className="label">the numbers are built anew</span>}</header>
                            {change.changes.length === 0 && <p className="small dim told">Nothing of what is designed. Spaces and notes may differ.</p>}
                            <ul className="plain differences">{change.changes.map(({ text, kind }, i) => <li key={i} className={kind}><code className="mono">{text}</code></li>)}</ul>
                            {change.remarks.map((remark) => <p className="small told" key={remark}><span className="state"><StatusShape status="alarm" /></span> {remark}</p>)}
                        </section>
                    )}
                    <section className="sec" aria-labelledby="h-save">
                        <header><h2 className="head" id="h-save">Bring it into force</h2></header>
                        <form className="form" onSubmit={(event) => {
                            event.preventDefault();
                            save.mutate(undefined);
                        }}>
                            <p className="field">
                                <label className="label" htmlFor="why">Why</label>
                                <input id="why" value={reason} maxLength={2000} autoComplete="off" onChange={(event) => setReason(event.target.value)} />
                                <span className="axis">stands in the list of versions</span>
                            </p>
                            {save.error && <ProblemNote fault={save.error} />}
                            <p className="acts">
                                <button type="submit" className="btn first" disabled={!ready || save.isPending}>Save</button>
                                <Link className="btn" to="/blueprint">Leave it</Link>
                            </p>
                        </form>
                    </section>
                </div>
            </div>
        </>
    );
}

const lineHeight = 18;

/** The text with its line numbers; the lines with faults are marked beside it. */
function Text({ area, text, onText, faulty }: { area: React.RefObject<HTMLTextAreaElement | null>; text: string; onText: (text: string) => void; faulty: ReadonlySet<number> }) {
    const gutter = useRef<HTMLOListElement>(null);
    const lines = text.split('\n').length;
    const follow = () => {
        gutter.current!.style.translate = `0 ${-area.current!.scrollTop}px`;
    };
    useEffect(follow);
    return (
        <div className="toml">
            <div className="gutter" aria-hidden="true">
                <ol ref={gutter}>{Array.from({ length: lines }, (_, i) => <li key={i} className={faulty.has(i + 1) ? 'faulty' : undefined}>{i + 1}</li>)}</ol>
            </div>
            <textarea
                ref={area} aria-label="The blueprint as TOML" spellCheck={false} autoComplete="off" autoCapitalize="off" wrap="off" value={text}
                aria-invalid={faulty.size > 0 || undefined} onScroll={follow} onChange={(event) => onText(event.target.value)}
            />
        </div>
    );
}
