import { capital } from './format';

/** The metrics that every blueprint has without declaring them, in the words of people. */
const builtIn: Record<string, string> = {
    nps: 'Recommendation (NPS)',
    csat: 'Satisfaction (CSAT)',
    ces: 'Ease (CES)',
    score: 'Experience',
    kept: 'Promises kept',
    contact_rate: 'Contact rate',
    completion: 'Completion',
};

/** A metric's name for a heading: in words when it is built in, else as the blueprint calls it. */
export function metricName(name: string): string {
    return builtIn[name] ?? capital(name.replaceAll('_', ' '));
}
