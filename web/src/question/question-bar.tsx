import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { columnOf } from '../api/client';
import { useSuggest, useValues } from '../api/queries';
import { calendarText, countOf } from '../design/format';
import { Icon } from '../design/icon';
import { useKeys } from '../shell/keys';
import { periodBeside, periods, useAsked } from './address';

/**
 * The question of a page in words: its tokens (period, and what the page adds), and the filter as text in the grammar
 * of questions. All of it stands in the address. `fault` is what the server said of the question: the column it names is
 * underlined; the words stand in the page, where the answer would.
 */
export function QuestionBar({ tokens, fault, withPeriod = true, against, withFilter = true, placeholder }: {
    tokens?: ReactNode;
    /** What the page compares with, in words; it is context, not a filter. */
    against?: string | undefined;
    fault?: Error | null;
    withPeriod?: boolean;
    withFilter?: boolean;
    placeholder?: string;
}) {
    return (
        <div className="ask" role="search" aria-label="The question">
            {tokens}
            {withPeriod && <PeriodToken />}
            {against && <span className="tok vs"><b>against</b>{against}</span>}
            {withFilter && <Filter fault={fault ?? null} placeholder={placeholder} />}
            <CopyAddress />
        </div>
    );
}

/** A part of the question as "name value". With `onClear` it can be taken out. */
export function Token({ name, children, onClear }: { name: string; children: ReactNode; onClear?: () => void }) {
    return (
        <span className="tok">
            <b>{name}</b>{children}
            {onClear && (
                <button type="button" aria-label={`Remove ${name}`} onClick={onClear}><Icon name="close" /></button>
            )}
        </span>
    );
}

/** A token whose value is chosen from a short list. */
export function ChoiceToken({ name, value, text, choices, onChoose }: {
    name: string;
    value: string;
    /** What the token shows; the text of the chosen one when absent. */
    text?: string;
    choices: readonly { value: string; text: string }[];
    onChoose: (value: string) => void;
}) {
    return (
        <span className="tok choice">
            <b aria-hidden="true">{name}</b>
            <span aria-hidden="true">{text ?? choices.find((c) => c.value === value)?.text ?? value}</span>
            <Icon name="down" />
            <select aria-label={name} value={value} onChange={(event) => onChoose(event.target.value)}>
                {choices.map((choice) => <option key={choice.value} value={choice.value}>{choice.text}</option>)}
            </select>
        </span>
    );
}

function PeriodToken() {
    const asked = useAsked();
    const shift = (step: -1 | 1) => () => {
        const beside = periodBeside(asked.from, asked.to, step);
        if (beside) {
            asked.set({ ...beside, period: null });
        }
    };
    useKeys({ '[': { words: 'the period before', run: shift(-1) }, ']': { words: 'the period after', run: shift(1) } });
    const choices = periods.map((p) => ({ value: p.name as string, text: p.text as string }));
    if (asked.period === 'own') {
        choices.push({ value: 'own', text: ownText(asked.from, asked.to) });
    }
    return (
        <ChoiceToken
            name="period" value={asked.period} choices={choices}
            onChoose={(value) => asked.set({ period: value, from: null, to: null })}
        />
    );
}

/** "24 Aug to 22 Nov 2026". */
export function ownText(from: string | null, to: string | null): string {
    if (!from || !to) {
        return 'the whole time';
    }
    return `${calendarText(from, from.slice(0, 4) !== to.slice(0, 4))} to ${calendarText(to)}`;
}

function CopyAddress() {
    const [copied, setCopied] = useState(false);
    useEffect(() => {
        if (copied) {
            const timer = setTimeout(() => setCopied(false), 2_000);
            return () => clearTimeout(timer);
        }
        return undefined;
    }, [copied]);
    const copy = () => void navigator.clipboard?.writeText(location.href).then(() => setCopied(true));
    useKeys({ y: { words: 'copy the address', run: copy } });
    return (
        <>
            <span className="axis" role="status">{copied ? 'address copied' : ''}</span>
            <button
                type="button" className="iconbtn" aria-label="Copy the address of this question"
                onClick={copy}
            >
                <Icon name="share" />
            </button>
        </>
    );
}

