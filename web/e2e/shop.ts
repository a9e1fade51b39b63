import { createServer } from 'node:http';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { basename, dirname, join } from 'node:path';
import type { Page } from '@playwright/test';

export interface Shop { origin: string; close: () => void }

/** A shop on an origin of its own, with the browser library as its maker ships it. */
export function openShop(): Promise<Shop> {
    const library = join(dirname(createRequire(import.meta.url).resolve('@segment/analytics-next/package.json')), 'dist/umd');
    const shop = createServer((request, response) => {
        const file = join(library, basename(new URL(request.url!, 'http://shop').pathname));
        const isScript = file.endsWith('.js') && existsSync(file);
        response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
        response.end(isScript ? readFileSync(file) : '<!doctype html><title>Shop</title><script src="/umd/index.js"></script>');
    });
    return new Promise((resolve) => shop.listen(0, '127.0.0.1', () => resolve({
        origin: `http://127.0.0.1:${(shop.address() as AddressInfo).port}`,
        close: () => shop.close(),
    })));
}

/** What a shop's page does with the library: a page, a product, who it is, an order. Gives the cookie's name of the customer. */
export function useLibrary(page: Page, server: string, key: string, user: string): Promise<string> {
    return page.evaluate(async ([cdnURL, writeKey, name]) => {
        type Library = { AnalyticsBrowser: { load: (settings: object) => Promise<never> } };
        const loaded = (await (window as unknown as { AnalyticsNext: Library }).AnalyticsNext.AnalyticsBrowser.load({ writeKey, cdnURL }))[0 as never] as unknown as {
            page: () => Promise<unknown>; track: (event: string, properties: object) => Promise<unknown>;
            identify: (user: string, traits: object) => Promise<unknown>; user: () => { anonymousId: () => string };
        };
        await loaded.page();
        await loaded.track('Product Added', { product_id: 'p7' });
        await loaded.identify(name, { plan: 'silver' });
        await loaded.track('Order Completed', { order_id: 'o9', revenue: 12.5 });
        return loaded.user().anonymousId();
    }, [server, key, user] as const);
}
