import { useId, useState, type KeyboardEvent } from 'react';
import { CopyButton } from '../design/copy';

export interface Snippet { name: string; text: string }

/** Ready-to-paste texts, one shown at a time, each with its button to copy; the arrow keys go from tab to tab. */
export function Snippets({ label, of }: { label: string; of: Snippet[] }) {
    const [at, setAt] = useState(0);
    const id = useId();
    const shown = of[Math.min(at, of.length - 1)]!;
    const turn = (event: KeyboardEvent<HTMLDivElement>) => {
        const step = { ArrowRight: 1, ArrowLeft: of.length - 1, Home: -at, End: of.length - 1 - at }[event.key];
        if (step === undefined) {
            return;
        }
        event.preventDefault();
        const next = (at + step) % of.length;
        setAt(next);
        event.currentTarget.querySelectorAll<HTMLElement>('[role="tab"]')[next]?.focus();
    };
    return (
        <div className="snippets">
            <div className="tabs" role="tablist" aria-label={label} onKeyDown={turn}>
                {of.map(({ name }, i) => (
                    <button
                        key={name} type="button" role="tab" id={`${id}-t${i}`} aria-controls={`${id}-p`} aria-selected={i === at}
                        tabIndex={i === at ? 0 : -1} onClick={() => setAt(i)}
                    >{name}</button>
                ))}
            </div>
            <div className="snippet" role="tabpanel" id={`${id}-p`} aria-labelledby={`${id}-t${at}`}>
                <pre tabIndex={0}>{shown.text}</pre>
                <CopyButton text={shown.text} of={shown.name} />
            </div>
        </div>
    );
}

/** How a program uses the key: what its rights allow, over the plain API first. */
export function snippetsFor(text: string, rights: readonly string[], origin: string, pages: readonly string[] = []): Snippet[] {
    const list: Snippet[] = [];
    if (rights.includes('send-encounters')) {
        list.push({
            name: 'curl',
            text: `curl ${origin}/api/encounters -H 'Authorization: Bearer ${text}' -d '\n  {"id": "m1", "customer": "anna@example.com", "time": "${new Date().toISOString()}", "touchpoint": "order placed"}'`,
        }, {
            name: 'Segment, server',
            text: `import { Analytics } from '@segment/analytics-node';\n\nconst analytics = new Analytics({ writeKey: '${text}', host: '${origin}' });\nanalytics.track({ userId: 'anna@example.com', event: 'Order Completed', properties: { order_id: '50314', revenue: 25 } });`,
        });
        if (pages.length > 0) {
            list.push({
                name: 'Segment, browser',
                text: `import { AnalyticsBrowser } from '@segment/analytics-next';\n\n// whoever reads the page reads the key: give it no right but to send\nconst analytics = AnalyticsBrowser.load({ writeKey: '${text}', cdnURL: '${origin}' });\nanalytics.track('Order Completed', { order_id: '50314', revenue: 25 });`,
            });
        }
    }
    if (rights.includes('ask-questions')) {
        list.push({ name: list.length > 0 ? 'curl, to ask' : 'curl', text: `curl -G ${origin}/api/ask -H 'Authorization: Bearer ${text}' --data-urlencode 'q=trend nps by month'` });
    }
    if (list.length === 0) {
        list.push({ name: 'curl', text: `curl ${origin}/api/me -H 'Authorization: Bearer ${text}'` });
    }
    return list;
}
