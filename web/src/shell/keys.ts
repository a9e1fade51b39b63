import { useEffect, useRef } from 'react';

/** One key (a sequence such as "g o", or "Ctrl K" held together, which works while typing too) and what it does, in words for the list under "?". */
export interface Key {
    words: string;
    run: () => void;
    /** Works also while typing (Esc). */
    always?: boolean;
}
export type Keys = Record<string, Key>;

const layers: { current: Keys }[] = [];
const storageName = 'kokemus.keys';
let pending = '';
let pendingSince = 0;

/** Single keys can be turned off, for people whose voice or switch types them by accident. */
export function keysAreOn(): boolean {
    try {
        return localStorage.getItem(storageName) !== 'off';
    } catch {
        return true;
    }
}
export function setKeysOn(on: boolean): void {
    try {
        localStorage.setItem(storageName, on ? 'on' : 'off');
    } catch {
        // storage may be forbidden: they stay on
    }
}

/** Every key that works now; a later layer hides an earlier one. */
export function presentKeys(): Keys {
    return Object.assign({}, ...layers.map((layer) => layer.current)) as Keys;
}

const isTyping = (target: EventTarget | null) =>
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

function press(event: KeyboardEvent): void {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.defaultPrevented) {
        const held = presentKeys()[`Ctrl ${event.key.toUpperCase()}`];
        if (held) {
            event.preventDefault();
            held.run();
        }
        return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) {
        return;
    }
    const typing = isTyping(event.target);
    const single = event.key.length === 1;
    if (single && (typing || !keysAreOn())) {
        return;
    }
    const now = event.timeStamp;
    const sequence = pending && now - pendingSince < 1_500 ? `${pending} ${event.key}` : event.key;
    pending = '';
    for (let i = layers.length - 1; i >= 0; i -= 1) {
        const key = layers[i]!.current[sequence] ?? layers[i]!.current[event.key];
        if (key && (!typing || key.always)) {
            event.preventDefault();
            key.run();
            return;
        }
    }
    const begins = Object.keys(presentKeys()).some((name) => name.startsWith(`${event.key} `));
    if (begins) {
        pending = event.key;
        pendingSince = now;
    }
}

/** Keys that work while the component is there. The last one mounted is asked first. */
export function useKeys(keys: Keys): void {
    const layer = useRef(keys);
    useEffect(() => {
        layer.current = keys;
    });
    useEffect(() => {
        if (layers.length === 0) {
            addEventListener('keydown', press);
        }
        layers.push(layer);
        return () => {
            layers.splice(layers.indexOf(layer), 1);
            if (layers.length === 0) {
                removeEventListener('keydown', press);
            }
        };
    }, []);
}
