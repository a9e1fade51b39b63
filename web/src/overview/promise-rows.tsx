import type { Schema } from '../api/client';
import { count } from '../design/format';
import { PromiseRow } from '../design/promise-row';
import { Empty } from '../design/states';

/** Every promise from made to due, with what is open and at risk now. */
export function PromiseRows({ promises }: { promises: Schema['PromiseRow'][] }) {
    const open = promises.reduce((sum, p) => sum + p.open, 0);
    const atRisk = promises.reduce((sum, p) => sum + p.at_risk, 0);
    return (
        <section className="sec overview-part" aria-labelledby="h-promises">
            <header>
                <h2 className="head" id="h-promises">Promises, from made to due</h2>
                <span className="key">
                    <span><i className="swatch kept" />kept</span><span><i className="swatch late" />late</span><span><i className="swatch broken" />broken</span>
                </span>
                <span className="more">{`${count(open)} open, ${count(atRisk)} at risk`}</span>
            </header>
            {promises.length === 0
                ? <Empty>The blueprint names no promise yet. Add a [promise.NAME] that says where it is made and where it is kept.</Empty>
                : promises.map((row) => <PromiseRow key={row.promise} row={row} />)}
        </section>
    );
}
