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

  it('writes for several at once what it writes for each alone', async () => {
    const requests: GenerateRequest[] = [
      { maxTokens: 30 },
      { maxTokens: 60, stop: ['\n'], constraints: [grammar, grammar] },
      { maxTokens: 30, n: 3, temperature: 0.7, seed: 2 },
    ];
    const alone: Completion[][] = [];
    for (const request of requests) alone.push(await collect(request));
    const together = await Promise.all(requests.map(collect));
    for (const [i, completions] of together.entries()) {
      expect(textsOf(completions)).toEqual(textsOf(alone[i] as Completion[]));
    }
  });
});

/** Texts in the order of prompts and candidates. */
function textsOf(completions: readonly Completion[]): string[] {
  return completions
    .toSorted((a, b) => a.prompt - b.prompt || a.candidate - b.candidate)
    .map(({ text }) => text);
}
