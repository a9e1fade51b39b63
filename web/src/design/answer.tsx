import type { ReactNode } from 'react';
import type { Schema } from '../api/client';
import { Link } from '../shell/router';
import { calendarText } from './format';

/**
 * The sentence of a page and one line of proof under it. `names` are things named in the sentence that have a page:
 * their first mention becomes a link. The sentence is the server's; only its days are written by locale.
 */
export function Answer({ finding, names = {}, proof, size = 'answer' }: {
    finding: Pick<Schema['Finding'], 'text'>;
    names?: Record<string, string>;
    proof?: ReactNode[];
    size?: 'answer' | 'title';
}) {
    return (
        <div className="answer-block">
            <h1 className={size}>{linked(withDays(finding.text), names)}</h1>
            {proof && (
                <p className="proof">
                    {proof.filter((part) => part !== null && part !== undefined && part !== false && part !== '').map((part, i) => <span key={i}>{part}</span>)}
                </p>
            )}
        </div>
    );
}

/** Days of the sentence as people write them: "3 May 2026" for "2026-05-03". */
export function withDays(text: string): string {
    return text.replace(/\b\d{4}-\d{2}-\d{2}\b/g, (day) => (Number.isNaN(Date.parse(day)) ? day : calendarText(day)));
}

/** Turns the first mention of each name into a link; longer names first, so that none cuts another in two. */
export function linked(text: string, names: Record<string, string>): ReactNode[] {
    const lower = text.toLowerCase();
    const found: { at: number; end: number; to: string }[] = [];
    for (const name of Object.keys(names).filter((n) => n.length > 2).sort((a, b) => b.length - a.length)) {
        const at = lower.indexOf(name.toLowerCase());
        const end = at + name.length;
        const free = at >= 0 && !found.some((f) => at < f.end && end > f.at);
        if (free && !isLetter(lower[at - 1]) && !isLetter(lower[end])) {
            found.push({ at, end, to: names[name]! });
        }
    }
    found.sort((a, b) => a.at - b.at);
    const parts: ReactNode[] = [];
    let from = 0;
    for (const { at, end, to } of found) {
        parts.push(text.slice(from, at), <Link key={at} className="link" to={to}>{text.slice(at, end)}</Link>);
        from = end;
    }
    parts.push(text.slice(from));
    return parts;
}

function isLetter(character: string | undefined): boolean {
    return character !== undefined && /[\p{L}\p{N}]/u.test(character);
}
