import type { Schema } from '../api/client';

/** The parts of the server's answers that the journey pages read, by the words used here. */
export type { Estimate } from '../api/client';
export type Seconds = Schema['Seconds'];
export type FlowEdge = Schema['FlowEdge'];
export type FlowAnswer = Schema['FlowAnswer'];
export type Variant = Schema['Variant'];
export type VariantsAnswer = Schema['VariantsAnswer'];
export type Blueprint = Schema['Blueprint'];
export type BlueprintChannel = Blueprint['channels'][number];
export type BlueprintJourney = Schema['BlueprintJourney'];
export type PromiseRow = Schema['PromiseRow'];
export type PromisesAnswer = Schema['PromisesAnswer'];
export type Episode = Schema['Episode'];
export type EpisodesAnswer = Schema['EpisodesAnswer'];

/** The ends of a unit in flows; no touchpoint may have these names. */
export const START = 'START';
export const END = 'END';
