import { quoted } from '../question/address';
import { Link } from '../shell/router';
import type { HeldAgainst } from './held-against';

/** A touchpoint by its name, leading to everything that happened there; one that nobody met says so. */
export function TouchpointLink({ name, held }: { name: string; held: HeldAgainst | null }) {
    const never = held !== null && held.more === 0 && !held.met.has(name);
    return (
        <>
            <Link className="link" to={`/?where=${encodeURIComponent(`touchpoint = ${quoted(name)}`)}`}>{name}</Link>
            {never && <span className="axis"> never met</span>}
        </>
    );
}