function Filter({ fault, placeholder }: { fault: Error | null; placeholder: string | undefined }) {
    const asked = useAsked();
    const [text, setText] = useState(asked.where);
    const [cursor, setCursor] = useState(0);
    const [open, setOpen] = useState(false);
    const [chosen, setChosen] = useState(-1);
    const input = useRef<HTMLInputElement>(null);
    const id = useId();
    useEffect(() => setText(asked.where), [asked.where]);
    useKeys({ '/': { words: 'write a filter', run: () => input.current?.focus() } });
    const suggestions = useSuggest(text, cursor, open).data?.suggestions.slice(0, 10) ?? [];
    const shown = open && suggestions.length > 0;
    const period = asked.from && asked.to ? ` from ${asked.from} to ${asked.to}` : '';
    const values = useValues(open ? fieldAt(text, cursor) : '', `flow${period}`, '', 200).data?.values ?? [];
    const counts = new Map(values.map(({ value, encounters }) => [value, encounters]));
    const place = text === asked.where ? faultPlace(text, fault) : null;

    const apply = (next: string) => {
        setOpen(false);
        asked.set({ where: next.trim() });
    };
    const take = (suggestion: string) => {
        const next = insertSuggestion(text, cursor, suggestion);
        setText(next.text);
        setCursor(next.cursor);
        setChosen(-1);
        requestAnimationFrame(() => {
            input.current?.focus();
            input.current?.setSelectionRange(next.cursor, next.cursor);
        });
    };
    return (
        <div className="filter">
            <Icon name="filter" />
            <div className="field">
                {place && <Underline text={text} {...place} />}
                <input
                    ref={input} value={text} spellCheck={false} autoComplete="off" autoCapitalize="off" enterKeyHint="go"
                    placeholder={placeholder ?? "Filter: channel = 'phone' and score <= 2"}
                    role="combobox" aria-label="Filter" aria-expanded={shown} aria-controls={`${id}-list`} aria-autocomplete="list"
                    aria-activedescendant={shown && chosen >= 0 ? `${id}-${chosen}` : undefined}
                    aria-invalid={place !== null || undefined}
                    onChange={(event) => {
                        setText(event.target.value);
                        setCursor(event.target.selectionStart ?? event.target.value.length);
                        setOpen(true);
                        setChosen(-1);
                    }}
                    onFocus={() => setOpen(true)}
                    onSelect={(event) => setCursor(event.currentTarget.selectionStart ?? 0)}
                    onBlur={() => setOpen(false)}
                    onKeyDown={(event) => {
                        if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
                            event.preventDefault();
                            setOpen(true);
                            const rows = suggestions.length + 1; // one more: back to the text itself
                            const step = event.key === 'ArrowDown' ? 1 : rows - 1;
                            setChosen((now) => ((now + 1 + step) % rows) - 1);
                        } else if (event.key === 'Enter') {
                            if (shown && suggestions[chosen]) {
                                take(suggestions[chosen].text);
                            } else {
                                apply(text);
                            }
                        } else if (event.key === 'Escape') {
                            if (shown) {
                                event.stopPropagation();
                                setOpen(false);
                            } else {
                                setText(asked.where);
                                input.current?.blur();
                            }
                        }
                    }}
                />
                {shown && (
                    <ul className="suggestions" id={`${id}-list`} role="listbox" aria-label="Suggestions">
                        {suggestions.map((suggestion, i) => (
                            <li
                                key={suggestion.kind + suggestion.text} id={`${id}-${i}`} role="option" aria-selected={i === chosen}
                                onMouseDown={(event) => {
                                    event.preventDefault();
                                    take(suggestion.text);
                                }}
                            >
                                <span>{suggestion.text}</span>
                                <span className="axis">{countText(counts.get(unquoted(suggestion.text))) || suggestion.kind}</span>
                            </li>
                        ))}
                    </ul>
                )}
            </div>
            {asked.where !== '' && (
                <button type="button" className="iconbtn" aria-label="Remove the filter" onClick={() => apply('')}><Icon name="close" /></button>
            )}
        </div>
    );
}

const unquoted = (text: string) => (text.startsWith("'") ? text.slice(1, -1).replaceAll("''", "'") : text);
const countText = (encounters: number | undefined) => (encounters === undefined ? '' : countOf(encounters, 'encounter'));

/** Marks a part of the field's text from below, by repeating the text unseen. */
function Underline({ text, at, length }: { text: string; at: number; length: number }) {
    return (
        <span className="underline" aria-hidden="true">
            <span>{text.slice(0, at)}</span><u>{text.slice(at, at + length) || '\u00a0'}</u>
        </span>
    );
}

/**
 * The part of a filter that a fault speaks of: the word it quotes, else what stands at its column. The column counts in the
 * whole question, of which the filter is the end; null when the fault is not about the text.
 */
export function faultPlace(where: string, fault: Error | null): { at: number; length: number } | null {
    const column = columnOf(fault);
    if (column === null || where === '') {
        return null;
    }
    const quoted = /"([^"]+)"/.exec(fault!.message)?.[1] ?? '';
    const at = quoted === '' ? -1 : where.indexOf(quoted);
    if (at >= 0) {
        return { at, length: quoted.length };
    }
    const from = Math.min(column - 1, where.length);
    return { at: from, length: /^(?:'[^']*'?|[^\s']+)/.exec(where.slice(from))?.[0].length ?? 1 };
}

/** The field whose value is being written at the cursor: "channel" in "score < 3 and channel = 'pho"; '' when none is. */
export function fieldAt(text: string, cursor: number): string {
    const found = /(?:^|[\s(])([\p{L}_][\p{L}\p{N}_.-]*)\s*(?:!?[=:]|(?:not\s+)?in\s*\()\s*(?:[^()=:]*,\s*)?'?[^'(),=:]*$/u.exec(text.slice(0, cursor));
    return found?.[1] ?? '';
}

/** Puts a suggestion in the place of the word (or quoted value) that the cursor stands in. */
export function insertSuggestion(text: string, cursor: number, suggestion: string): { text: string; cursor: number } {
    const before = text.slice(0, cursor);
    const quotes = before.split("'").length - 1;
    const from = quotes % 2 === 1 ? before.lastIndexOf("'") : before.length - (/[^\s()=<>!,']*$/.exec(before)?.[0].length ?? 0);
    let rest = text.slice(cursor);
    if (quotes % 2 === 1) {
        rest = rest.replace(/^[^']*'/, '');
    }
    const gap = rest.startsWith(' ') || rest.startsWith(')') || rest.startsWith(',') ? '' : ' ';
    const head = text.slice(0, from) + suggestion;
    return { text: head + gap + rest, cursor: head.length + (gap ? 1 : 0) };
}
