import { useEffect, useRef } from 'react';
import { SignedIn } from '../account/signed-in';
import { Icon } from '../design/icon';
import { groups, type Route } from '../routes';
import { Link } from './router';

/** On a phone: the pages that have no place in the bar, as a sheet over the page. */
export function MorePages({ pages, onFind, onClose }: { pages: Route[]; onFind: () => void; onClose: () => void }) {
    const dialog = useRef<HTMLDialogElement>(null);
    useEffect(() => {
        dialog.current!.showModal();
    }, []);
    const close = () => dialog.current!.close();
    return (
        <dialog
            ref={dialog} className="more-pages" aria-labelledby="more-title" onClose={onClose}
            onClick={(event) => event.target === dialog.current && close()}
        >
            <header>
                <h2 className="head" id="more-title">All pages</h2>
                <button type="button" className="iconbtn" aria-label="Close" onClick={close}><Icon name="close" /></button>
            </header>
            <button type="button" className="find-button" onClick={() => {
                close();
                onFind();
            }}><Icon name="search" /><span>Find or do</span></button>
            <nav aria-label="All pages">
                {[undefined, ...groups].map((group) => {
                    const here = pages.filter(({ nav }) => nav!.group === group);
                    return here.length > 0 && (
                        <div key={group ?? ''} role="group" aria-label={group ?? 'First'}>
                            {group && <p className="axis">{group}</p>}
                            {here.map((route) => (
                                <Link key={route.path} className="item" to={route.path} onClick={close}><Icon name={route.nav!.icon} />{route.nav!.text}</Link>
                            ))}
                        </div>
                    );
                })}
            </nav>
            <div onClick={(event) => (event.target as HTMLElement).closest('a') && close()}><SignedIn /></div>
        </dialog>
    );
}
