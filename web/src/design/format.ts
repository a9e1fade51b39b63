import type { Estimate, Schema } from '../api/client';

/**
 * Numbers as people read them: by locale through Intl, minus as U+2212, digits following the interval,
 * intervals written "3.2 to 7.0". Every function is pure; the locale comes from <html lang>.
 */
export type Unit = Schema['Unit'];

const locales: Record<string, string> = { en: 'en-GB', fi: 'fi-FI' };

export function locale(): string {
    const lang = typeof document === 'undefined' ? 'en' : document.documentElement.lang || 'en';
    return locales[lang] ?? lang;
}

const formats = new Map<string, Intl.NumberFormat>();

function numberFormat(options: Intl.NumberFormatOptions): Intl.NumberFormat {
    const key = locale() + JSON.stringify(options);
    let format = formats.get(key);
    if (!format) {
        format = new Intl.NumberFormat(locale(), options);
        formats.set(key, format);
    }
    return format;
}

const minus = (text: string) => text.replace(/-/g, '\u2212').replace(/^\u2212(0(?:[.,]0+)?)(?=\D*$)/, '$1');

/** "5,120" */
export function count(value: number): string {
    return minus(numberFormat({ maximumFractionDigits: 0 }).format(value));
}

/** A count with its noun: "1 episode", "5,120 episodes". */
export function countOf(value: number, one: string, many = `${one}s`): string {
    return `${count(value)} ${value === 1 ? one : many}`;
}

/** Half of an interval at least 5: no decimals; at least 0.5: one; below that two. */
export function digitsFor(halfWidth: number): number {
    return halfWidth >= 5 ? 0 : halfWidth >= 0.5 ? 1 : 2;
}

function shown(value: number, digits: number, signed: boolean): string {
    const format = numberFormat({
        minimumFractionDigits: digits, maximumFractionDigits: digits, ...(signed ? { signDisplay: 'exceptZero' as const } : {}),
    });
    return minus(format.format(value));
}

/** A plain number with so many decimals. */
export function decimals(value: number, digits: number): string {
    return shown(value, digits, false);
}

/** How a unit is written: what a value is multiplied with, and whether its sign is always said. */
function writing(unit: Unit): { times: number; signed: boolean; digits: number | null } {
    switch (unit) {
        case 'share':
            return { times: 100, signed: false, digits: null };
        case 'experience':
            return { times: 1, signed: true, digits: 1 };
        case 'points':
            return { times: 1, signed: true, digits: null };
        case 'score':
        case 'rate':
            return { times: 1, signed: false, digits: null };
    }
}

function digitsOf(unit: Unit, low: number | null, high: number | null): number {
    const { times, digits } = writing(unit);
    if (digits !== null) {
        return digits;
    }
    // shares stop at one decimal: a hundredth of a percent is noise to a reader
    const wanted = low === null || high === null ? 1 : digitsFor(((high - low) / 2) * times);
    return unit === 'share' ? Math.min(1, wanted) : wanted;
}

