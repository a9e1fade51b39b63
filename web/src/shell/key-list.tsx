import { useEffect, useRef, useState } from 'react';
import { Icon } from '../design/icon';
import { keysAreOn, presentKeys, setKeysOn } from './keys';

/** The keys that work on this page, and the switch that turns single keys off. */
export function KeyList({ onClose }: { onClose: () => void }) {
    const dialog = useRef<HTMLDialogElement>(null);
    const [keys] = useState(presentKeys);
    const [on, setOn] = useState(keysAreOn);
    useEffect(() => {
        dialog.current!.showModal();
    }, []);
    return (
        <dialog ref={dialog} className="keylist" aria-labelledby="keylist-title" onClose={onClose}>
            <header>
                <h2 className="head" id="keylist-title">Keys</h2>
                <button type="button" className="iconbtn" aria-label="Close" onClick={() => dialog.current!.close()}><Icon name="close" /></button>
            </header>
            <dl>
                {Object.entries(keys).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, { words }]) => (
                    <div key={name}>
                        <dt>{name.split(' ').map((part) => <kbd key={part}>{part === 'Escape' ? 'Esc' : part}</kbd>)}</dt>
                        <dd>{words}</dd>
                    </div>
                ))}
            </dl>
            <label className="small">
                <input type="checkbox" checked={on} onChange={(event) => {
                    setOn(event.target.checked);
                    setKeysOn(event.target.checked);
                }} /> Single keys work
            </label>
        </dialog>
    );
}
