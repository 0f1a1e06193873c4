import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database } from '@quaestor/finsql/sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runIn } from '../testing/command-line.ts';

const folder = mkdtempSync(join(tmpdir(), 'quaestor-ask-'));
const asked: unknown[] = [];
/** A server that always goes on with the same statement, and tells no log-probabilities. */
const server = createServer(async (request, response) => {
  let body = '';
  for await (const part of request) body += part;
  asked.push(JSON.parse(body));
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ choices: [{ text: ' select name from fund order by name;' }] }));
});
let url = '';

beforeAll(async () => {
  const database = new Database(join(folder, 'funds.sqlite'));
  database.exec("create table fund (name text); insert into fund values ('River'), ('Harvest')");
  database.close();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true });
});

const there = () => ['--generator', 'remote', '--remote-url', url, '--remote-model', 'm'];

describe('quaestor with a remote generator', () => {
  it('asks it, and answers with rows and without a confidence', async () => {
    const words = [
      'ask',
      'Which funds does the house sell?',
      '--db',
      'funds.sqlite',
      ...there(),
      '--json',
    ];
    const { code, out, error } = await runIn(folder, words);
    expect(error).not.toContain('Error');
    expect(code).toBe(0);
    const answer = JSON.parse(out);
    expect(answer).toMatchObject({ rows: [['Harvest'], ['River']], confidence: null });
    const stage = answer.trace.find(({ name }: { name: string }) => name === 'generate');
    expect(stage.detail).toMatchObject({
      generator: `m at ${new URL(url).origin}`,
      logProbability: null,
    });
    expect(asked.at(-1)).toMatchObject({ model: 'm', stop: ['\n'], temperature: 0 });
  });

  it('measures it', async () => {
    const gold = 'select name from fund';
    const questions = [{ question: 'Which funds are there?', db_id: 'funds', query: gold }];
    writeFileSync(join(folder, 'questions.json'), JSON.stringify(questions));
    const words = ['eval', 'sql', '--questions', 'questions.json', '--databases', '.', ...there()];
    const { code, out } = await runIn(folder, words);
    expect(code).toBe(0);
    expect(out).toContain(`m at ${new URL(url).origin}: execution accuracy 100.0 (1 of 1)`);
  });

  it('refuses choices that do not fit together', async () => {
    const ask = (...words: string[]) =>
      runIn(folder, ['ask', 'Which funds?', '--db', 'funds.sqlite', ...words]);
    const lone = await ask('--generator', 'remote');
    expect(lone.code).toBe(3);
    expect(lone.error).toMatch(/--remote-url[\s\S]*url:[\s\S]*model:/);
    const beside = await ask('--remote-url', url);
    expect(beside.code).toBe(3);
    expect(beside.error).toContain('the generator is builtin');
    const held = await ask(...there(), '--constrained');
    expect(held.code).toBe(3);
    expect(held.error).toContain('grammar');
    expect((await ask('--generator', 'magic')).code).toBe(2);
  });
});
