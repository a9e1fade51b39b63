import { describe, expect, it } from 'vitest';

import { conditionOf, questionText, readSelection, selectionText, unitOf, unitPath, type Scope, type Selection } from './journey-question';

const whole: Scope = { unit: { kind: 'journey', name: "mum's order" }, from: null, to: null, where: '' };

describe('questions of the page', () => {
    it('quote names and leave out what is not asked', () => {
        expect(questionText('flow', whole)).toBe("flow per 'mum''s order'");
    });

    it('carry period, filter and limit in the order of the grammar', () => {
        expect(questionText('variants', { unit: { kind: 'thread' }, from: '2026-07-01', to: '2026-09-30', where: "channel = 'phone'" }, { limit: 5000 }))
            .toBe("variants per thread from 2026-07-01 to 2026-09-30 where channel = 'phone' limit 5000");
    });

    it('judge what is selected on what the filter leaves', () => {
        expect(questionText('episodes', { ...whole, unit: { kind: 'customer' }, where: 'score < 3 or score > 8' }, { having: conditionOf({ kind: 'path', from: 'a', to: 'END' }) }))
            .toBe("episodes per customer where score < 3 or score > 8 having goes 'a' -> END");
    });
});

describe('a selection in the address', () => {
    const selections: Selection[] = [
        { kind: 'path', from: 'START', to: 'Call: where is my visit' },
        { kind: 'touchpoint', name: 'Call: the bill' },
        { kind: 'way', path: ['Plans compared', 'Call: sales', 'Store'] },
    ];
    it.each(selections)('is read back as it was written: $kind', (selection) => {
        expect(readSelection(selectionText(selection))).toEqual(selection);
    });

    it.each(['', 'path:', 'path:a', 'touchpoint:', 'way:', 'nonsense:x'])('that names nothing is none: "%s"', (text) => {
        expect(readSelection(text)).toBeNull();
    });

    it('names units that no journey can be mistaken for', () => {
        for (const name of ['getting connected', '~threads', '~timelines']) {
            expect(unitPath(unitOf(name))).toBe(name);
        }
        expect(unitOf('threads')).toEqual({ kind: 'journey', name: 'threads' });
    });
});
