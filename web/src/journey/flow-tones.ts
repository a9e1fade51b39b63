import { stepOf } from '../design/plot';
import type { Estimate } from './answer';

/** The step of the experience scale of an estimate, 1 worst to 7 best; null with too few answers. */
export const toneOf = (estimate: Estimate | null): number | null =>
    estimate === null || estimate.estimate === null ? null : stepOf(estimate.estimate);

/** Colour of a mark; too few answers are the neutral grey (and get a dotted edge). */
export const colourOf = (tone: number | null) => `var(--exp-${tone ?? 4})`;
export const softOf = (tone: number | null) => `var(--exp-${tone ?? 4}-soft)`;
