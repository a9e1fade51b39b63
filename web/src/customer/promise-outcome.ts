import { clockText, dayText, durationText } from '../design/format';
import type { Status } from '../design/marks';
import type { PromiseMade } from './timeline-rows';

const statuses: Record<PromiseMade['outcome'], Status> = {
    kept: 'kept', late: 'late', broken: 'broken', open: 'promised', at_risk: 'risk',
};

export function statusOf(outcome: PromiseMade['outcome']): Status {
    return statuses[outcome];
}

/** The outcome in words: "kept" with "4 h to spare", "at risk" with when it falls due; the year only when not that of `now`. */
export function promiseWords({ outcome, due, kept_at }: PromiseMade, now: string | null): { words: string; sub: string } {
    const slack = kept_at === null ? null : (Date.parse(due) - Date.parse(kept_at)) / 1000;
    const when = `due ${dayText(due, now)}, ${clockText(due)}`;
    switch (outcome) {
        case 'kept':
            return { words: 'kept', sub: slack === null ? when : `${durationText(slack)} to spare` };
        case 'late':
            return { words: 'late', sub: slack === null ? when : `by ${durationText(-slack)}` };
        case 'broken':
            return { words: 'broken', sub: `was ${when}` };
        case 'open':
            return { words: 'promised', sub: when };
        case 'at_risk':
            return { words: 'at risk', sub: when };
    }
}
