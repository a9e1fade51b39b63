/** Test support: the worlds that tests draw. The broadband provider is the one of the design's pictures. */
import type { Blueprint } from './answer';
import { chance, type Step, type World } from './fixture';

type Way = [to: string, weight: number];

interface Place {
    stage: string;
    channel: string;
    /** Mean score given here, -3 to +3, and how often one is given. */
    feeling: number;
    ways: Way[];
}

const hour = 3600;

type Touchpoint = Blueprint['touchpoints'][number];

const touchpointOf = (name: string, stage: string, channel: string, owner: string): Touchpoint => ({
    name, stage, channel, owner, topic: '', cost: null, visible: true, direct: true, contact: channel === 'phone',
});
const promiseOf = (name: string, made: string, kept: string, target: number, owner: string): Blueprint['promises'][number] => ({
    name, made: [made], kept: [kept], within: null, at_risk: null, target, owner,
});
const nothingElse = { version: 1, time_zone: 'Europe/Helsinki', scales: [], metrics: [], dimensions: [] };

function walk(places: Record<string, Place>, starts: Way[], random: () => number, lengthMax: number): Step[] {
    const pick = (ways: Way[]) => {
        let left = random() * ways.reduce((sum, way) => sum + way[1], 0);
        for (const [to, weight] of ways) if ((left -= weight) < 0) return to;
        return ways[ways.length - 1]![0];
    };
    const steps: Step[] = [];
    let at = 0;
    for (let here = pick(starts); here !== 'END' && steps.length < lengthMax; here = pick(places[here]!.ways)) {
        const noise = random() + random() + random() - 1.5;
        const score = random() < 0.3 ? Math.max(-3, Math.min(3, places[here]!.feeling + noise * 2)) : null;
        steps.push({ touchpoint: here, at: Math.round(at), score });
        at += hour * Math.exp(3 * random());
    }
    return steps;
}

const broadband: Record<string, Place> = {
    'Plans compared': {
        stage: 'choose',
        channel: 'web',
        feeling: 1.1,
        ways: [
            ['Order placed', 66],
            ['Call: sales', 6],
            ['Store', 2],
        ],
    },
    'Call: sales': {
        stage: 'choose',
        channel: 'phone',
        feeling: 0.6,
        ways: [
            ['Order confirmed', 17],
            ['Order placed', 3],
        ],
    },
    Store: { stage: 'choose', channel: 'store', feeling: 1.3, ways: [['Order confirmed', 14]] },
    'Order placed': { stage: 'order', channel: 'web', feeling: 1.4, ways: [['Order confirmed', 70]] },
    'Order confirmed': {
        stage: 'order',
        channel: 'mail',
        feeling: 1.1,
        ways: [
            ['Router sent', 88],
            ['Visit time picked', 12],
        ],
    },
    'Router sent': {
        stage: 'prepare',
        channel: 'text',
        feeling: 0.6,
        ways: [
            ['Visit time picked', 60],
            ['Self-install', 28],
            ['Bot: where is it', 8],
        ],
    },
    'Visit time picked': {
        stage: 'prepare',
        channel: 'app',
        feeling: 0.7,
        ways: [
            ['Technician visit', 50],
            ['Visit moved', 17],
            ['Nobody came', 5],
        ],
    },
    'Visit moved': {
        stage: 'prepare',
        channel: 'text',
        feeling: -1.3,
        ways: [
            ['Call: where is my visit', 9.1],
            ['Technician visit', 7.9],
        ],
    },
    'Bot: where is it': {
        stage: 'prepare',
        channel: 'chatbot',
        feeling: -0.6,
        ways: [
            ['Call: where is my visit', 4.5],
            ['Technician visit', 3.5],
        ],
    },
    'Nobody came': {
        stage: 'prepare',
        channel: 'technician',
        feeling: -2.6,
        ways: [
            ['Call: where is my visit', 4],
            ['Visit time picked', 1],
        ],
    },
    'Call: where is my visit': {
        stage: 'install',
        channel: 'phone',
        feeling: -1.6,
        ways: [['Technician visit', 13.5]],
    },
    'Technician visit': {
        stage: 'install',
        channel: 'technician',
        feeling: 0.7,
        ways: [
            ['Line active', 71],
            ['Bot: no connection', 3],
        ],
    },
    'Self-install': {
        stage: 'install',
        channel: 'app',
        feeling: 0.2,
        ways: [
            ['Line active', 19],
            ['Bot: no connection', 9],
        ],
    },
    'Bot: no connection': {
        stage: 'install',
        channel: 'chatbot',
        feeling: -1.1,
        ways: [
            ['Call: no connection', 8],
            ['Line active', 4],
        ],
    },
    'Call: no connection': {
        stage: 'live',
        channel: 'phone',
        feeling: -1.2,
        ways: [
            ['Line active', 4],
            ['Technician visit', 4],
        ],
    },
    'Line active': {
        stage: 'live',
        channel: 'text',
        feeling: 0.9,
        ways: [
            ['Speed test', 50],
            ['First bill', 47],
        ],
    },
    'Speed test': { stage: 'live', channel: 'web', feeling: 1.2, ways: [['First bill', 49]] },
    'First bill': {
        stage: 'first bill',
        channel: 'mail',
        feeling: -0.2,
        ways: [
            ['Bill viewed', 58],
            ['END', 23],
            ['Call: the bill', 14],
        ],
    },
    'Bill viewed': {
        stage: 'first bill',
        channel: 'app',
        feeling: -0.1,
        ways: [
            ['END', 48],
            ['Call: the bill', 10],
        ],
    },
    'Call: the bill': {
        stage: 'first bill',
        channel: 'phone',
        feeling: -1.6,
        ways: [
            ['END', 23],
            ['Bill viewed', 1],
        ],
    },
};

