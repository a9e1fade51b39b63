import { expect, it } from 'vitest';
import { linksShown, othersOf, saidText, type CustomerJoins, type Join } from './joins';

const link = (number: number, state: Join['state']): Join => ({ number, name: 'a', other: 'b', customer: 'a', other_customer: 'b', state, evidence: ['alias'], word: false, why: 'w' });
const joins: CustomerJoins = { customer: 'a', identities: [{ name: 'a', kind: 'verified' }], links: [link(1, 'joined'), link(4, 'suggested'), link(6, 'ambiguous')] };

it('what a suggestion says is not said twice, but what concerns others stays', () => {
    const own = { customers: ['a', 'b'], through: null, links: [4] };
    expect(linksShown(joins, [own, { customers: ['c', 'd'], through: 'x', links: [6] }]).map(({ number }) => number)).toEqual([1, 6]);
    expect(othersOf(own, 'a')).toEqual(['b']);
});

it('says what holds after a word, also when other names still join them', () => {
    expect(saidText({ joined: true, number: 1, name: 'a', other: 'b', one: true })).toBe('a and b are joined; every number has followed.');
    expect(saidText({ joined: false, name: 'a', other: 'b', one: false })).toBe('a and b are two customers; every number has followed.');
    expect(saidText({ joined: false, name: 'a', other: 'b', one: true })).toBe('Undone; a and b are one customer all the same, through other names.');
});
