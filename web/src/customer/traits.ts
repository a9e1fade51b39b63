import { calendarText, count } from '../design/format';

/** What a customer is called: the trait `name`, else the id. */
export function nameOf(customer: string, traits: Record<string, unknown>): string {
    const name = traits.name;
    return typeof name === 'string' && name.trim() !== '' ? name : customer;
}

/** A trait's value as people read it; anything that is no text, number or yes/no is shown as its JSON. */
export function traitText(key: string, value: unknown): string {
    if (typeof value === 'string') {
        return /^\d{4}-\d{2}-\d{2}(T|$)/.test(value) ? calendarText(value) : value;
    }
    if (typeof value === 'number') {
        return /year|id|number|code/i.test(key) ? String(value) : count(value);
    }
    if (typeof value === 'boolean') {
        return value ? 'yes' : 'no';
    }
    return value === null || value === undefined ? 'not known' : JSON.stringify(value);
}
