// Starts the program with its sample organisation in a folder of its own, for browser tests and pictures.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../build/kokemus', import.meta.url));
const startSecondsMax = 180;

/**
 * The server to ask: that of `url` (KOKEMUS_URL), else one of our own, by `args` or with the sample organisation, open to everybody.
 * `stop` ends what was started and removes its folder, `kill` ends it as a crash would, `said` is what it has printed. A `data`
 * folder that is given is used and left.
 * @param {{ customers?: number, args?: string[], url?: string, data?: string }} options
 */
export async function startServer({ customers = 3000, args, data, url = args ? undefined : process.env.KOKEMUS_URL } = {}) {
    if (url) {
        return { url: url.replace(/\/$/, ''), stop: async () => undefined, kill: async () => undefined, said: () => '' };
    }
    if (!existsSync(program)) {
        throw new Error(`${program} is not built: run "make build" first, or give the address of a running server in KOKEMUS_URL`);
    }
    const folder = await mkdtemp(join(tmpdir(), 'kokemus-e2e-'));
    const child = spawn(program, ['--data', data ?? join(folder, 'data'), ...(args ?? ['serve', '--demo', '--open', '--customers', String(customers), '--port', '0'])], {
        stdio: ['ignore', 'pipe', 'pipe'],
    });
    const end = async (signal) => {
        const ended = new Promise((resolve) => child.once('exit', resolve));
        if (child.exitCode === null && child.signalCode === null) {
            child.kill(signal);
            await ended;
        }
        await rm(folder, { recursive: true, force: true });
    };
    const stop = () => end('SIGTERM');
    const kill = () => end('SIGKILL');
    let said = '';
    child.stdout.on('data', (chunk) => (said += chunk));
    try {
        return { url: await addressOf(child), stop, kill, said: () => said };
    } catch (fault) {
        await stop();
        throw fault;
    }
}

/** The address that the program prints when it is ready. */
function addressOf(child) {
    return new Promise((resolve, reject) => {
        let said = '';
        const timer = setTimeout(() => reject(new Error(`the server did not start within ${startSecondsMax} s:\n${said}`)), startSecondsMax * 1000);
        const listen = (chunk) => {
            said += chunk;
            const address = /https?:\/\/[\d.]+:\d+/.exec(said);
            if (address) {
                clearTimeout(timer);
                resolve(address[0]);
            }
        };
        child.stdout.on('data', listen);
        child.stderr.on('data', (chunk) => (said += chunk));
        child.once('exit', (code) => {
            clearTimeout(timer);
            reject(new Error(`the server ended with ${code} before it was ready:\n${said}`));
        });
        child.once('error', reject);
    });
}
