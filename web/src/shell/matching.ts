/** A thing that the palette can lead to. */
export interface Choice {
    /** Tells it from all others. */
    id: string;
    group: string;
    text: string;
    /** What stands beside it: the key, the number, where it belongs. */
    side?: string;
    /** Further words that it is found by. */
    also?: string;
    run: () => void;
}

const folded = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/**
 * How well a text is meant by what was typed; null when it is not. Every word typed must begin a word of the text
 * (best at its very beginning), or stand somewhere in it.
 */
export function matchOf(text: string, typed: string): number | null {
    const where = folded(text);
    let points = 0;
    for (const word of folded(typed).split(/\s+/).filter(Boolean)) {
        const at = where.indexOf(word);
        if (at < 0) {
            return null;
        }
        const begins = new RegExp(`(^|[^\\p{L}\\p{N}])${word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`, 'u').test(where);
        points += at === 0 ? 3 : begins ? 2 : 1;
    }
    return points;
}

/** The choices that are meant, best first inside their groups, so many of each group at most; groups stay in their order. */
export function meant(choices: readonly Choice[], typed: string, perGroup: number): Choice[] {
    const scored = choices.flatMap((choice) => {
        const points = matchOf(choice.text, typed) ?? (choice.also ? matchOf(choice.also, typed) : null);
        return points === null ? [] : [{ choice, points }];
    });
    const groups = new Map<string, typeof scored>();
    for (const one of scored) {
        groups.set(one.choice.group, [...(groups.get(one.choice.group) ?? []), one]);
    }
    return [...groups.values()].flatMap((of) => of.sort((a, b) => b.points - a.points).slice(0, perGroup).map(({ choice }) => choice));
}

/** Whether a text reads like a filter of the question grammar rather than a name. */
export function isFilter(text: string): boolean {
    return /[=<>]|^[\p{L}_]\S*!?:\S|^(touches|goes|lasts|promise|switches|repeats|has|reaches|status)\b/u.test(text.trim());
}
