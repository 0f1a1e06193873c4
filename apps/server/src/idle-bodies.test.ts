import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { breakOffIdleBodies } from './idle-bodies.ts';

const SILENCE = 300;
let server: Server;

beforeEach(async () => {
  server = createServer(
    { requestTimeout: 200, headersTimeout: 100, connectionsCheckingInterval: 50 },
    async (incoming, response) => {
      const body = await buffer(incoming).catch(() => Buffer.alloc(0));
      if (incoming.url === '/late') await sleep(3 * SILENCE);
      response.end(String(body.length));
    },
  );
  breakOffIdleBodies(server, SILENCE);
  await once(server.listen(0, '127.0.0.1'), 'listening');
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const post = (path: string) => {
  const { port } = server.address() as AddressInfo;
  return request({ port, path, method: 'POST' });
};
const answerTo = async (sent: ReturnType<typeof post>) => {
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  return String(await buffer(response));
};

describe('a body', () => {
  it('may take longer than any limit while more of it comes', async () => {
    const sent = post('/');
    const answer = answerTo(sent);
    for (let i = 0; i < 12; i++) {
      sent.write('x');
      await sleep(SILENCE / 6);
    }
    sent.end();
    expect(await answer).toBe('12');
  });

  it('is broken off when nothing more comes', async () => {
    const sent = post('/');
    sent.write('x');
    await expect(once(sent, 'response')).rejects.toThrow();
  });

  it('that is there may be answered late', async () => {
    const sent = post('/late');
    sent.end('xx');
    expect(await answerTo(sent)).toBe('2');
  });
});
