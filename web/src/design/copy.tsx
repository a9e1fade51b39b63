import { useEffect, useState } from 'react';

const shownMs = 2_000;

/** Puts a text into the clipboard and says so in its own place; says too when the browser does not let it. */
export function CopyButton({ text, of, className = 'btn' }: {
    text: string;
    /** What is copied, for readers who hear the button alone: "the key". */
    of: string;
    className?: string;
}) {
    const [state, setState] = useState<'ready' | 'copied' | 'refused'>('ready');
    useEffect(() => {
        if (state === 'ready') {
            return undefined;
        }
        const timer = setTimeout(() => setState('ready'), shownMs);
        return () => clearTimeout(timer);
    }, [state]);
    const copy = async () => {
        try {
            await navigator.clipboard.writeText(text);
            setState('copied');
        } catch {
            setState('refused'); // without TLS, or forbidden: the text stands on the page and can be marked by hand
        }
    };
    return (
        <>
            <button type="button" className={className} onClick={() => void copy()}>
                {state === 'copied' ? 'Copied' : state === 'refused' ? 'Mark it by hand' : 'Copy'}<span className="vh"> {of}</span>
            </button>
            <span className="vh" role="status">{state === 'copied' ? `${of} is in the clipboard` : ''}</span>
        </>
    );
}
