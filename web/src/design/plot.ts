/** Geometry that every mark shares; pure. */
export type Scale = (value: number) => number;

export function scale(d0: number, d1: number, r0: number, r1: number): Scale {
    const span = d1 - d0 || 1;
    return (value) => r0 + ((value - d0) / span) * (r1 - r0);
}

export const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

/** To a tenth of a pixel: enough for the eye, short in the document. */
export const px = (value: number): number => Math.round(value * 10) / 10;

/** Feeling -3..+3 to the seven steps of the experience scale, 1 worst. */
export const stepOf = (feeling: number): number => clamp(Math.round(feeling) + 4, 1, 7);
export const experienceColour = (feeling: number): string => `var(--exp-${stepOf(feeling)})`;
export const experienceSoft = (feeling: number): string => `var(--exp-${stepOf(feeling)}-soft)`;

export type Point = readonly [x: number, y: number];

/** A monotone cubic through points in the order of x: never overshoots what was measured (Fritsch and Carlson). */
export function curve(points: readonly Point[]): string {
    const n = points.length;
    if (n === 0) {
        return '';
    }
    const at = (i: number): Point => points[i]!;
    const start = `M${px(at(0)[0])} ${px(at(0)[1])}`;
    if (n === 1) {
        return start;
    }
    const slopes: number[] = [];
    for (let i = 0; i < n - 1; i += 1) {
        slopes.push((at(i + 1)[1] - at(i)[1]) / (at(i + 1)[0] - at(i)[0]));
    }
    const tangents: number[] = [slopes[0]!];
    for (let i = 1; i < n - 1; i += 1) {
        const [a, b] = [slopes[i - 1]!, slopes[i]!];
        tangents.push(a * b <= 0 ? 0 : (2 * a * b) / (a + b));
    }
    tangents.push(slopes[n - 2]!);
    let path = start;
    for (let i = 0; i < n - 1; i += 1) {
        const third = (at(i + 1)[0] - at(i)[0]) / 3;
        path += `C${px(at(i)[0] + third)} ${px(at(i)[1] + tangents[i]! * third)}`;
        path += ` ${px(at(i + 1)[0] - third)} ${px(at(i + 1)[1] - tangents[i + 1]! * third)}`;
        path += ` ${px(at(i + 1)[0])} ${px(at(i + 1)[1])}`;
    }
    return path;
}

/** The area between an upper and a lower course, both in the order of x. */
export function band(upper: readonly Point[], lower: readonly Point[]): string {
    if (upper.length === 0) {
        return '';
    }
    return `${curve(upper)}${curve([...lower].reverse()).replace('M', 'L')}Z`;
}

/** Round values in [low, high], as many as fit up to about `wanted`, in steps of 1, 2, 5 times a power of ten. */
export function ticks(low: number, high: number, wanted = 4): number[] {
    const span = high - low;
    if (!(span > 0)) {
        return [low];
    }
    const raw = span / wanted;
    const power = 10 ** Math.floor(Math.log10(raw));
    const step = [1, 2, 5, 10].map((m) => m * power).find((s) => s >= raw * 0.999) ?? power * 10;
    const first = Math.ceil(low / step - 1e-9);
    const last = Math.floor(high / step + 1e-9);
    return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}
