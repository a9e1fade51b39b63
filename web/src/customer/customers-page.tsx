import './customer.css';
import { useDeferredValue, useEffect, useRef, useState } from 'react';
import { useMay } from '../account/me';
import type { Schema } from '../api/client';
import { useCustomers, useFreshness } from '../api/queries';
import { count, countOf, dayText } from '../design/format';
import { Icon } from '../design/icon';
import { Empty, Shown, SkeletonRows } from '../design/states';
import { pathOf } from '../question/address';
import { QuestionBar } from '../question/question-bar';
import { useKeys } from '../shell/keys';
import { Link, usePlace } from '../shell/router';
import { Page } from '../shell/shell';
import { useJoinSuggestions } from './joins';
import { PerhapsOne } from './perhaps-one';
import { traitText, nameOf } from './traits';

/** Who is this? Found by any identity or trait; without a search the most recent. */
export default function CustomersPage() {
    const { search, go } = usePlace();
    const wanted = search.get('search') ?? '';
    const [text, setText] = useState(wanted);
    useEffect(() => setText(wanted), [wanted]);
    const asked = useDeferredValue(text.trim());
    const query = useCustomers(asked);
    const { data: freshness } = useFreshness();
    // what stands above the list is known before it, so that nothing moves
    const mayJoin = useMay('join-customers');
    const waits = useJoinSuggestions(mayJoin).isPending && mayJoin && asked === '';
    useEffect(() => {
        const timer = setTimeout(() => {
            go(asked ? `/customers?search=${encodeURIComponent(asked)}` : '/customers', { replace: true, keepScroll: true });
        }, 400);
        return () => clearTimeout(timer);
    }, [asked, go]);
    return (
        <Page title="Customers" bar={<QuestionBar withPeriod={false} withFilter={false} tokens={<SearchField text={text} onText={setText} />} />}>
            <h1 className="answer">{asked === '' ? 'Who was here last' : `Customers with “${asked}”`}</h1>
            <p className="proof">
                {freshness && <span>{countOf(freshness.customers, 'customer')}</span>}
                {freshness && <span>{countOf(freshness.encounters, 'encounter')}</span>}
                {query.data && <span>{shownText(query.data, asked)}</span>}
            </p>
            {asked === '' && !waits && <PerhapsOne />}
            <section className="sec customers" aria-label="Customers">
                <Shown query={waits ? { ...query, data: undefined } : query} loading={<SkeletonRows rows={12} height={44} />}>
                    {({ customers }) => customers.length === 0
                        ? <Empty>{asked === '' ? 'There is no customer yet.' : `Nobody is known by “${asked}”. Try a number, an e-mail or a part of a name.`}</Empty>
                        : <CustomerRows customers={customers} />}
                </Shown>
            </section>
        </Page>
    );
}

function shownText({ customers, more }: Schema['CustomerList'], asked: string): string {
    const shown = `${count(customers.length)} shown, ${asked === '' ? 'newest first' : 'by name'}`;
    return more && asked !== '' ? `${shown}; there may be more: search for more letters` : shown;
}

function SearchField({ text, onText }: { text: string; onText: (text: string) => void }) {
    const input = useRef<HTMLInputElement>(null);
    useKeys({ '/': { words: 'find a customer', run: () => input.current?.focus() } });
    return (
        <label className="find">
            <Icon name="search" />
            <span className="vh">Find a customer</span>
            <input ref={input} type="search" value={text} placeholder="Name, number, e-mail, order" autoComplete="off" spellCheck={false} onChange={(event) => onText(event.target.value)} />
        </label>
    );
}

function CustomerRows({ customers }: { customers: Schema['Customer'][] }) {
    return (
        <ol className="customer-rows">
            {customers.map((entry) => (
                <li key={entry.customer}>
                    <Link to={pathOf('customers', entry.customer)}>
                        <span className="strong">{nameOf(entry.customer, entry.traits)}</span>
                        <span className="small dim id">{nameOf(entry.customer, entry.traits) === entry.customer ? '' : entry.customer}</span>
                        <span className="small soft traits">{traitsLine(entry.traits)}</span>
                        <span className="small n">{countOf(entry.encounters, 'encounter')}</span>
                        <span className="small dim latest">{entry.latest ? dayText(entry.latest) : ''}</span>
                    </Link>
                </li>
            ))}
        </ol>
    );
}

/** A few traits in one line, the name left out. */
function traitsLine(traits: Record<string, unknown>): string {
    return Object.entries(traits)
        .filter(([key, value]) => key !== 'name' && (typeof value === 'string' || typeof value === 'number') && value !== '')
        .slice(0, 3).map(([key, value]) => traitText(key, value)).join(', ');
}
