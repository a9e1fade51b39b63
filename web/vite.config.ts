import { defineConfig } from 'vitest/config';
import react from '@vitejs/plugin-react';
import { fixtureServer } from './test/fixture-server.ts';

const server = process.env.KOKEMUS_URL ?? 'http://127.0.0.1:8080';

/**
 * `npm run dev` asks the server at KOKEMUS_URL; with KOKEMUS_FIXTURES=1 it answers from test/fixtures instead.
 * Nothing of test/ reaches the bundle: the fixture server is a plugin of the development server only.
 */
export default defineConfig({
    plugins: [react(), ...(process.env.KOKEMUS_FIXTURES ? [fixtureServer()] : [])],
    server: { host: '127.0.0.1', proxy: { '/api': server } },
    preview: { host: '127.0.0.1' },
    build: {
        target: 'es2022',
        assetsInlineLimit: 0, // a strict content policy allows no data: addresses
        modulePreload: { polyfill: false },
        manifest: true,
    },
    test: {
        environment: 'happy-dom',
        include: ['src/**/*.test.{ts,tsx}', 'test/**/*.test.ts'],
        pool: 'threads',
        maxWorkers: 2,
    },
});
