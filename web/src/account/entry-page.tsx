import { useEffect, type ReactNode } from 'react';
import { useAbout } from '../api/queries';
import { Mark } from '../design/icon';

/** The frame of what stands before the studio: the name of the house, and one thing to do. */
export function EntryPage({ title, children }: { title: string; children: ReactNode }) {
    const { data: about } = useAbout();
    useEffect(() => {
        document.title = `${title} · Kokemus`;
    }, [title]);
    return (
        <div className="entry">
            <header className="brand"><Mark /><span>Kokemus</span><span className="org">{about?.organisation}</span></header>
            <main id="main" tabIndex={-1}>{children}</main>
        </div>
    );
}
