// @vitest-environment node
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { breaches } from '../e2e/contract';

const fixture = (name: string) => JSON.parse(readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url), 'utf8')) as Record<string, unknown>;

describe('fixtures are answers as docs/openapi.yaml says', () => {
    it.each([
        ['overview', 'Overview'], ['freshness', 'Freshness'], ['about', 'About'], ['blueprint', 'Blueprint'], ['customers', 'CustomerList'],
        ['customer', 'Customer'], ['me', 'Me'], ['customer-timeline', 'CustomerTimeline'], ['episodes', 'EpisodesAnswer'], ['suggest', 'Suggestions'], ['values', 'Values'],
    ])('%s', (name, schema) => {
        expect(breaches(schema, fixture(name))).toEqual([]);
    });
});

it('a missing key, an unknown key and a wrong type are breaches', () => {
    const good = fixture('episodes');
    expect(breaches('EpisodesAnswer', { ...good, total: undefined })[0]).toMatch(/required property|must be/);
    expect(breaches('EpisodesAnswer', { ...good, extra: 1 })[0]).toContain('extra');
    expect(breaches('EpisodesAnswer', { ...good, total: 'many' })[0]).toContain('integer');
    expect(breaches('Answer', { ...good, kind: 'flow' })).not.toEqual([]);
});
