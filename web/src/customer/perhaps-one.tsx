import { useState } from 'react';
import { useMay } from '../account/me';
import { countOf } from '../design/format';
import { ProblemNote } from '../design/states';
import { pathOf } from '../question/address';
import { Link } from '../shell/router';
import { saidText, useJoinSuggestions, useSaying, type Said } from './joins';

const shownMax = 6;

/** Customers who may be one person, for who may say so; nothing when there are none. */
export function PerhapsOne() {
    const may = useMay('join-customers');
    const { data } = useJoinSuggestions(may);
    const [said, setSaid] = useState<Said | null>(null);
    const { join, undo, busy, fault } = useSaying(setSaid);
    const all = data?.suggestions ?? [];
    if (!may || (all.length === 0 && !said)) {
        return null;
    }
    return (
        <section className="sec perhaps" aria-labelledby="h-perhaps">
            <header><h2 className="head" id="h-perhaps">Perhaps one person</h2><span className="label">{countOf(all.length, 'suggestion')}</span></header>
            <ul className="facts-rows">
                {all.slice(0, shownMax).map(({ customers, through }) => (
                    <li key={`${customers.join(' ')} ${through ?? ''}`}>
                        <span className="breaks">
                            {customers.slice(0, 3).map((name, i) => <span key={name}>{i > 0 && ', '}<Link className="word link" to={pathOf('customers', name)}>{name}</Link></span>)}
                            {customers.length > 3 && <span className="dim">{` and ${customers.length - 3} more`}</span>}
                        </span>
                        {customers.length === 2 ? (
                            <button type="button" className="link small" disabled={busy} onClick={() => join.mutate({ name: customers[0]!, other: customers[1]! })}>Join<span className="vh">{`: ${customers.join(', ')}`}</span></button>
                        ) : <span className="small dim">look at each</span>}
                        <span className="small dim wide">{through ? `known by ${through}` : 'somebody who sent said so; each has an id of its own'}</span>
                    </li>
                ))}
            </ul>
            {all.length > shownMax && <p className="axis">{`${all.length - shownMax} further ones stand with their customers`}</p>}
            {fault && <ProblemNote fault={fault} />}
            <p role="status" className="small said">
                {said && <>{saidText(said)} <button type="button" className="link" disabled={busy} onClick={() => (said.joined ? undo.mutate(said) : join.mutate(said))}>Undo</button></>}
            </p>
        </section>
    );
}
