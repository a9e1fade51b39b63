import { breaches } from './contract';
import { expect, test } from './studio';

interface Journey { journey: string }

test('every answer of the server is as docs/openapi.yaml says', async ({ request }) => {
    const server = process.env.KOKEMUS_E2E_URL!;
    const get = async (path: string) => {
        const response = await request.get(server + path);
        expect(response.ok(), `${path}: ${response.ok() ? '' : await response.text()}`).toBe(true);
        return (await response.json()) as Record<string, unknown>;
    };
    const found: string[] = [];
    const check = (schema: string, path: string, answer: unknown) => found.push(...breaches(schema, answer).map((b) => `${path}: ${b}`));

    for (const [path, schema] of [
        ['/api/overview', 'Overview'], ['/api/blueprint', 'Blueprint'], ['/api/freshness', 'Freshness'], ['/api/about', 'About'],
        ['/api/values?field=channel', 'Values'], ['/api/suggest?text=chan', 'Suggestions'],
        ['/health/live', 'Live'], ['/health/ready', 'Ready'],
    ] as const) {
        check(schema, path, await get(path));
    }
    const closed = '/api/overview?from=2000-01-01&to=2100-01-01';
    check('Overview', closed, await get(closed));

    const list = (await get('/api/customers?limit=5')) as { customers: { customer: string }[]; more: boolean };
    check('CustomerList', '/api/customers', list);
    const { customers } = list;
    const who = `/api/customers/${encodeURIComponent(customers[0]!.customer)}`;
    check('Customer', who, await get(who));
    check('CustomerTimeline', `${who}/timeline`, await get(`${who}/timeline`));

    const { journeys, promises } = (await get('/api/overview')) as { journeys: Journey[]; promises: { drills: Record<string, string> }[] };
    const journey = `'${journeys[0]!.journey.replaceAll("'", "''")}'`;
    const questions: [schema: string, question: string][] = [
        ['FlowAnswer', `flow per ${journey}`], ['FlowAnswer', 'flow per thread'], ['FlowCountsAnswer', 'flow counts per thread'], ['FlowAnswer', "flow where channel = 'no such channel'"],
        ['VariantsAnswer', `variants per ${journey}`], ['TrendAnswer', 'trend nps by month'], ['BreakdownAnswer', 'breakdown nps by channel'],
        ['PromisesAnswer', 'promises'], ['SwitchesAnswer', 'switches per thread'], ['EpisodesAnswer', `episodes per ${journey} limit 3`],
        ['GroupedAnswer', `flow per ${journey} by channel`], ['EpisodesAnswer', promises[0]!.drills.kept!],
    ];
    for (const [schema, question] of questions) {
        const answer = await get(`/api/ask?q=${encodeURIComponent(question)}`);
        check(schema, question, answer);
        check('Answer', question, answer);
    }
    const many = await request.post(`${server}/api/ask`, { data: { questions: ['promises', 'flwo'] } });
    check('Answers', 'POST /api/ask', await many.json());
    const refused = await request.get(`${server}/api/ask?q=flwo`);
    expect(refused.headers()['content-type']).toContain('application/problem+json');
    check('Problem', 'flwo', await refused.json());

    const one = { id: 'contract-1', customer: customers[0]!.customer, time: '2026-01-02T03:04:05Z', touchpoint: 'contract test', score: null };
    const send = async (schema: string, status: number, data: unknown) => {
        check('SentEncounter', 'what is sent', one);
        const answer = await request.post(`${server}/api/encounters`, { data });
        expect(answer.status(), JSON.stringify(data)).toBe(status);
        check(schema, `POST /api/encounters ${status}`, await answer.json());
    };
    await send('EncountersTaken', 200, one);
    await send('EncountersTaken', 200, [one, { ...one, time: '2026-01-03' }, { ...one, time: null }]);
    await send('NothingTaken', 409, { ...one, time: '2026-01-03' });
    await send('NothingTaken', 400, [7]);
    await send('Problem', 400, '[');
    expect(found).toEqual([]);
});
