import { useDeferredValue, useEffect, useId, useRef, useState } from 'react';
import { useMay, useMe } from '../account/me';
import { useBlueprint, useCustomers } from '../api/queries';
import { nameOf } from '../customer/traits';
import { capital } from '../design/format';
import { Icon } from '../design/icon';
import { pathOf, quoted } from '../question/address';
import type { Route } from '../routes';
import { isFilter, meant, type Choice } from './matching';
import { recentQuestions } from './recent';
import { usePlace } from './router';

const perGroup = 6;
const searchLettersMin = 2;

/** Everything that can be gone to or done, found by what is typed: pages, journeys, touchpoints, promises, customers. */
export function Palette({ pages, deeds, onClose }: { pages: Route[]; deeds: Choice[]; onClose: () => void }) {
    const dialog = useRef<HTMLDialogElement>(null);
    const list = useRef<HTMLUListElement>(null);
    const [text, setText] = useState('');
    const [at, setAt] = useState(0);
    const id = useId();
    const { choices, searching } = useChoices(pages, deeds, text);
    const chosen = Math.min(at, Math.max(0, choices.length - 1));
    useEffect(() => {
        dialog.current!.showModal();
    }, []);
    useEffect(() => {
        list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
    }, [chosen, choices]);
    const take = (choice: Choice | undefined) => {
        if (choice) {
            dialog.current!.close();
            choice.run();
        }
    };
    return (
        <dialog
            ref={dialog} className="palette" aria-label="Find or do" onClose={onClose}
            onClick={(event) => event.target === dialog.current && dialog.current.close()}
        >
            <label className="palette-field">
                <Icon name="search" />
                <span className="vh">Find or do</span>
                <input
                    autoFocus value={text} placeholder="A page, a journey, a touchpoint, a customer, a filter" spellCheck={false} autoComplete="off"
                    role="combobox" aria-expanded={choices.length > 0} aria-controls={`${id}-list`} aria-autocomplete="list"
                    aria-activedescendant={choices.length > 0 ? `${id}-${chosen}` : undefined}
                    onChange={(event) => {
                        setText(event.target.value);
                        setAt(0);
                    }}
                    onKeyDown={(event) => {
                        const step = { ArrowDown: 1, ArrowUp: choices.length - 1 }[event.key];
                        if (step !== undefined && choices.length > 0) {
                            event.preventDefault();
                            setAt((chosen + step) % choices.length);
                        } else if (event.key === 'Enter') {
                            event.preventDefault();
                            take(choices[chosen]);
                        }
                    }}
                />
                <kbd>Esc</kbd>
            </label>
            <ul ref={list} id={`${id}-list`} role="listbox" aria-label="What is meant">
                {choices.map((choice, i) => (
                    <li
                        key={choice.id} id={`${id}-${i}`} role="option" aria-selected={i === chosen}
                        className={choices[i - 1]?.group === choice.group ? undefined : 'begins'}
                        onMouseMove={() => i !== chosen && setAt(i)} onClick={() => take(choice)}
                    >
                        <span className="group axis">{choices[i - 1]?.group === choice.group ? '' : choice.group}</span>
                        <span className="what">{choice.text}</span>
                        {choice.side && <span className="axis">{choice.side}</span>}
                    </li>
                ))}
            </ul>
            <p className="axis palette-foot" role="status">
                {searching ? 'looking for customers' : choices.length === 0 ? `Nothing is called \u201c${text.trim()}\u201d here.` : ''}
            </p>
        </dialog>
    );
}

function useChoices(pages: Route[], deeds: Choice[], text: string): { choices: Choice[]; searching: boolean } {
    const { go } = usePlace();
    const { data: me } = useMe();
    const { data: blueprint } = useBlueprint();
    const asks = useMay('ask-questions');
    const sought = useDeferredValue(text.trim());
    const maySee = useMay('see-personal-data');
    const seeks = maySee && sought.length >= searchLettersMin && !isFilter(sought);
    const customers = useCustomers(seeks ? sought : '', perGroup, seeks);
    const to = (group: string, name: string, path: string, side?: string): Choice =>
        ({ id: `${group} ${path}`, group, text: name, ...(side ? { side } : {}), run: () => go(path) });
    const fixed: Choice[] = [
        ...(text === '' ? recentQuestions().map((one) => to('Recent', one.title, one.to)) : []),
        ...pages.map((route) => to('Go to', route.nav!.text, route.path, `g ${route.nav!.key}`)),
        ...(me?.user ? [to('Go to', 'Your account', '/account')] : []),
    ];
    const named: Choice[] = text === '' ? [] : [
        ...(asks ? (blueprint?.journeys ?? []).map(({ name, owner }) => to('Journeys', capital(name), pathOf('journeys', name), owner)) : []),
        ...(asks ? (blueprint?.touchpoints ?? []).map(({ name, stage }) => to('Touchpoints', name, `/?where=${encodeURIComponent(`touchpoint = ${quoted(name)}`)}`, stage)) : []),
        ...(asks ? (blueprint?.promises ?? []).map(({ name, owner }) => to('Promises', name, `/?drill=${encodeURIComponent(`episodes where promise ${quoted(name)} is broken`)}&of=${encodeURIComponent(`${name}, broken`)}`, owner)) : []),
    ];
    const found = seeks && customers.data && !customers.isPlaceholderData
        ? customers.data.customers.map(({ customer, traits }) => to('Customers', nameOf(customer, traits), pathOf('customers', customer), nameOf(customer, traits) === customer ? undefined : customer))
        : [];
    const filter = asks && isFilter(text) ? [to('Ask', `Overview where ${text.trim()}`, `/?where=${encodeURIComponent(text.trim())}`)] : [];
    return {
        choices: [...filter, ...meant([...fixed, ...named], text, text === '' ? 20 : perGroup), ...found, ...meant(deeds, text, perGroup)],
        searching: seeks && (customers.isPending || customers.isPlaceholderData),
    };
}
