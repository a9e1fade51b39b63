/**
 * Contrast (WCAG 2.2), colour blindness and difference of colours, for the test of the token file.
 * Protanopia and deuteranopia: Machado, Oliveira, Fernandes 2009, severity 1. Tritanopia: Brettel, Vienot, Mollon 1997.
 * Difference: CIEDE2000 (Sharma, Wu, Dalal 2005).
 */
type Triple = [number, number, number];

/** sRGB "#RRGGBB" to linear light. */
export function linear(hex: string): Triple {
    return [1, 3, 5].map((at) => {
        const value = parseInt(hex.slice(at, at + 2), 16) / 255;
        return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    }) as Triple;
}

const luminance = ([r, g, b]: Triple) => 0.2126 * r + 0.7152 * g + 0.0722 * b;

export function contrast(a: string, b: string): number {
    const [dark, light] = [luminance(linear(a)), luminance(linear(b))].sort((p, q) => p - q) as [number, number];
    return (light + 0.05) / (dark + 0.05);
}

function lab([r, g, b]: Triple): Triple {
    const [x, y, z] = [
        (0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047,
        0.2126729 * r + 0.7151522 * g + 0.072175 * b,
        (0.0193339 * r + 0.119192 * g + 0.9503041 * b) / 1.08883,
    ].map((t) => (t > 216 / 24389 ? Math.cbrt(t) : ((24389 / 27) * t + 16) / 116)) as Triple;
    return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

const turn = (a: number, by: number) => ((a % by) + by) % by;
const degrees = (radians: number) => (radians * 180) / Math.PI;
const radians = (angle: number) => (angle * Math.PI) / 180;

export function ciede2000(p: Triple, q: Triple): number {
    const [l1, a, b1] = p;
    const [l2, c, b2] = q;
    const chroma = (Math.hypot(a, b1) + Math.hypot(c, b2)) / 2;
    const g = 0.5 * (1 - Math.sqrt(chroma ** 7 / (chroma ** 7 + 25 ** 7)));
    const [a1, a2] = [a * (1 + g), c * (1 + g)];
    const [c1, c2] = [Math.hypot(a1, b1), Math.hypot(a2, b2)];
    const [h1, h2] = [turn(degrees(Math.atan2(b1, a1)), 360), turn(degrees(Math.atan2(b2, a2)), 360)];
    const grey = c1 * c2 === 0;
    const hueStep = grey ? 0 : turn(h2 - h1 + 180, 360) - 180;
    const deltaH = 2 * Math.sqrt(c1 * c2) * Math.sin(radians(hueStep / 2));
    const [lm, cm] = [(l1 + l2) / 2, (c1 + c2) / 2];
    const sum = h1 + h2;
    const hm = grey ? sum : Math.abs(h1 - h2) <= 180 ? sum / 2 : sum < 360 ? (sum + 360) / 2 : (sum - 360) / 2;
    const cos = (angle: number) => Math.cos(radians(angle));
    const t = 1 - 0.17 * cos(hm - 30) + 0.24 * cos(2 * hm) + 0.32 * cos(3 * hm + 6) - 0.2 * cos(4 * hm - 63);
    const sl = 1 + (0.015 * (lm - 50) ** 2) / Math.sqrt(20 + (lm - 50) ** 2);
    const sc = 1 + 0.045 * cm;
    const sh = 1 + 0.015 * cm * t;
    const rotation = -2 * Math.sqrt(cm ** 7 / (cm ** 7 + 25 ** 7)) * Math.sin(radians(60 * Math.exp(-(((hm - 275) / 25) ** 2))));
    const [dl, dc, dh] = [(l2 - l1) / sl, (c2 - c1) / sc, deltaH / sh];
    return Math.sqrt(dl ** 2 + dc ** 2 + dh ** 2 + rotation * dc * dh);
}

export const eyes = ['normal', 'protanopia', 'deuteranopia', 'tritanopia', 'grey print'] as const;
export type Eye = (typeof eyes)[number];

const machado: Record<'protanopia' | 'deuteranopia', Triple[]> = {
    protanopia: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    deuteranopia: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
};
const brettel: Triple[][] = [
    [[1.01277, 0.13548, -0.14826], [-0.01243, 0.86812, 0.14431], [0.07589, 0.805, 0.11911]],
    [[0.93678, 0.18979, -0.12657], [0.06154, 0.81526, 0.1232], [-0.37562, 1.12767, 0.24796]],
];

const times = (matrix: Triple[], v: Triple): Triple =>
    matrix.map((row) => Math.min(1, Math.max(0, row[0] * v[0] + row[1] * v[1] + row[2] * v[2]))) as Triple;

/** A colour as an eye sees it, in linear light. */
export function seen(hex: string, eye: Eye): Triple {
    const v = linear(hex);
    switch (eye) {
        case 'normal':
            return v;
        case 'grey print':
            return [luminance(v), luminance(v), luminance(v)];
        case 'tritanopia':
            return times(brettel[0.03901 * v[0] - 0.02788 * v[1] - 0.01113 * v[2] >= 0 ? 0 : 1]!, v);
        default:
            return times(machado[eye], v);
    }
}

export function apart(a: string, b: string, eye: Eye): number {
    return ciede2000(lab(seen(a, eye)), lab(seen(b, eye)));
}

/** The colour tokens of both themes; what dark does not name is as in light. */
export function tokensOf(css: string): Record<'light' | 'dark', Record<string, string>> {
    const block = (head: string) => {
        const body = css.slice(css.indexOf(head)).split('}')[0]!;
        return Object.fromEntries([...body.matchAll(/--([a-z0-9-]+):\s*(#[0-9A-Fa-f]{6})/g)].map((m) => [m[1]!, m[2]!]));
    };
    const light = block(':root');
    return { light, dark: { ...light, ...block('[data-theme="dark"]') } };
}