const broadbandBlueprint: Blueprint = {
    ...nothingElse,
    name: 'Kaista',
    stages: ['choose', 'order', 'prepare', 'install', 'live', 'first bill'],
    channels: [
        { name: 'web', kind: 'self-service' },
        { name: 'app', kind: 'self-service' },
        { name: 'mail', kind: 'message' },
        { name: 'text', kind: 'message' },
        { name: 'chatbot', kind: 'bot' },
        { name: 'phone', kind: 'human' },
        { name: 'store', kind: 'human' },
        { name: 'technician', kind: 'human' },
    ],
    touchpoints: [
        ...Object.entries(broadband)
            .filter(([name]) => name !== 'Nobody came')
            .map(([name, place]) => touchpointOf(name, place.stage, place.channel, place.stage === 'first bill' ? 'Billing' : 'Delivery')),
        touchpointOf('Welcome call', 'live', 'phone', 'Delivery'),
    ],
    journeys: [
        {
            name: 'getting connected',
            starts: ['Plans compared', 'Call: sales', 'Store'],
            ends: ['First bill'],
            stages: ['choose', 'order', 'prepare', 'install', 'live', 'first bill'],
            path: [
                'Plans compared',
                'Order placed',
                'Order confirmed',
                'Router sent',
                'Visit time picked',
                'Technician visit',
                'Line active',
                'Welcome call',
                'First bill',
            ],
            thread: false,
            silence: null,
            within: null,
            feeling: 'in control',
            owner: 'Delivery',
            stage_feelings: {
                choose: { feeling: 'informed', intended: 1.2 },
                order: { feeling: 'certain', intended: 1.5 },
                prepare: { feeling: 'looked after', intended: 1.6 },
                install: { feeling: 'at ease', intended: 2 },
                live: { feeling: 'proud', intended: 1.8 },
                'first bill': { feeling: 'no surprises', intended: 1 },
            },
        },
    ],
    promises: [
        promiseOf('live on the agreed day', 'Order confirmed', 'Line active', 0.9, 'Delivery'),
        promiseOf('technician in the two-hour window', 'Visit time picked', 'Technician visit', 0.85, 'Delivery'),
        promiseOf('first bill as quoted', 'Order placed', 'First bill', 0.95, 'Billing'),
        promiseOf('router in 3 working days', 'Order confirmed', 'Router sent', 0.95, 'Delivery'),
    ],
};

