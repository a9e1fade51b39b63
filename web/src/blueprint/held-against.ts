import type { Schema } from '../api/client';
import { capital, count, countOf, inWords } from '../design/format';

export type Blueprint = Schema['Blueprint'];

/** The blueprint's touchpoints held against those that customers met. */
export interface HeldAgainst {
    /** Encounters at each touchpoint by its name; of those that were met. */
    met: Map<string, number>;
    never: string[];
    /** Met, and not in the blueprint; the most frequent first. */
    undesigned: { name: string; encounters: number }[];
    /** Touchpoints beyond those that were looked at. */
    more: number;
}

/** `values` are the touchpoints of the answers with their encounters, most frequent first. */
export function heldAgainst(blueprint: Blueprint, values: Schema['Values']): HeldAgainst {
    const met = new Map(values.values.map(({ value, encounters }) => [value, encounters]));
    const designed = new Set(blueprint.touchpoints.map(({ name }) => name));
    return {
        met,
        never: blueprint.touchpoints.map(({ name }) => name).filter((name) => !met.has(name)),
        undesigned: values.values.filter(({ value }) => value !== '' && !designed.has(value)).map(({ value, encounters }) => ({ name: value, encounters })),
        more: Math.max(0, values.distinct - values.values.length),
    };
}

/** What was designed, and whether reality knows it; without `held` only the first half. */
export function blueprintSentence(blueprint: Blueprint, held: HeldAgainst | null): string {
    const { journeys, touchpoints } = blueprint;
    if (journeys.length === 0 && touchpoints.length === 0) {
        return 'Nothing is designed yet; every question works without, and names stand as they were sent.';
    }
    const what = capital(`${inWords(journeys.length)} ${journeys.length === 1 ? 'journey' : 'journeys'} over ${countOf(touchpoints.length, 'touchpoint')} ${journeys.length === 1 ? 'is' : 'are'} designed`);
    if (!held || held.more > 0) {
        return `${what}.`;
    }
    const never = held.never.length === 0 ? 'customers met all of them' : held.never.length === touchpoints.length ? 'customers met none of them yet' : `${inWords(held.never.length)} of them ${held.never.length === 1 ? 'was' : 'were'} never met`;
    const besides = held.undesigned.length === 0 ? 'and none besides' : `and ${inWords(held.undesigned.length)} that ${held.undesigned.length === 1 ? 'is' : 'are'} not designed`;
    return held.never.length > 0 && held.undesigned.length === 0 ? `${what}; ${never}.` : `${what}; ${never}, ${besides}.`;
}

/** "Plans compared, Call: sales or Store" */
export function anyOf(names: readonly string[]): string {
    return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}

/** How a metric counts, in words. */
export function metricWords(metric: Schema['BlueprintMetric']): string {
    const where = metric.touchpoints.length > 0 ? `at ${anyOf(metric.touchpoints)}`
        : metric.promise !== '' ? `of \u201c${metric.promise}\u201d`
        : metric.journey !== '' ? `of ${metric.journey}`
        : '';
    const kind: Record<string, string> = {
        nps: 'promoters less detractors', csat: 'share of good answers', ces: metric.ces === 'mean' ? 'mean effort' : 'share to whom it was easy',
        mean: 'mean answer', kept: 'share of promises kept', contact_rate: 'contacts a customer', completion: 'share of episodes completed',
    };
    return [kind[metric.kind] ?? metric.kind, metric.scale && `on ${metric.scale}`, where, `from ${count(metric.minimum)} on`].filter(Boolean).join(', ');
}

/** A target on the metric's own terms: shares as percent. */
export function metricTarget(metric: Schema['BlueprintMetric']): string {
    if (metric.target === null) {
        return 'no target';
    }
    const share = ['csat', 'kept', 'completion'].includes(metric.kind) || (metric.kind === 'ces' && metric.ces !== 'mean');
    const value = share ? `${count(metric.target * 100)}%` : metric.target.toLocaleString('en', { maximumFractionDigits: 2, signDisplay: metric.kind === 'nps' ? 'exceptZero' : 'auto' }).replace('-', '\u2212');
    return `${metric.high_is_good ? 'at least' : 'at most'} ${value}`;
}

/** The stages of a journey with the touchpoints of its path that stand in each; what stands in none comes last. */
export function stagesOf(journey: Schema['BlueprintJourney'], blueprint: Blueprint) {
    const stageOf = new Map(blueprint.touchpoints.map(({ name, stage }) => [name, stage]));
    const rows = journey.stages.map((stage) => ({
        stage, ...(journey.stage_feelings[stage] ?? { feeling: '', intended: null }),
        path: journey.path.filter((name) => stageOf.get(name) === stage),
    }));
    const placed = new Set(rows.flatMap(({ path }) => path));
    const rest = journey.path.filter((name) => !placed.has(name));
    return rest.length === 0 ? rows : [...rows, { stage: '', feeling: '', intended: null, path: rest }];
}
