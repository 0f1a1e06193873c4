import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LOCAL } from '../access/client.ts';
import { type Replies, replayed } from './idempotency.ts';

const replies: Replies = new Map();
const large = 'é'.repeat(8 * 1024 * 1024);
let finish = () => {};
let server: Server;

beforeAll(async () => {
  const app = express();
  app.post('/:what', async (request, response) => {
    const work =
      request.params.what === 'slow'
        ? () => new Promise<void>((resolve) => (finish = resolve))
        : async () => large;
    await replayed(replies, { request, response, client: LOCAL, body: {} }, work);
    response.end();
  });
  server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterAll(() => server.close());

it('keeps no more bytes of replies than it may, and all that are still being answered', async () => {
  const post = (what: string, key: string) =>
    fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/${what}`, {
      method: 'POST',
      headers: { 'Idempotency-Key': key },
    });
  const keys = () => [...replies.keys()].map((place) => place.split(' ').at(-1));
  const slow = post('slow', 'slow');
  await expect.poll(keys).toEqual(['slow']);
  for (let i = 0; i < 5; i++) await post('large', `key-${i}`);
  expect(keys()).toEqual(['slow', 'key-2', 'key-3', 'key-4']);
  finish();
  expect((await slow).status).toBe(200);
  expect(keys()).toHaveLength(4);
});
