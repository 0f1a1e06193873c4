/** What the first question would wait for is done as soon as the model is loaded. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ENDLESS, startDemoServer } from '../demo-server.ts';
import { sendJson } from './requests.ts';

let folder: string;
let questions: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'quaestor-warm-up-'));
  questions = join(folder, 'questions.json');
  const of = (question: string, db_id: string) => ({ question, db_id });
  // The first one is about a database that is not there, the second would never end.
  writeFileSync(questions, JSON.stringify([of('How many?', 'other'), of(ENDLESS, 'fund')]));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('tries an offered question, keeps nobody waiting with it, and keeps nothing of it', async () => {
  const server = await startDemoServer({ questions: [questions], warmUp: true });
  await server.loaded;
  const entries = async () =>
    ((await sendJson(server.url, '/api/system')).queue as unknown as { entries: object[] }).entries;
  await expect.poll(entries).toMatchObject([{ what: 'warm-up', client: null, state: 'running' }]);
  await expect.poll(() => server.generator.endless).toBe(1);
  const body = { question: 'How many funds are there?', database: 'fund' };
  expect((await sendJson(server.url, '/api/ask', { body })).rows).toEqual([[3]]);
  const { data } = await sendJson(server.url, '/api/answers');
  expect(data.map(({ question }) => question)).toEqual([body.question]);
  await server.close();
  expect(server.generator.aborted).toBe(1);
  expect(server.unexpected).toEqual([]);
});

it('is left out unless it is wanted', async () => {
  const server = await startDemoServer({ questions: [questions] });
  await server.loaded;
  const body = { question: 'How many funds are there?', database: 'fund' };
  await sendJson(server.url, '/api/ask', { body });
  expect(server.generator.endless).toBe(0);
  await server.close();
});
