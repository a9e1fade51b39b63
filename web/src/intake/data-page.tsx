import './intake.css';
import { useMay } from '../account/me';
import { useFreshness } from '../api/queries';
import { Answer } from '../design/answer';
import { agoText, clockText, countOf, dayText, secondsSince } from '../design/format';
import { Empty, ProblemNote, Skeleton } from '../design/states';
import { useAsked } from '../question/address';
import { ChoiceToken, Token } from '../question/question-bar';
import { Page } from '../shell/shell';
import { Arrivals } from './arrivals';
import { RefusedDrawer } from './refused-drawer';
import { RefusedSection } from './refused-section';
import { codeText, dataSentence, doorNames, doorText, stateNames, stateText, useRefused, type Door, type RefusedState } from './refused';

/** Is everything arriving, and is it right? */
export default function DataPage() {
    const asked = useAsked();
    const may = useMay('correct-refused');
    const freshness = useFreshness();
    const state = (stateNames.find((name) => name === asked.param('state')) ?? 'open') as RefusedState;
    const sought = { door: (doorNames.find((name) => name === asked.param('door')) ?? '') as Door | '', code: asked.param('code'), state };
    const refused = useRefused(sought, may);
    const bar = !may ? undefined : (
        <div className="ask scrolls" role="search" aria-label="Which refused items">
            <ChoiceToken name="refused" value={state} choices={stateNames.map((value) => ({ value, text: stateText(value) }))} onChoose={(value) => asked.set({ state: value === 'open' ? null : value, item: null })} />
            <ChoiceToken name="by" value={sought.door} choices={[{ value: '', text: 'every door' }, ...doorNames.map((value) => ({ value, text: doorText(value) }))]} onChoose={(door) => asked.set({ door, item: null })} />
            {sought.code && <Token name="for" onClear={() => asked.set({ code: null })}>{codeText(sought.code)}</Token>}
        </div>
    );
    const fresh = freshness.data;
    const counts = refused.data?.pages[0]!.counts ?? null;
    const known = fresh !== undefined && (!may || counts !== null || refused.error !== null);
    const item = asked.param('item');
    return (
        <Page title="Data" bar={bar}>
            {known ? (
                <Answer
                    finding={{ text: dataSentence(counts, fresh.encounters) }}
                    proof={[
                        countOf(fresh.encounters, 'encounter'), countOf(fresh.customers, 'customer'),
                        fresh.first && `since ${dayText(fresh.first)}`,
                        fresh.latest && (secondsSince(fresh.latest) < 30 * 86_400 ? `the newest ${agoText(secondsSince(fresh.latest))}` : `the newest on ${dayText(fresh.latest)}`),
                        fresh.snapshot_at && `in the numbers since ${dayText(fresh.snapshot_at, new Date().toISOString())}, ${clockText(fresh.snapshot_at)}`,
                    ]}
                />
            ) : freshness.error ? <ProblemNote page fault={freshness.error} retry={freshness.refetch} />
                : <><h1 className="answer">What arrives</h1><div className="proof"><Skeleton height={14} width="min(24em, 80%)" /></div></>}
            <div className="cols data">
                <div className="cols-main">
                    {may ? <RefusedSection sought={sought} query={refused} />
                        : <Empty>Who may correct refused items sees them here; your role does not.</Empty>}
                </div>
                <div className="cols-side">{fresh?.latest && <Arrivals latest={fresh.latest} />}</div>
            </div>
            {may && item !== '' && <RefusedDrawer key={item} id={item} onClose={() => asked.set({ item: null })} />}
        </Page>
    );
}