/** One value in its unit with digits that follow its interval: "71.4%", "+39.8", "−1.3". */
export function valueText(value: number, unit: Unit, low: number | null = null, high: number | null = null): string {
    const { times, signed } = writing(unit);
    const digits = digitsOf(unit, low, high);
    if (unit === 'share') {
        return minus(numberFormat({ style: 'percent', minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value));
    }
    return shown(value * times, digits, signed);
}

/** "71.4%", or "not enough answers". */
export function estimateText(estimate: Estimate): string {
    return estimate.estimate === null
        ? 'not enough answers'
        : valueText(estimate.estimate, estimate.unit, estimate.low, estimate.high);
}

/** The interval in words: "70.9 to 71.9"; what is needed when there are too few answers: "17 of 30 needed". */
export function intervalText(estimate: Estimate): string {
    if (estimate.estimate === null) {
        return estimate.needed === undefined ? `n ${count(estimate.n)}` : `${count(estimate.n)} of ${count(estimate.needed)} needed`;
    }
    return rangeText(estimate.low, estimate.high, estimate.unit);
}

/** "3.2 to 7.0": no brackets, no dash beside minus signs; shares without the sign of percent. */
export function rangeText(low: number | null, high: number | null, unit: Unit): string {
    if (low === null || high === null) {
        return '';
    }
    const { times, signed } = writing(unit);
    const digits = digitsOf(unit, low, high);
    return `${shown(low * times, digits, signed)} to ${shown(high * times, digits, signed)}`;
}

/** A target on the unit's own terms: "90", "40", "1.4". */
export function targetText(value: number, unit: Unit): string {
    const { times, signed } = writing(unit);
    const text = numberFormat({ maximumFractionDigits: 1, ...(signed ? { signDisplay: 'exceptZero' as const } : {}) });
    return minus(text.format(Math.round(value * times * 10) / 10)) + (unit === 'share' ? '%' : '');
}

/** Feeling: signed, one decimal. */
export function feelingText(value: number): string {
    return valueText(value, 'experience');
}

/** A share: "71.4%", "4.1%", "under 0.1%". */
export function shareText(value: number): string {
    if (value > 0 && value < 0.0005) {
        return 'under 0.1%';
    }
    const digits = value >= 0.9995 || value === 0 ? 0 : 1;
    return minus(numberFormat({ style: 'percent', minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value));
}

/** Money: thousands up to 99,999, then "€1.24 M". */
export function moneyText(value: number, currency = 'EUR'): string {
    if (Math.abs(value) >= 100_000) {
        const millions = numberFormat({ style: 'currency', currency, minimumFractionDigits: 2, maximumFractionDigits: 2 });
        return `${minus(millions.format(value / 1e6))} M`;
    }
    return minus(numberFormat({ style: 'currency', currency, maximumFractionDigits: Number.isInteger(value) ? 0 : 2, minimumFractionDigits: Number.isInteger(value) ? 0 : 2 }).format(value));
}

const steps: [number, string, string][] = [
    [31_557_600, 'year', 'years'], [86_400, 'day', 'days'], [3_600, 'h', 'h'], [60, 'min', 'min'], [1, 's', 's'],
];

/** A duration in two units at most: "3 h 20 min", "6 days 4 h", "40 s". */
export function durationText(seconds: number): string {
    const sign = seconds < 0 ? '\u2212' : '';
    let left = Math.round(Math.abs(seconds));
    if (left >= 86_400) {
        left = Math.round(left / 3_600) * 3_600;
    } else if (left >= 3_600) {
        left = Math.round(left / 60) * 60;
    }
    for (let i = 0; i < steps.length; i += 1) {
        const [size, one, many] = steps[i]!;
        if (left >= size || i === steps.length - 1) {
            const whole = Math.floor(left / size);
            const next = steps[i + 1];
            const rest = next ? Math.floor((left - whole * size) / next[0]) : 0;
            const first = `${count(whole)} ${whole === 1 ? one : many}`;
            // beyond three days an hour more or less says nothing
            const tells = rest > 0 && !(size === 86_400 && whole > 9);
            return sign + first + (tells && next ? ` ${rest} ${rest === 1 ? next[1] : next[2]}` : '');
        }
    }
    return '0 s';
}

let zone: string | undefined;

/** The time zone in which times are written: the organisation's (blueprint), until then the reader's own. */
export function setTimeZone(name: string | undefined): void {
    try {
        zone = name ? new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone : undefined;
    } catch {
        zone = undefined; // a zone this browser does not know
    }
}

function dateText(time: string | number, options: Intl.DateTimeFormatOptions, fixed?: string): string {
    const timeZone = fixed ?? zone;
    const text = new Intl.DateTimeFormat(locale(), { ...options, ...(timeZone ? { timeZone } : {}) }).format(new Date(time));
    return text.replace('Sept', 'Sep'); // three letters like every other month
}

/** "12 Sep", with the year when it is not the year of `now`. */
export function dayText(time: string, now?: string | null): string {
    const other = now ? yearOf(time) !== yearOf(now) : true;
    return dateText(time, { day: 'numeric', month: 'short', ...(other ? { year: 'numeric' as const } : {}) });
}

/** "Mon 21 Sep", with the year when it is not the year of `now`. */
export function weekdayText(time: string, now?: string | null): string {
    const other = now ? yearOf(time) !== yearOf(now) : false;
    return dateText(time, { weekday: 'short', day: 'numeric', month: 'short', ...(other ? { year: 'numeric' as const } : {}) })
        .replace(',', '');
}

/** "09:10" */
export function clockText(time: string): string {
    return dateText(time, { hour: '2-digit', minute: '2-digit', hour12: false });
}

/** "2026-09-21": the calendar day in the organisation's zone, for telling days apart. */
export function dayKey(time: string): string {
    const parts = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', ...(zone ? { timeZone: zone } : {}) });
    return parts.format(new Date(time));
}

/** "Sep", or "Jan 2026" for the first month of a year. For days such as a week's label, which are days in UTC. */
export function monthText(day: string): string {
    const january = day.slice(5, 7) === '01';
    return dateText(day, { month: 'short', ...(january ? { year: 'numeric' as const } : {}) }, 'UTC');
}

/** A day given as "2026-09-21": "21 Sep 2026". */
export function calendarText(day: string, withYear = true): string {
    return dateText(`${day.slice(0, 10)}T00:00:00Z`, { day: 'numeric', month: 'short', ...(withYear ? { year: 'numeric' as const } : {}) }, 'UTC');
}

function yearOf(time: string): string {
    return dateText(time, { year: 'numeric' });
}

/** How long a time is past, by the reader's clock; 0 for what is to come. */
export function secondsSince(time: string, now = Date.now()): number {
    return Math.max(0, (now - Date.parse(time)) / 1000);
}

/** How long ago: "2 s ago", "9 h ago", "12 Sep 2025". */
export function agoText(seconds: number): string {
    return seconds < 1 ? 'now' : `${durationText(seconds < 3600 ? Math.round(seconds) : seconds).split(/ (?=\d)/)[0]} ago`;
}

const small = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];

/** Small counts as words inside sentences: "ten quiet weeks". */
export function inWords(value: number): string {
    return small[value] ?? count(value);
}

/** "Getting connected" from "getting connected": the first letter of a name at the head of a row or sentence. */
export function capital(text: string): string {
    return text.charAt(0).toLocaleUpperCase(locale()) + text.slice(1);
}