export const broadbandDue = {
    'live on the agreed day': 42 * hour,
    'technician in the two-hour window': 14 * hour,
    'first bill as quoted': 90 * hour,
    'router in 3 working days': 17 * hour,
};

/** The broadband provider, as many episodes as wanted. */
export function broadbandWorld(episodes: number, seed = 7): World {
    const random = chance(seed);
    const starts: Way[] = [
        ['Plans compared', 74],
        ['Call: sales', 14],
        ['Store', 12],
    ];
    return {
        blueprint: broadbandBlueprint,
        journey: 'getting connected',
        channels: Object.fromEntries(Object.entries(broadband).map(([name, place]) => [name, place.channel])),
        episodes: Array.from({ length: episodes }, () => walk(broadband, starts, random, 40)),
        forced: new Set([
            'Plans compared\u2192Call: sales',
            'Visit moved\u2192Call: where is my visit',
            'Bot: where is it\u2192Call: where is my visit',
            'Bot: no connection\u2192Call: no connection',
            'Bill viewed\u2192Call: the bill',
        ]),
    };
}

const syllables = [
    'order',
    'bill',
    'call',
    'check',
    'letter',
    'notice',
    'change',
    'visit',
    'permit',
    'receipt',
    'reply',
    'claim',
    'form',
    'review',
];

export interface Wild {
    touchpoints: number;
    episodes: number;
    stages: number;
    channels: number;
    seed: number;
}

/** A world nobody designed: many touchpoints with ways forward, a few back, and names of all lengths. */
export function wildWorld({ touchpoints, episodes, stages, channels, seed }: Wild): World {
    const random = chance(seed);
    const kinds: Blueprint['channels'][number]['kind'][] = ['self-service', 'message', 'bot', 'human', 'human'];
    const channelNames = ['web', 'letter', 'bot', 'phone', 'store'].slice(0, channels);
    const names = Array.from({ length: touchpoints }, (_, index) => {
        const count = 1 + Math.floor(random() * 4);
        const parts = Array.from({ length: count }, () => syllables[Math.floor(random() * syllables.length)]!);
        return `${parts.join(' ')} ${index}`;
    });
    const places: Record<string, Place> = {};
    names.forEach((name, index) => {
        const ways: Way[] = [];
        for (let i = 0; i < 4; i++) {
            const to = index + 1 + Math.floor(random() * Math.max(2, touchpoints / 8));
            ways.push([names[to] ?? 'END', i === 0 ? 20 : random() * 4]);
        }
        if (index > 2 && random() < 0.3) {
            ways.push([names[index - 1 - Math.floor(random() * 2)]!, 1]);
        }
        places[name] = {
            stage: stages > 0 ? `stage ${1 + Math.floor((index * stages) / touchpoints)}` : '',
            channel: channels > 0 ? channelNames[Math.floor(random() * channels)]! : '',
            feeling: random() * 4 - 2,
            ways,
        };
    });
    const stageNames = Array.from({ length: stages }, (_, index) => `stage ${index + 1}`);
    return {
        blueprint: {
            ...nothingElse,
            name: 'Wild',
            stages: stageNames,
            channels: channelNames.map((name, index) => ({ name, kind: kinds[index]! })),
            touchpoints: names.map((name) => touchpointOf(name, places[name]!.stage, places[name]!.channel, '')),
            journeys: [],
            promises: [],
        },
        journey: 'wild',
        channels: Object.fromEntries(names.map((name) => [name, places[name]!.channel])),
        episodes: Array.from({ length: episodes }, () =>
            walk(
                places,
                [
                    [names[0]!, 8],
                    [names[1]!, 2],
                ],
                random,
                60,
            ),
        ),
        forced: new Set(),
    };
}
