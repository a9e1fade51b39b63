/** Our own icons, 16 x 16, one stroke; decoration only: a name always stands beside or in the label. */
const paths = {
    overview: 'M2.5 13.5v-4M6.2 13.5v-7M9.8 13.5v-5M13.5 13.5v-11',
    journeys: 'M4.5 12.5H8a2.3 2.3 0 0 0 0-4.6H7a2.2 2.2 0 0 1 0-4.4h4.5M3 12.5h.01M13 3.5h.01M3 14a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3zM13 5a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3z',
    touchpoints: 'M8 9.5a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3zM8 13.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11z',
    channels: 'M2.5 4h4M9.5 4h4M2.5 8h8M13.3 8h.2M2.5 12h1M6.5 12h7',
    drivers: 'M5 13V3.5M2.5 6 5 3.5 7.5 6M11 3v9.5M8.5 10l2.5 2.5 2.5-2.5',
    causes: 'M2.5 8h3M5.5 8c3.5 0 2.5-4.5 8-4.5M5.5 8c3.5 0 2.5 4.5 8 4.5M5.5 8h8',
    promises: 'M4 14V2.5M4 3h8.5l-2 2.75 2 2.75H4',
    voice: 'M2.5 3h11v7.5H8L4.8 13v-2.5H2.5z',
    customers: 'M8 7.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM3 13.5c.4-2.6 2.4-4 5-4s4.6 1.4 5 4',
    improvements: 'M2.5 11.5 6 8l2.5 2.5 5-5.5M10 5h3.5v3.5',
    watch: 'M1.5 8S3.9 3.5 8 3.5 14.5 8 14.5 8 12.1 12.5 8 12.5 1.5 8 1.5 8zM8 10a2 2 0 1 0 0-4 2 2 0 0 0 0 4z',
    blueprint: 'M2.5 2.5h11v11h-11zM2.5 6.5h11M6.5 6.5v7',
    data: 'M3 4c0-1 2.2-1.8 5-1.8S13 3 13 4s-2.2 1.8-5 1.8S3 5 3 4zM3 4v8c0 1 2.2 1.8 5 1.8s5-.8 5-1.8V4M3 8c0 1 2.2 1.8 5 1.8S13 9 13 8',
    people: 'M6 7.5A2.2 2.2 0 1 0 6 3a2.2 2.2 0 0 0 0 4.5zM1.8 13c.3-2.3 2-3.5 4.2-3.5s3.9 1.2 4.2 3.5M10.5 3.2a2.2 2.2 0 0 1 0 4.1M12 9.8c1.3.5 2 1.6 2.2 3.2',
    settings: 'M2.5 5h5.7M11.8 5h1.7M2.5 11h1.7M7.8 11h5.7M10 6.8a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6zM6 12.8a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6z',
    audit: 'M8 13.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11zM8 5v3.2l2 1.3',
    search: 'M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM10.3 10.3l3.2 3.2',
    close: 'M4 4l8 8M12 4l-8 8',
    plus: 'M8 3v10M3 8h10',
    down: 'M4.5 6.5 8 10l3.5-3.5',
    up: 'M4.5 9.5 8 6l3.5 3.5',
    right: 'M6.5 4.5 10 8l-3.5 3.5',
    left: 'M9.5 4.5 6 8l3.5 3.5',
    share: 'M6.5 9.5 9.5 6.5M7 4.5l1.3-1.3a2.8 2.8 0 0 1 4 4L11 8.5M9 11.5l-1.3 1.3a2.8 2.8 0 0 1-4-4L5 7.5',
    export: 'M8 2.5v7M5 6.8 8 9.8l3-3M2.5 11v2.5h11V11',
    more: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
    play: 'M5 3.2v9.6l7.5-4.8z',
    check: 'M3 8.5 6.3 12 13 4.5',
    clock: 'M8 13.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11zM8 5v3.2l2 1.3',
    info: 'M8 13.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11zM8 7.5V11M8 5.2h.01',
    web: 'M2 3.5h12v9H2zM2 6.3h12',
    app: 'M5 2h6v12H5zM7.4 12h1.2',
    mail: 'M2 3.5h12v9H2zM2.3 4.2 8 8.6l5.7-4.4',
    text: 'M2.5 3h11v7H8.5l-3 2.8V10h-3zM5.5 6.5h.01M8 6.5h.01M10.5 6.5h.01',
    phone: 'M3.3 2.6 5.4 2.2l1.5 3-1.4 1.4a7.6 7.6 0 0 0 3.9 3.9L10.8 9.1l3 1.5-.4 2.1c-.1.6-.7 1-1.3 1A10.3 10.3 0 0 1 2.3 3.9c0-.6.4-1.2 1-1.3z',
    bot: 'M3 5.5h10v7.5H3zM8 5.5V2.8M6 9.2h.01M10 9.2h.01',
    chat: 'M2.5 3h11v7.5H8L4.8 13v-2.5H2.5z',
    store: 'M2.5 6.5l1-4h9l1 4zM3 6.5v7h10v-7M6.5 13.5v-4h3v4',
    technician: 'M10.2 2.3a3.6 3.6 0 0 0-3.7 4.9L2.3 11.4l2.3 2.3 4.2-4.2a3.6 3.6 0 0 0 4.9-3.7l-2 2-2.3-.6-.6-2.3z',
    letter: 'M4 2h5.5l3 3v9H4zM9.5 2v3h3',
    system: 'M8 5.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5zM8 2v1.5M8 12.5V14M2 8h1.5M12.5 8H14',
    menu: 'M2.5 4.5h11M2.5 8h11M2.5 11.5h11',
    filter: 'M2.5 4h11M4.5 8h7M6.5 12h3',
    sun: 'M8 10.8a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6zM8 1.8v1.4M8 12.8v1.4M1.8 8h1.4M12.8 8h1.4M3.6 3.6l1 1M11.4 11.4l1 1M12.4 3.6l-1 1M4.6 11.4l-1 1',
    moon: 'M13.2 9.6A5.6 5.6 0 0 1 6.4 2.8a5.6 5.6 0 1 0 6.8 6.8z',
    social: 'M5 9.8a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6zM11.5 5.3a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6zM11.5 14.3a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6zM6.6 7.1l3.3-2.2M6.6 8.9l3.3 2.2',
    review: 'M8 2.2l1.8 3.7 4 .6-2.9 2.8.7 4L8 11.4l-3.6 1.9.7-4L2.2 6.5l4-.6z',
    key: 'M5.2 13a2.7 2.7 0 1 0 0-5.4 2.7 2.7 0 0 0 0 5.4zM7.2 8.4l5.6-5.6M10.6 5l2 2M9 6.6l1.4 1.4',
    keys: 'M2 4.5h12v7.5H2zM4.5 7h.01M7 7h.01M9.5 7h.01M11.7 7h.01M5 9.6h6',
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name, className }: { name: IconName; className?: string }) {
    return (
        <svg className={className ? `i ${className}` : 'i'} viewBox="0 0 16 16" aria-hidden="true">
            <path d={paths[name]} />
        </svg>
    );
}

