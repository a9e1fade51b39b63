import type { Schema } from '../api/client';
import { capital, count, dayText } from '../design/format';
import { StatusShape } from '../design/marks';
import { promiseWords, statusOf } from './promise-outcome';
import { traitText } from './traits';
import type { Encounter } from './timeline-rows';

/** What was promised to this customer: what is still open first, then how many were kept, late, broken. */
export function PromisesMade({ encounters }: { encounters: readonly Encounter[] }) {
    const made = encounters.flatMap((e) => e.promises.map((promise) => ({ promise, at: e.time })));
    if (made.length === 0) {
        return null;
    }
    const open = made.filter(({ promise }) => promise.outcome === 'open' || promise.outcome === 'at_risk')
        .sort((a, b) => (a.promise.due < b.promise.due ? -1 : 1));
    const latest = encounters.at(-1)!.time;
    const decided = (['kept', 'late', 'broken'] as const).map((outcome) => ({ outcome, n: made.filter((m) => m.promise.outcome === outcome).length }));
    return (
        <section className="sec" aria-labelledby="h-made">
            <header><h2 className="head" id="h-made">Promised</h2></header>
            <ul className="facts-rows">
                {open.map(({ promise, at }) => {
                    const { words, sub } = promiseWords(promise, latest);
                    return (
                        <li key={promise.promise + promise.due + at}>
                            <span className="word">{capital(promise.promise)}</span>
                            <span className={promise.outcome === 'at_risk' ? 'state small risk' : 'state small'}><StatusShape status={statusOf(promise.outcome)} />{words}</span>
                            <span className="small dim wide">{`${sub}, promised on ${dayText(at, latest)}`}</span>
                        </li>
                    );
                })}
                <li className="tally">
                    {decided.map(({ outcome, n }) => (
                        <span key={outcome} className="state small"><StatusShape status={outcome} />{`${count(n)} ${outcome}`}</span>
                    ))}
                </li>
            </ul>
        </section>
    );
}

/** Everything known of the customer, as it was sent. */
export function TraitRows({ customer }: { customer: Schema['Customer'] }) {
    const traits = Object.entries(customer.traits);
    return (
        <section className="sec" aria-labelledby="h-known">
            <header><h2 className="head" id="h-known">What is known</h2></header>
            <dl className="traits">
                <div><dt>customer</dt><dd>{customer.customer}</dd></div>
                {traits.map(([key, value]) => <div key={key}><dt>{key}</dt><dd>{traitText(key, value)}</dd></div>)}
            </dl>
            {traits.length === 0 && <p className="small dim">Nothing but the number: no traits were sent.</p>}
        </section>
    );
}
