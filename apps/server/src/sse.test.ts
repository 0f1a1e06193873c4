import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { expect, it } from 'vitest';
import { openEventStream } from './sse.ts';

it('says that it is still there while nothing happens', async () => {
  const app = express().get('/', (_, response) => void openEventStream(response, 20));
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const { port } = server.address() as AddressInfo;
    const { body } = await fetch(`http://127.0.0.1:${port}/`);
    let text = '';
    for await (const piece of body ?? []) {
      text += new TextDecoder().decode(piece);
      if (text.split(': still here\n\n').length > 2) break;
    }
    expect(text).toContain(': still here\n\n: still here\n\n');
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
