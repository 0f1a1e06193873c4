import { loadEngine } from '@quaestor/peft';
import { tinyModel } from '@quaestor/peft/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { introspect } from '../database/introspect.ts';
import { Database } from '../database/sqlite.ts';
import { sqlGrammar } from '../grammar/sql-automaton.ts';
import { temporaryDatabase } from '../testing/fund-database.ts';
import type { Completion, GenerateRequest } from './generator.ts';
import { createPeftGenerator } from './peft-generator.ts';

await loadEngine();
const model = tinyModel();
const { file, remove } = temporaryDatabase();
const database = new Database(file, { readonly: true });
afterAll(() => {
  database.close();
  model.dispose();
  remove();
});

const generator = createPeftGenerator(model, 'tiny');
const prompts = ['Q: How many funds?\nSQL:', 'Q: Who?\nSQL:'];

async function collect(request: GenerateRequest): Promise<Completion[]> {
  const found: Completion[] = [];
  for await (const completion of generator.generate(prompts, request)) found.push(completion);
  return found;
}

describe('createPeftGenerator', () => {
  const grammar = sqlGrammar(introspect(file));

  it('holds each candidate to the grammar of its prompt', async () => {
    const request = { n: 6, temperature: 1, maxTokens: 80, stop: ['\n'] };
    const completions = await collect({ ...request, constraints: [grammar, undefined] });
    expect(completions).toHaveLength(12);
    const held = completions.filter(({ prompt }) => prompt === 0);
    for (const { text, finish } of held) {
      expect(text).toMatch(/^\s*(?:select|with)/i);
      if (finish === 'stop') expect(() => database.prepare(text)).not.toThrow();
    }
    const free = completions.filter(({ prompt }) => prompt === 1);
    expect(free.some(({ text }) => !/^\s*(?:select|with)/i.test(text))).toBe(true);
  });

  it('writes what it likes without one', async () => {
    const completions = await collect({ maxTokens: 20 });
    expect(completions.map(({ tokens }) => tokens)).toEqual([20, 20]);
  });
});
