import { quoted } from '../question/address';
import { END, START } from './answer';

/** Over what a journey page counts: the episodes of a designed journey, threads, or whole timelines. */
export type Unit = { kind: 'journey'; name: string } | { kind: 'thread' } | { kind: 'customer' };

const unitPaths: Record<string, Unit> = { '~threads': { kind: 'thread' }, '~timelines': { kind: 'customer' } };

/** The unit that the address "/journeys/:name" names. */
export const unitOf = (name: string): Unit => unitPaths[name] ?? { kind: 'journey', name };

/** The last part of a unit's address. */
export function unitPath(unit: Unit): string {
    return unit.kind === 'journey' ? unit.name : unit.kind === 'thread' ? '~threads' : '~timelines';
}

/** How the unit is called: in a heading, and in sentences for one and many. */
export function unitWords(unit: Unit): { title: string; one: string; many: string } {
    switch (unit.kind) {
        case 'journey':
            return { title: unit.name, one: 'episode', many: 'episodes' };
        case 'thread':
            return { title: 'Threads', one: 'thread', many: 'threads' };
        case 'customer':
            return { title: 'Whole timelines', one: 'timeline', many: 'timelines' };
    }
}

export interface Scope {
    unit: Unit;
    from: string | null;
    to: string | null;
    where: string;
}

const perText = (unit: Unit) => (unit.kind === 'journey' ? quoted(unit.name) : unit.kind);

/** A question in the text grammar, as the page asks it. `having` is judged on what range and filter leave of a unit. */
export function questionText(kind: string, scope: Scope, more: { having?: string; by?: string; limit?: number } = {}): string {
    const where = scope.where.trim();
    return [
        kind, `per ${perText(scope.unit)}`,
        ...(scope.from ? [`from ${scope.from}`] : []), ...(scope.to ? [`to ${scope.to}`] : []),
        ...(where ? [`where ${where}`] : []), ...(more.having ? [`having ${more.having}`] : []),
        ...(more.by ? [`by ${more.by}`] : []), ...(more.limit ? [`limit ${more.limit}`] : []),
    ].join(' ');
}

/** What is selected on the page, as it stands in the address. */
export type Selection =
    | { kind: 'path'; from: string; to: string }
    | { kind: 'touchpoint'; name: string }
    | { kind: 'way'; path: string[] };

const arrow = '\u2192';

export function readSelection(text: string): Selection | null {
    const colon = text.indexOf(':');
    const kind = text.slice(0, colon);
    const rest = text.slice(colon + 1);
    if (kind === 'touchpoint' && rest !== '') {
        return { kind, name: rest };
    }
    const stops = rest.split(arrow);
    if (kind === 'path' && stops.length === 2) {
        return { kind, from: stops[0]!, to: stops[1]! };
    }
    return kind === 'way' && rest !== '' ? { kind, path: stops } : null;
}

export function selectionText(selection: Selection): string {
    switch (selection.kind) {
        case 'path':
            return `path:${selection.from}${arrow}${selection.to}`;
        case 'touchpoint':
            return `touchpoint:${selection.name}`;
        case 'way':
            return `way:${selection.path.join(arrow)}`;
    }
}

/** The ends are words of the grammar, touchpoints are quoted. */
const stop = (id: string) => (id === START || id === END ? id : quoted(id));

/** The condition that an episode is one of those selected. */
export function conditionOf(selection: Selection): string {
    switch (selection.kind) {
        case 'path':
            return `goes ${stop(selection.from)} -> ${stop(selection.to)}`;
        case 'touchpoint':
            return `touches ${quoted(selection.name)}`;
        case 'way':
            return `follows (${selection.path.map(quoted).join(', ')})`;
    }
}

/** "Start" and "End" for the ends, the name for touchpoints. */
export const stopName = (id: string) => (id === START ? 'Start' : id === END ? 'End' : id);
