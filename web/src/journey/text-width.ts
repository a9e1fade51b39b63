/**
 * How wide a label will be, without asking a browser: advance widths of Inter at 12 px (weight 540) and 11 px
 * (weight 400), measured once. So labels are placed alike everywhere, in tests too.
 */
const widths540: Record<string, number> = {
    ' ': 3.1, '%': 12, '&': 7.9, "'": 3.8, '(': 4.5, ')': 4.5, ',': 3.7, '-': 5.6, '.': 3.7, '/': 4.5, ':': 3.7, ';': 3.9,
    '!': 3.7, '?': 6.4, '+': 8, '0': 7.8, '1': 5.1, '2': 7.5, '3': 7.6, '4': 8, '5': 7.3, '6': 7.6, '7': 6.9, '8': 7.6, '9': 7.6,
    A: 8.6, B: 7.9, C: 8.8, D: 8.7, E: 7.3, F: 7.1, G: 9, H: 9, I: 3.3, J: 7, K: 8.4, L: 6.8, M: 11, N: 9.1, O: 9.2, P: 7.7,
    Q: 9.3, R: 7.8, S: 7.8, T: 7.9, U: 8.9, V: 8.6, W: 12.2, X: 8.5, Y: 8.5, Z: 7.8,
    a: 6.9, b: 7.5, c: 7, d: 7.5, e: 7.1, f: 4.6, g: 7.5, h: 7.3, i: 3.1, j: 3.1, k: 6.8, l: 3.1, m: 10.7, n: 7.3, o: 7.3, p: 7.5,
    q: 7.5, r: 4.7, s: 6.5, t: 4.2, u: 7.3, v: 7, w: 10, x: 6.7, y: 7, z: 6.7, 'ä': 6.9, 'ö': 7.3, 'å': 6.9, 'Ä': 8.6, 'Ö': 9.2,
    '\u2026': 10, '\u2212': 8, '\u00a0': 3.1,
};
const otherWidth = 8.6;

/** Width in pixels of a touchpoint's name (12 px) or of a note (11 px). */
export function textWidth(text: string, size: 'name' | 'note'): number {
    let width = 0;
    for (const letter of text) {
        width += widths540[letter] ?? otherWidth;
    }
    return size === 'name' ? width : width * 0.905;
}

/** The text, shortened with an ellipsis so that it is at most `room` wide; at least four letters stay. */
export function shortened(text: string, room: number, size: 'name' | 'note' = 'name'): string {
    if (textWidth(text, size) <= room) {
        return text;
    }
    let kept = text.length - 1;
    while (kept > 4 && textWidth(`${text.slice(0, kept).trimEnd()}\u2026`, size) > room) {
        kept--;
    }
    return `${text.slice(0, kept).trimEnd()}\u2026`;
}
