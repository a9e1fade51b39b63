import { expect, it } from 'vitest';
import { ProblemError } from '../api/client';
import { faultsOf, lineRange } from './versions';

const refused = (detail: string) => new ProblemError({ type: 'about:blank', title: 'Faults', status: 400, code: 'invalid_input', detail });

it('finds where each fault stands, however the place is written', () => {
    expect(faultsOf(refused('blueprint: line 41, column 11: journey "x": no such touchpoint\nline 2: twice\nblueprint:7:3: error\n\nsomething else'))).toEqual([
        { line: 41, column: 11, text: 'journey "x": no such touchpoint' }, { line: 2, column: 1, text: 'twice' }, { line: 7, column: 3, text: 'error' }, { line: 0, column: 0, text: 'something else' },
    ]);
    expect(faultsOf(refused('blueprint:\n  line 3, column 1: twice')).map(({ line }) => line)).toEqual([3]);
    expect(faultsOf(refused('something else:'))).toHaveLength(1);
    expect(faultsOf(null)).toEqual([]);
    expect(faultsOf(new Error('line 3'))).toEqual([]);
});

it('a line is found in the text, and none beyond its end', () => {
    const text = 'one\ntwo\n\nfour';
    expect([1, 2, 3, 4].map((line) => text.slice(...lineRange(text, line)))).toEqual(['one', 'two', '', 'four']);
    expect(lineRange(text, 9)).toEqual([text.length, text.length]);
});
