import { startServer } from './start.mjs';

/** Once for all browser tests: the server, its address in KOKEMUS_E2E_URL; gives back how to stop it. */
export default async function setup() {
    const server = await startServer();
    process.env.KOKEMUS_E2E_URL = server.url;
    return () => server.stop();
}
