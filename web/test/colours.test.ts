// @vitest-environment node
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { apart, ciede2000, contrast, eyes, tokensOf } from './colours';

const css = readFileSync(new URL('../src/design/tokens.css', import.meta.url), 'utf8');

it('the formulas agree with published pairs', () => {
    expect(contrast('#000000', '#FFFFFF')).toBeCloseTo(21, 5);
    // Sharma, Wu, Dalal 2005, table 1: pairs 1, 7, 16
    expect(ciede2000([50, 2.6772, -79.7751], [50, 0, -82.7485])).toBeCloseTo(2.0425, 4);
    expect(ciede2000([50, 0, 0], [50, -1, 2])).toBeCloseTo(2.3669, 4);
    expect(ciede2000([50, 2.5, 0], [50, 0, -2.5])).toBeCloseTo(4.3065, 4);
});

describe.each(['light', 'dark'] as const)('%s', (theme) => {
    const t = tokensOf(css)[theme];
    const scale = [1, 2, 3, 4, 5, 6, 7].map((n) => t[`exp-${n}`]!);

    it.each([['ink', 7], ['ink-2', 7], ['ink-3', 4.5], ['accent', 4.5], ['ok', 4.5], ['warn', 4.5], ['fault', 4.5], ['line-3', 3]] as const)(
        '%s has a contrast of at least %d on what it stands on', (name, least) => {
            for (const ground of name === 'line-3' ? ['surface', 'ground'] : ['surface', 'ground', 'sunken']) {
                expect(contrast(t[name]!, t[ground]!), `${name} on ${ground}`).toBeGreaterThanOrEqual(least);
            }
        },
    );
    it('status and accent are readable on their soft tints', () => {
        for (const name of ['ok', 'warn', 'fault', 'accent']) {
            expect(contrast(t[name]!, t[`${name}-soft`]!), name).toBeGreaterThanOrEqual(4.5);
        }
        expect(contrast(t['ink-2']!, t['accent-soft']!)).toBeGreaterThanOrEqual(4.5);
    });
    it('the worse the experience, the more contrast; every step at least 3 to 1', () => {
        const contrasts = scale.map((colour) => contrast(colour, t.surface!));
        expect(contrasts).toEqual([...contrasts].sort((a, b) => b - a));
        expect(Math.min(...contrasts)).toBeGreaterThanOrEqual(3);
    });
    it.each(eyes)('good and bad are never mistaken for each other: %s', (eye) => {
        for (let i = 0; i < 6; i += 1) {
            expect(apart(scale[i]!, scale[i + 1]!, eye), `steps ${i + 1} and ${i + 2}`).toBeGreaterThanOrEqual(3.5);
        }
        for (let i = 0; i < 3; i += 1) {
            expect(apart(scale[i]!, scale[6 - i]!, eye), `steps ${i + 1} and ${7 - i}`).toBeGreaterThanOrEqual(9.5);
        }
        expect(apart(scale[0]!, scale[6]!, eye), 'the ends').toBeGreaterThanOrEqual(30);
    });
    it('status and accent are no step of the scale', () => {
        for (const name of ['ok', 'warn', 'fault', 'accent']) {
            for (const step of scale) {
                expect(apart(t[name]!, step, 'normal'), `${name} and ${step}`).toBeGreaterThanOrEqual(15);
            }
        }
    });
});

it('printing on paper takes the light colours', () => {
    const print = css.slice(css.indexOf('@media print'));
    const printed = Object.fromEntries([...print.matchAll(/--([a-z0-9-]+):\s*(#[0-9A-F]{6})/gi)].map((m) => [m[1], m[2]]));
    const { light, dark } = tokensOf(css);
    const differing = Object.keys(light).filter((name) => light[name] !== dark[name]);
    expect(Object.keys(printed).sort()).toEqual(differing.sort());
    for (const name of differing) {
        expect(printed[name], name).toBe(light[name]);
    }
});
