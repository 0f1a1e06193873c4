/** A labelling of free text beside a language model that is loaded: text counts as it reads it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { checkedFetch } from './checked-fetch.ts';
import { startTinyServer, type TinyServer } from './tiny-model-server.ts';

let server: TinyServer;
beforeAll(async () => {
  server = await startTinyServer();
});
afterAll(async () => {
  await server.close();
  expect(server.unexpected).toEqual([]);
});

const FIRST = ['thanks for the refund', 'very helpful branch', 'card came quickly'];
const SECOND = ['fee was charged twice', 'the app crashed again', 'nobody called me back'];
const kindOf = (row: number) => (row % 2 === 0 ? 'praise' : 'complaint');
const memo = (row: number) =>
  `${(row % 2 === 0 ? FIRST : SECOND)[row % 3]} on day ${row} at till ${(row * 7) % 13}`;
const TABLE = ['memo,points', ...Array.from({ length: 60 }, (_, i) => `${memo(i + 1)},${i % 9}`)];

interface Loose {
  // biome-ignore lint/suspicious/noExplicitAny: bodies are looked at by what is expected of them
  readonly [field: string]: any;
}

async function call(path: string, body?: unknown): Promise<Loose> {
  const isText = typeof body === 'string';
  const response = await checkedFetch(server.url + path, {
    headers: { 'Content-Type': isText ? 'text/csv' : 'application/json' },
    ...(body !== undefined && { method: 'POST', body: isText ? body : JSON.stringify(body) }),
  });
  return (await response.json()) as Loose;
}

it('counts in the quick look, in what is said of rows, and in the job', async () => {
  const upload = await call('/api/uploads', TABLE.join('\n'));
  const { id } = await call('/api/labellings', { upload: upload.id });
  const settings = { target: 'kind', classes: ['praise', 'complaint'], features: ['memo'] };
  await call(`/api/labellings/${id}/settings`, settings);
  const labels = Array.from({ length: 16 }, (_, i) => ({ row: i + 1, label: kindOf(i + 1) }));
  await call(`/api/labellings/${id}/labels`, { labels });
  expect(await call(`/api/labellings/${id}/fit`)).toMatchObject({ used: 16, text_read: true });
  const { data } = await call(`/api/labellings/${id}/opinions?rows=20,21,22,23&reasons=true`);
  expect(data.map(({ predicted }: Loose) => predicted)).toEqual([20, 21, 22, 23].map(kindOf));
  const job = await call('/api/classifications', { labelling: id });
  await expect
    .poll(async () => (await call(`/api/jobs/${job.id}`)).state, { timeout: 110_000 })
    .toMatch(/succeeded|failed|cancelled|interrupted/);
  const { words, lane } = JSON.parse(
    readFileSync(join(server.home, 'jobs', job.id, 'plan.json'), 'utf8'),
  );
  expect([lane, words]).toEqual(['heavy', expect.arrayContaining(['--read-text', '10000'])]);
  expect(words).not.toContain('--tabular');
  expect(await call(`/api/jobs/${job.id}`)).toMatchObject({
    state: 'succeeded',
    result: { rows: 60, labelled: 16 },
  });
});
