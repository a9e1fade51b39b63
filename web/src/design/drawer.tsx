import { useEffect, useRef, type ReactNode } from 'react';
import { useKeys } from '../shell/keys';
import { Icon } from './icon';

/**
 * What is behind a thing that was selected. Takes the focus when it opens and gives it back when it closes; Esc closes.
 * Its content belongs to the page's address, so the opener keeps the state, not the drawer.
 */
export function Drawer({ kind, title, onClose, children }: { kind: ReactNode; title: ReactNode; onClose: () => void; children: ReactNode }) {
    const heading = useRef<HTMLHeadingElement>(null);
    useEffect(() => {
        const before = document.activeElement;
        heading.current?.focus({ preventScroll: true });
        return () => {
            if ((before instanceof HTMLElement || before instanceof SVGElement) && before.isConnected) {
                before.focus({ preventScroll: true });
            }
        };
    }, []);
    useKeys({ Escape: { words: 'close the drawer', run: onClose, always: true } });
    return (
        <aside className="drawer" aria-labelledby="drawer-title">
            <header>
                <p className="kind">{kind}</p>
                <button type="button" className="iconbtn" aria-label="Close" onClick={onClose}><Icon name="close" /></button>
                <h2 id="drawer-title" ref={heading} tabIndex={-1}>{title}</h2>
            </header>
            {children}
        </aside>
    );
}

/** Facts as rows of a drawer: a word and its figures. */
export function Facts({ rows }: { rows: [name: string, value: ReactNode][] }) {
    return (
        <dl className="facts">
            {rows.map(([name, value]) => (
                <div key={name}><dt>{name}</dt><dd>{value}</dd></div>
            ))}
        </dl>
    );
}
