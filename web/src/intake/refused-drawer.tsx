import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { sourceText, useNames } from '../account/users';
import { send } from '../api/client';
import { useWrite } from '../api/write';
import { count, clockText, dayText } from '../design/format';
import { Drawer, Facts } from '../design/drawer';
import { StatusShape } from '../design/marks';
import { ProblemNote, Shown, SkeletonRows } from '../design/states';
import { codeText, doorText, laidOut, outcomeText, stateText, useRefusedItem, type RefusedItem, type Tried } from './refused';

/** One refused item: why, what was sent, and putting it right. */
export function RefusedDrawer({ id, onClose }: { id: string; onClose: () => void }) {
    const query = useRefusedItem(id);
    return (
        <Drawer kind="A refused item" title={query.data ? codeText(query.data.code) : 'Refused'} onClose={onClose}>
            <Shown query={query} loading={<SkeletonRows rows={6} height={34} />}>
                {(item) => <Item key={`${item.id} ${item.state} ${item.last}`} item={item} />}
            </Shown>
        </Drawer>
    );
}

const when = (at: string) => `${dayText(at, new Date().toISOString())}, ${clockText(at)}`;

function Item({ item }: { item: RefusedItem }) {
    const names = useNames();
    return (
        <>
            {item.reason && <p className="reason">{item.reason}</p>}
            <Facts rows={[
                ['Came by', doorText(item.door)],
                ['From', <span key="s" className="breaks">{sourceText(item.source, names)}</span>],
                ['Last', when(item.last)],
                ...(item.times > 1 ? [['Times', `${count(item.times)}, first ${when(item.first)}`] as [string, string]] : []),
                ['Size', `${count(item.bytes)} bytes${item.whole ? '' : ', of which a part was kept'}`],
                ['State', `${stateText(item.state)}${item.decided ? `, ${when(item.decided)}` : ''}${item.outcome ? `: ${item.outcome}` : ''}`],
            ]} />
            {item.state === 'open' && <Mend item={item} />}
        </>
    );
}

function Mend({ item }: { item: RefusedItem }) {
    const client = useQueryClient();
    const [text, setText] = useState(() => laidOut(item.text ?? ''));
    const [sure, setSure] = useState(false);
    const known = item.text !== null && item.text !== undefined;
    const changed = text !== laidOut(item.text ?? '');
    const after = { changes: ['/api/refused'] };
    const again = (done: boolean) => done && void client.invalidateQueries({ queryKey: ['/api/refused/{id}', item.id] });
    const look = useWrite(() => (changed
        ? send<Tried>('POST', `/api/refused/${encodeURIComponent(item.id)}/correction`, { text, dry_run: true })
        : send<Tried>('POST', `/api/refused/${encodeURIComponent(item.id)}/replay`, { dry_run: true })));
    const take = useWrite(() => (changed
        ? send<Tried>('POST', `/api/refused/${encodeURIComponent(item.id)}/correction`, { text, dry_run: false })
        : send<Tried>('POST', `/api/refused/${encodeURIComponent(item.id)}/replay`, { dry_run: false })), { ...after, onDone: ({ done }) => again(done) });
    const drop = useWrite(() => send('DELETE', `/api/refused/${encodeURIComponent(item.id)}`), { ...after, onDone: () => again(true) });
    const fault = look.error ?? take.error ?? drop.error;
    const tried = take.data ?? look.data;
    const busy = look.isPending || take.isPending || drop.isPending;
    return (
        <div className="mend">
            {known ? (
                <p className="field">
                    <label className="label" htmlFor="refused-text">What was sent</label>
                    <textarea
                        id="refused-text" rows={Math.min(16, text.split('\n').length + 1)} spellCheck={false} value={text}
                        onChange={(event) => {
                            setText(event.target.value);
                            look.reset();
                            take.reset();
                        }}
                    />
                    <span className="axis">{changed ? 'changed; the text as it was sent goes when this is taken' : 'correct it here, or send it again as it is once its cause is mended'}</span>
                </p>
            ) : <p className="small dim">Its text is personal data, which your role does not see. It can be sent again as it is.</p>}
            {fault && <ProblemNote fault={fault} />}
            <p role="status" className="small tried">
                {tried && <span className="state"><StatusShape status={tried.done ? 'kept' : 'broken'} />{outcomeText(tried)}</span>}
            </p>
            <p className="acts">
                <button type="button" className="btn first" disabled={busy} onClick={() => take.mutate(undefined)}>{changed ? 'Send the correction' : 'Send it again'}</button>
                <button type="button" className="btn" disabled={busy} onClick={() => look.mutate(undefined)}>Try</button>
                {!sure && <button type="button" className="btn" disabled={busy} onClick={() => setSure(true)}>Drop it</button>}
            </p>
            {sure && (
                <div className="sure" role="group" aria-label="Drop it">
                    <p className="small">It counts as nothing from then on, and its text goes. That cannot be taken back.</p>
                    <p className="acts">
                        <button type="button" className="btn first" autoFocus disabled={busy} onClick={() => drop.mutate(undefined)}>Drop it</button>
                        <button type="button" className="btn" onClick={() => setSure(false)}>Keep it</button>
                    </p>
                </div>
            )}
        </div>
    );
}