const channelIcons: [RegExp, IconName][] = [
    [/bot/i, 'bot'], [/chat|message|whatsapp|messenger/i, 'chat'], [/e-?mail/i, 'mail'], [/sms|text/i, 'text'],
    [/phone|call|ivr|hotline/i, 'phone'], [/app|mobile/i, 'app'], [/web|portal|site|online/i, 'web'],
    [/store|shop|desk|branch/i, 'store'], [/tech|visit|field|crew|repair/i, 'technician'],
    [/letter|post|mail|paper/i, 'letter'], [/survey|voice|feedback/i, 'voice'], [/review/i, 'review'],
    [/social|twitter|facebook/i, 'social'],
];

const kindIcons: Record<string, IconName> = { 'self-service': 'web', human: 'people', bot: 'bot', message: 'letter' };

/** The icon of a channel by its name, else by its kind, else that of a system. */
export function channelIcon(channel: string, kind: string): IconName {
    return channelIcons.find(([pattern]) => pattern.test(channel))?.[1] ?? kindIcons[kind] ?? 'system';
}

/** The logo: the dot beside the ring, what happened beside what was intended. */
export function Mark() {
    return (
        <svg className="mark" viewBox="0 0 22 16" aria-hidden="true">
            <circle cx="14" cy="8" r="5.2" fill="none" stroke="currentColor" strokeWidth="1.6" />
            <circle cx="6.2" cy="8" r="5.4" fill="currentColor" />
        </svg>
    );
}
