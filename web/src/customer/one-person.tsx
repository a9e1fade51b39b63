import { useState } from 'react';
import { useMay } from '../account/me';
import { ProblemNote, Shown, SkeletonRows } from '../design/states';
import { pathOf } from '../question/address';
import { Link } from '../shell/router';
import { kindText, linksShown, othersOf, saidText, stateText, useCustomerJoins, useJoinSuggestions, useSaying, type CustomerJoins, type Said } from './joins';

/** Why all of this is one person: the names, what joins them, and who else it may be; each can be said and taken back. */
export function OnePerson({ id }: { id: string }) {
    const query = useCustomerJoins(id);
    return (
        <section className="sec" aria-labelledby="h-one">
            <header><h2 className="head" id="h-one">Why this is one person</h2></header>
            <Shown query={query} loading={<SkeletonRows rows={3} height={44} />}>{(joins) => <Names joins={joins} />}</Shown>
        </section>
    );
}

function Names({ joins }: { joins: CustomerJoins }) {
    const may = useMay('join-customers');
    const { data } = useJoinSuggestions(may);
    const [said, setSaid] = useState<Said | null>(null);
    const { join, undo, busy, fault } = useSaying(setSaid);
    const { customer, identities } = joins;
    const suggestions = (data?.suggestions ?? []).filter(({ customers }) => customers.includes(customer));
    const links = linksShown(joins, suggestions);
    const takeBack = (what: Said) => (what.joined ? undo.mutate(what) : join.mutate(what));
    return (
        <>
            <ul className="facts-rows">
                {identities.map(({ name, kind }) => <li key={name}><span className="word">{name}</span><span className="small dim">{kindText(kind)}</span></li>)}
                {links.map(({ number, name, other, state, why }) => (
                    <li key={`link ${number}`}>
                        <span className="small breaks">{`${name}, ${other}`}</span>
                        <span className="small">
                            {may && state === 'joined' && <button type="button" className="link" disabled={busy} onClick={() => undo.mutate({ number, name, other })}>Undo<span className="vh">{`: ${name}, ${other}`}</span></button>}
                            {may && (state === 'apart' || state === 'undone') && <button type="button" className="link" disabled={busy} onClick={() => join.mutate({ name, other })}>Join<span className="vh">{`: ${name}, ${other}`}</span></button>}
                            {!(may && ['joined', 'apart', 'undone'].includes(state)) && <span className="dim">{stateText(state)}</span>}
                        </span>
                        <span className="small dim wide">{why}</span>
                    </li>
                ))}
                {suggestions.flatMap((suggestion) => othersOf(suggestion, customer).map((other) => (
                    <li key={`may be ${other}`}>
                        <span className="small breaks">Perhaps <Link className="link" to={pathOf('customers', other)}>{other}</Link></span>
                        <button type="button" className="link small" disabled={busy} onClick={() => join.mutate({ name: customer, other })}>Join<span className="vh">{`: ${customer}, ${other}`}</span></button>
                        <span className="small dim wide">{suggestion.through ? `both are known by ${suggestion.through}` : 'somebody who sent said so; both have an id of their own'}</span>
                    </li>
                )))}
            </ul>
            {identities.length === 1 && links.length === 0 && suggestions.length === 0 && <p className="small dim">One name, and nothing says that there is another.</p>}
            {fault && <ProblemNote fault={fault} />}
            <p role="status" className="small said">
                {said && <>{saidText(said)} <button type="button" className="link" disabled={busy} onClick={() => takeBack(said)}>Undo</button></>}
            </p>
        </>
    );
}
