import { createContext, useContext, useEffect, useMemo, useState, type AnchorHTMLAttributes, type ReactNode } from 'react';

/** Where the reader is: the path, and the question in the address. */
export interface Place {
    path: string;
    search: URLSearchParams;
    go: (to: string, how?: { replace?: boolean; keepScroll?: boolean }) => void;
}

const PlaceContext = createContext<Place | null>(null);

/** Holds the address of the page and follows the browser's back and forward. */
export function Router({ children }: { children: ReactNode }) {
    const [address, setAddress] = useState(() => location.pathname + location.search);
    useEffect(() => {
        const follow = () => setAddress(location.pathname + location.search);
        addEventListener('popstate', follow);
        return () => removeEventListener('popstate', follow);
    }, []);
    const place = useMemo<Place>(() => {
        const url = new URL(address, location.origin);
        return {
            path: decodePath(url.pathname),
            search: url.searchParams,
            go(to, how) {
                const target = new URL(to, location.href);
                if (target.pathname + target.search === location.pathname + location.search) {
                    return;
                }
                history[how?.replace ? 'replaceState' : 'pushState'](null, '', target);
                if (!how?.keepScroll && target.pathname !== url.pathname) {
                    scrollTo(0, 0);
                }
                setAddress(target.pathname + target.search);
            },
        };
    }, [address]);
    return <PlaceContext value={place}>{children}</PlaceContext>;
}

export function usePlace(): Place {
    const place = useContext(PlaceContext);
    if (!place) {
        throw new Error('usePlace needs a <Router> above it');
    }
    return place;
}

function decodePath(path: string): string {
    try {
        return decodeURI(path);
    } catch {
        return path;
    }
}

/**
 * The parameters of a path under a pattern such as "/customers/:id", null when it does not match.
 * A parameter is decoded and never empty.
 */
export function matchPath(pattern: string, path: string): Record<string, string> | null {
    const wanted = pattern.split('/');
    const given = path.replace(/(.)\/$/, '$1').split('/');
    if (wanted.length !== given.length) {
        return null;
    }
    const found: Record<string, string> = {};
    for (let i = 0; i < wanted.length; i += 1) {
        const part = wanted[i]!;
        const value = given[i]!;
        if (part.startsWith(':')) {
            if (value === '') {
                return null;
            }
            try {
                found[part.slice(1)] = decodeURIComponent(value);
            } catch {
                return null;
            }
        } else if (part !== value) {
            return null;
        }
    }
    return found;
}

type LinkProps = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'> & { to: string; keepScroll?: boolean };

/** An ordinary link inside the studio: opens in place, and in a new tab when the reader asks for one. */
export function Link({ to, keepScroll, onClick, ...rest }: LinkProps) {
    const { go } = usePlace();
    return (
        <a
            href={to}
            {...rest}
            onClick={(event) => {
                onClick?.(event);
                const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
                if (!event.defaultPrevented && plain && !rest.target) {
                    event.preventDefault();
                    go(to, keepScroll ? { keepScroll } : undefined);
                }
            }}
        />
    );
}
