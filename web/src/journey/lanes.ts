import type { BlueprintChannel } from './answer';

/** A lane of the map: the channels that are drawn at one height. */
export interface Lane {
    key: string;
    title: string;
    /** What kind of channels they are, or which, in small letters under the title. */
    note: string;
    channels: string[];
}

/** From machine to person: the order of the lanes, top to bottom. */
const ranks = ['self', 'message', 'bot', 'remote', 'site', 'other'] as const;
type Rank = (typeof ranks)[number];

const onSite = /store|shop|branch|site|visit|technician|field|home|counter|desk|person|lounge|gate|cabin/i;

function rankOf(name: string, kind: string | undefined): Rank {
    const plain = (kind ?? '').toLowerCase().replace(/[\s_-]/g, '');
    if (plain === 'selfservice') return 'self';
    if (plain === 'message') return 'message';
    if (plain === 'bot') return 'bot';
    if (plain === 'human') return onSite.test(name) ? 'site' : 'remote';
    return 'other';
}

const words: Record<Rank, { title: string; note: string }> = {
    self: { title: 'Self-service', note: 'self-service' },
    message: { title: 'Messages', note: 'message' },
    bot: { title: 'Bots', note: 'bot' },
    remote: { title: 'People', note: 'person' },
    site: { title: 'On site', note: 'on site' },
    other: { title: 'Other channels', note: 'kind not said' },
};

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

function titled(rank: Rank, channels: string[]): Lane {
    const { title, note } = words[rank];
    const kindAsTitle = channels.length > 2 || rank === 'message' || rank === 'site';
    return kindAsTitle
        ? { key: rank, title, note: channels.slice(0, 3).join(', '), channels }
        : { key: rank, title: capital(channels.join(' and ')), note, channels };
}

/**
 * Groups the channels that are really used into lanes, from self-service on top to people on site at the bottom.
 * Fewer than two lanes are no lanes: the empty list says that height is free.
 */
export function lanesOf(used: readonly string[], declared: readonly BlueprintChannel[]): Lane[] {
    const kinds = new Map(declared.map((channel) => [channel.name, channel.kind]));
    const place = new Map(declared.map((channel, index) => [channel.name, index]));
    const order = [...new Set(used)]
        .filter((name) => name !== '')
        .sort((a, b) => {
            return (place.get(a) ?? 1e6) - (place.get(b) ?? 1e6) || (a < b ? -1 : 1);
        });
    const lanes = ranks.flatMap((rank) => {
        const members = order.filter((name) => rankOf(name, kinds.get(name)) === rank);
        return members.length > 0 ? [titled(rank, members)] : [];
    });
    if (used.includes('') && lanes.length > 0) {
        lanes.push({ key: 'none', title: 'No channel', note: 'none given', channels: [''] });
    }
    return lanes.length > 1 ? lanes : [];
}
