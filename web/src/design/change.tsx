import type { Estimate, Schema } from '../api/client';
import { decimals, intervalText, rangeText, valueText } from './format';
import { ChangeShape } from './marks';

/** A change as shape, word and interval: "0.3 worse, 0.2 to 0.4". Without one: what it was before, or nothing. */
export function ChangeWords({ change, previous }: { change: Schema['Change'] | null | undefined; previous: Estimate | null }) {
    if (!change) {
        if (!previous || previous.estimate === null) {
            return <span className="dim">{previous ? 'too few answers before' : 'nothing before'}</span>;
        }
        return (
            <>
                <span>{`was ${valueText(previous.estimate, previous.unit, previous.low, previous.high)}`}</span>
                <span className="sub">{intervalText(previous)}</span>
            </>
        );
    }
    const size = valueText(Math.abs(change.estimate), change.unit, change.low, change.high).replace('+', '');
    const words = {
        better: `${size} better`, worse: `${size} worse`, same: 'no change', unknown: 'not yet known',
    }[change.verdict];
    return (
        <>
            <span className="state"><ChangeShape verdict={change.verdict} />{words}</span>
            <span className="sub">{changeRange(change)}</span>
        </>
    );
}

/** For a clear change the sizes without sign, "0.2 to 0.4"; otherwise signed, since 0 lies between. */
export function changeRange(change: Schema['Change']): string {
    const clear = change.verdict === 'better' || change.verdict === 'worse';
    if (clear && change.low * change.high > 0) {
        const [a, b] = [Math.abs(change.low), Math.abs(change.high)].sort((p, q) => p - q) as [number, number];
        const text = rangeText(a, b, change.unit).replaceAll('+', '');
        // a clear change never reads as "0.0 to": its near end gets the digit it needs
        return /^0[.,]0+ /.test(text) ? text.replace(/^\S+/, decimals(a, 2)) : text;
    }
    return rangeText(change.low, change.high, change.unit);
}
