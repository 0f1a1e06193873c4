/** A labelling beside a language model that is loaded: what it expects of the columns counts, and text as it reads it. */
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

const sizeOf = (row: number) => ((row - 1) * 37) % 80;
const kindOf = (row: number) => (sizeOf(row) >= 40 ? 'large' : 'small');
const TABLE = [
  'size,colour,sort',
  ...Array.from({ length: 80 }, (_, i) => `${sizeOf(i + 1)},${i % 3 ? 'red' : 'blue'},${i % 4}`),
].join('\n');

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

async function begin(): Promise<string> {
  const upload = await call('/api/uploads', TABLE);
  const { id } = await call('/api/labellings', { upload: upload.id });
  const features = ['size', 'colour'];
  const settings = { target: 'kind', classes: ['large', 'small'], features };
  expect(await call(`/api/labellings/${id}/settings`, settings)).toMatchObject({
    needs_no_labels: true,
  });
  return id;
}

/** Labels all rows. @returns the job, and the words that it ran with */
async function labelAll(labelling: string, more: object = {}) {
  const { id } = await call('/api/classifications', { labelling, ...more });
  await expect
    .poll(async () => (await call(`/api/jobs/${id}`)).state, { timeout: 110_000 })
    .toMatch(/succeeded|failed|cancelled|interrupted/);
  const folder = join(server.home, 'jobs', id);
  const { words, lane } = JSON.parse(readFileSync(join(folder, 'plan.json'), 'utf8'));
  return { folder, words, lane, job: await call(`/api/jobs/${id}`) };
}

it('counts without labels, in the quick look and in the job', async () => {
  const labelling = await begin();
  const fit = await call(`/api/labellings/${labelling}/fit`);
  expect(fit).toMatchObject({ labelled: 0, used: 0, report: null, expectations_weight: 0.25 });
  const { data } = await call(`/api/labellings/${labelling}/opinions?rows=1,2`);
  const { folder, words, lane, job } = await labelAll(labelling);
  expect(job).toMatchObject({
    state: 'succeeded',
    result: { rows: 80, labelled: 0, language: 'alone', saved: true },
  });
  expect([lane, words]).toEqual(['light', expect.arrayContaining(['--expectations'])]);
  const said = JSON.parse(readFileSync(join(folder, 'expectations.json'), 'utf8'));
  expect(said).toMatchObject({
    ...{ target: 'kind', classes: ['large', 'small'], words: ['large', 'small'] },
    columns: [{ column: 'size', cells: null }, { column: 'colour' }],
  });
  // The column that was not chosen says nothing in the job either.
  const rows = await call(`/api/classifications/${job.id}/rows?limit=2`);
  for (const [i, row] of rows.data.entries()) {
    expect(Number(row[2])).toBeCloseTo(data[i].probabilities[0], 1);
  }
});

it('counts beside labels, in the quick look and in the job', async () => {
  const labelling = await begin();
  const labels = [1, 2, 3, 4, 5, 6].map((row) => ({ row, label: kindOf(row) }));
  await call(`/api/labellings/${labelling}/labels`, { labels });
  const { expectations_weight: weight, used } = await call(`/api/labellings/${labelling}/fit`);
  expect([used, typeof weight]).toEqual([6, 'number']);
  const { words, lane, job } = await labelAll(labelling);
  expect(job).toMatchObject({ state: 'succeeded', result: { rows: 80, labelled: 6 } });
  expect(job.result.language).toBeCloseTo(weight, 1);
  expect([lane, words]).toEqual(['light', expect.not.arrayContaining(['--tabular'])]);
  const read = await labelAll(labelling, { serialiser: 'json' });
  expect([read.lane, read.words]).toEqual(['light', expect.arrayContaining(['--tabular'])]);
  expect(read.job).toMatchObject({ state: 'succeeded', result: { language: 'not asked' } });
});

const FIRST = ['thanks for the refund', 'very helpful branch', 'card came quickly'];
const SECOND = ['fee was charged twice', 'the app crashed again', 'nobody called me back'];
const moodOf = (row: number) => (row % 2 === 0 ? 'praise' : 'complaint');
const memo = (row: number) =>
  `${(row % 2 === 0 ? FIRST : SECOND)[row % 3]} on day ${row} at till ${(row * 7) % 13}`;
const MEMOS = ['memo,points', ...Array.from({ length: 60 }, (_, i) => `${memo(i + 1)},${i % 9}`)];

it('reads free text, for the quick look, for what is said of rows, and in the job', async () => {
  const upload = await call('/api/uploads', MEMOS.join('\n'));
  const { id } = await call('/api/labellings', { upload: upload.id });
  const settings = { target: 'kind', classes: ['praise', 'complaint'], features: ['memo'] };
  await call(`/api/labellings/${id}/settings`, settings);
  const labels = Array.from({ length: 16 }, (_, i) => ({ row: i + 1, label: moodOf(i + 1) }));
  await call(`/api/labellings/${id}/labels`, { labels });
  expect(await call(`/api/labellings/${id}/fit`)).toMatchObject({ used: 16, text_read: true });
  const { data } = await call(`/api/labellings/${id}/opinions?rows=20,21,22,23&reasons=true`);
  expect(data.map(({ predicted }: Loose) => predicted)).toEqual([20, 21, 22, 23].map(moodOf));
  const { words, lane, job } = await labelAll(id);
  expect([lane, words]).toEqual(['heavy', expect.arrayContaining(['--read-text', '10000'])]);
  expect(words).not.toContain('--tabular');
  expect(job).toMatchObject({ state: 'succeeded', result: { rows: 60, labelled: 16 } });
});
