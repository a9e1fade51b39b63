import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, type RefObject } from 'react';

const zoomMost = 4;
const restMilliseconds = 120;

export interface Camera {
    /** Shifts the map so that a point of it (map pixels) can be seen. */
    show: (x: number, y: number) => void;
    /** Zooms by a factor around the middle of the box. */
    zoomBy: (factor: number) => void;
    /** True right after a drag, whose click means nothing. */
    dragged: () => boolean;
    /** Where the content's origin lies in the box now. */
    offset: () => { x: number; y: number };
}

interface View {
    x: number;
    y: number;
    /** Scale on top of the zoom that is drawn, while the fingers still move. */
    scale: number;
}

/**
 * Pan and zoom of the map inside its own box. While moving only a CSS transform changes; after a rest the zoom is
 * handed over by `commit`, the map is drawn at its true scale, and text is sharp and of its own size again.
 * Vertical scrolling stays the page's.
 */
export function useCamera(
    box: RefObject<HTMLDivElement | null>, content: RefObject<HTMLDivElement | null>,
    size: { width: number; height: number; zoom: number }, commit: (zoom: number) => void,
): Camera {
    const view = useRef<View>({ x: 0, y: 0, scale: 1 });
    const rest = useRef(0);
    const moved = useRef(false);
    const latest = useRef({ size, commit });
    const drawn = useRef(size);

    const apply = useCallback((moving: boolean) => {
        const inside = box.current;
        const element = content.current;
        if (!inside || !element) {
            return;
        }
        const { width, height } = latest.current.size;
        const now = view.current;
        now.x = Math.min(0, Math.max(inside.clientWidth - width * now.scale, now.x));
        now.y = Math.min(0, Math.max(inside.clientHeight - height * now.scale, now.y));
        const shift = (x: number, y: number) => (now.scale === 1 ? `translate(${x}px, ${y}px)` : `translate(${x}px, ${y}px) scale(${now.scale})`);
        element.style.willChange = moving ? 'transform' : '';
        element.style.transform = now.x === 0 && now.y === 0 && now.scale === 1 && !moving ? '' : shift(Math.round(now.x), Math.round(now.y));
        inside.style.setProperty('--pan-y', `${Math.round(now.y)}px`);
        inside.dataset.more = [now.x < -1 ? 'left' : '', width * now.scale + now.x > inside.clientWidth + 1 ? 'right' : ''].join(' ').trim();
        if (moving) {
            window.clearTimeout(rest.current);
            rest.current = window.setTimeout(() => {
                element.style.willChange = '';
                const { size: at, commit: hand } = latest.current;
                if (now.scale !== 1) {
                    hand(Math.min(zoomMost, Math.max(1, at.zoom * now.scale)));
                }
            }, restMilliseconds);
        }
    }, [box, content]);

    // drawn anew: what was scaled is now true, at the same place
    useLayoutEffect(() => {
        latest.current = { size, commit };
        if (drawn.current.zoom !== size.zoom) {
            view.current.scale = 1;
        }
        drawn.current = size;
        apply(false);
    });

    const zoomAt = useCallback((factor: number, x: number, y: number) => {
        const now = view.current;
        const { zoom } = latest.current.size;
        const scale = Math.min(zoomMost / zoom, Math.max(1 / zoom, now.scale * factor));
        now.x = x - ((x - now.x) * scale) / now.scale;
        now.y = y - ((y - now.y) * scale) / now.scale;
        now.scale = scale;
        apply(true);
    }, [apply]);

    useEffect(() => {
        const inside = box.current;
        if (!inside) {
            return;
        }
        const fingers = new Map<number, { x: number; y: number }>();
        let start: { x: number; y: number } | null = null;
        let frame = 0;
        const soon = () => {
            cancelAnimationFrame(frame);
            frame = requestAnimationFrame(() => apply(true));
        };
        const wheel = (event: WheelEvent) => {
            const area = inside.getBoundingClientRect();
            if (event.ctrlKey || event.metaKey) {
                event.preventDefault();
                zoomAt(Math.exp(-event.deltaY * 0.004), event.clientX - area.left, event.clientY - area.top);
            } else if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
                event.preventDefault();
                view.current.x -= event.deltaX;
                soon();
            }
        };
        const down = (event: PointerEvent) => {
            if (event.button !== 0 || (event.target as Element).closest('button, a, input')) {
                return;
            }
            fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
            start = { x: event.clientX, y: event.clientY };
            moved.current = false;
        };
        const move = (event: PointerEvent) => {
            const before = fingers.get(event.pointerId);
            if (!before || !start) {
                return;
            }
            const now = { x: event.clientX, y: event.clientY };
            if (!moved.current && Math.hypot(now.x - start.x, now.y - start.y) < 5) {
                return;
            }
            if (!moved.current) {
                moved.current = true;
                inside.setPointerCapture(event.pointerId);
            }
            fingers.set(event.pointerId, now);
            if (fingers.size === 2) {
                const [a, b] = [...fingers.entries()].map(([id, at]) => (id === event.pointerId ? { was: before, at } : { was: at, at })) as [
                    { was: { x: number; y: number }; at: { x: number; y: number } }, { was: { x: number; y: number }; at: { x: number; y: number } }];
                const area = inside.getBoundingClientRect();
                const apart = (p: { x: number; y: number }, q: { x: number; y: number }) => Math.max(1, Math.hypot(p.x - q.x, p.y - q.y));
                zoomAt(apart(a.at, b.at) / apart(a.was, b.was), (a.at.x + b.at.x) / 2 - area.left, (a.at.y + b.at.y) / 2 - area.top);
                return;
            }
            view.current.x += now.x - before.x;
            if (event.pointerType !== 'touch') {
                view.current.y += now.y - before.y;
            }
            soon();
        };
        const up = (event: PointerEvent) => {
            fingers.delete(event.pointerId);
            if (fingers.size === 0) {
                start = null;
            }
        };
        inside.addEventListener('wheel', wheel, { passive: false });
        inside.addEventListener('pointerdown', down);
        inside.addEventListener('pointermove', move);
        inside.addEventListener('pointerup', up);
        inside.addEventListener('pointercancel', up);
        const sized = new ResizeObserver(() => apply(false));
        sized.observe(inside);
        return () => {
            sized.disconnect();
            cancelAnimationFrame(frame);
            inside.removeEventListener('wheel', wheel);
            inside.removeEventListener('pointerdown', down);
            inside.removeEventListener('pointermove', move);
            inside.removeEventListener('pointerup', up);
            inside.removeEventListener('pointercancel', up);
        };
    }, [box, apply, zoomAt]);

    return useMemo<Camera>(() => ({
        show(x, y) {
            const inside = box.current;
            if (!inside) {
                return;
            }
            const now = view.current;
            const margin = 60;
            const left = x * now.scale + now.x;
            const top = y * now.scale + now.y;
            const words = Math.min(110, inside.clientWidth / 4);
            now.x += left < margin + words ? margin + words - left : Math.min(0, inside.clientWidth - margin - left);
            now.y += top < margin ? margin - top : Math.min(0, inside.clientHeight - margin - top);
            apply(false);
        },
        zoomBy(factor) {
            const inside = box.current;
            if (inside) {
                zoomAt(factor, inside.clientWidth / 2, inside.clientHeight / 2);
            }
        },
        dragged: () => moved.current,
        offset: () => ({ x: view.current.x, y: view.current.y }),
    }), [box, apply, zoomAt]);
}
