import { defineConfig } from '@playwright/test';

/** The browser is the system's Chromium; nothing is downloaded. The server: e2e/server.ts. */
export default defineConfig({
    testDir: 'e2e',
    globalSetup: './e2e/server.ts',
    workers: 1,
    timeout: 120_000,
    expect: { timeout: 15_000 },
    reporter: [['list']],
    use: {
        launchOptions: {
            executablePath: process.env.KOKEMUS_CHROMIUM ?? '/usr/bin/chromium',
            args: [
                '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
                '--disable-component-update', '--disable-sync',
            ],
        },
        viewport: { width: 1440, height: 900 },
        trace: 'off',
    },
});
