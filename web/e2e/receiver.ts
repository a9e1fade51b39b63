import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received { headers: IncomingHttpHeaders; body: string }
export interface Receiver { url: string; got: Received[]; close: () => void }

/** Somebody who receives webhooks and answers as told; no answer at all for 0. */
export async function receiver(answer: (nth: number) => number): Promise<Receiver> {
    const got: Received[] = [];
    const listening: Server = createServer((request, response) => {
        let body = '';
        request.on('data', (chunk) => (body += chunk));
        request.on('end', () => {
            got.push({ headers: request.headers, body });
            const status = answer(got.length);
            if (status > 0) {
                response.writeHead(status).end('heard');
            }
        });
    });
    await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
    const close = () => {
        listening.close();
        listening.closeAllConnections();
    };
    return { url: `http://127.0.0.1:${(listening.address() as AddressInfo).port}/hook`, got, close };
}
