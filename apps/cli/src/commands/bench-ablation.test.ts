import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Completion, Generator } from '@quaestor/finsql';
import { Database } from '@quaestor/finsql/sqlite';
import { afterAll, describe, expect, it } from 'vitest';
import { ablationChart } from '../bench/ablation/ablation-chart.ts';
import { rememberingGenerator } from '../bench/ablation/remembering-generator.ts';
import { temporaryHome } from '../testing/command-line.ts';

const home = await temporaryHome();
afterAll(() => home.remove());

const folder = join(home.folder, 'database', 'shop');
mkdirSync(folder, { recursive: true });
const database = new Database(join(folder, 'shop.sqlite'));
database.exec("create table item (name text, price real); insert into item values ('pen', 2)");
database.close();
writeFileSync(
  join(home.folder, 'dev.json'),
  JSON.stringify([{ question: 'How many things?', db_id: 'shop', query: 'select 1 from item' }]),
);
const ablation = (...words: string[]) =>
  home.quaestor(
    ...['bench', 'ablation', '--model', 'tiny', '--adapter', 'none', '--questions', 'dev.json'],
    ...['--databases', 'database', '--max-tokens', '4', '--samples', '1', ...words],
  );
const kept = () => JSON.parse(readFileSync(join(home.folder, 'a.json'), 'utf8'));

describe('quaestor bench ablation', () => {
  it('measures the whole and each stage, keeps the figures and goes on with them', async () => {
    const files = ['--out', 'a.json', '--chart', 'a.svg'];
    const { code, out, error } = await ablation('--stages', 'values', ...files);
    expect([code, error]).toEqual([0, expect.any(String)]);
    expect(out).toMatch(/without +questions +correct.*\n.*\nnothing +1 +0 +0\.0.*\nvalues +1 +0/);
    expect(kept()).toMatchObject({
      settings: { limit: null, samples: 1 },
      rows: [{ without: 'nothing', scored: 1, correct: 0 }, { without: 'values' }],
    });
    const changed = kept();
    changed.rows[0].accuracy = 12.5;
    writeFileSync(join(home.folder, 'a.json'), JSON.stringify(changed));
    expect((await ablation('--stages', 'keys', ...files)).code).toBe(0);
    expect(kept().rows.map(({ without }: { without: string }) => without)).toEqual([
      'nothing',
      'values',
      'keys',
    ]);
    expect(kept().rows[0].accuracy).toBe(12.5);
    expect(readFileSync(join(home.folder, 'a.svg'), 'utf8')).toContain('−12.5');
    expect(readdirSync(home.folder).filter((name) => name.endsWith('.partial'))).toEqual([]);
  });

  it('writes over nothing that was measured otherwise, and knows its stages', async () => {
    const other = await ablation('--out', 'a.json', '--seed', '2');
    expect(other.code).toBe(3);
    expect(other.error).toContain('cannot be gone on with');
    expect((await ablation('--stages', 'magic')).code).toBe(2);
  });
});

describe('ablationChart', () => {
  it('has a bar for each stage, worst first, and no broken number', () => {
    const row = { scored: 4, correct: 2, executable: 100, latency: 1 };
    const chart = ablationChart(
      [
        { ...row, without: 'nothing', accuracy: 50 },
        { ...row, without: 'keys', accuracy: 55 },
        { ...row, without: 'values', accuracy: 25 },
        { ...row, without: 'notes', accuracy: 50 },
      ],
      'a <b>',
    );
    expect(chart.match(/<rect/g)).toHaveLength(3);
    expect([...chart.matchAll(/>([+−]?\d+\.\d)</g)].map(([, text]) => text)).toEqual([
      '−25.0',
      '0.0',
      '+5.0',
    ]);
    expect(chart).toContain('a &lt;b>');
    expect(ablationChart([], '')).not.toMatch(/NaN|Infinity/);
  });
});

describe('rememberingGenerator', () => {
  it('asks for what is new only, and for sampled batches each time', async () => {
    const asked: string[][] = [];
    const echo: Generator = {
      name: 'echo',
      countTokens: (text) => text.length,
      async *generate(prompts): AsyncGenerator<Completion> {
        asked.push([...prompts]);
        for (const [prompt, text] of prompts.entries()) {
          yield { prompt, candidate: 0, text, logProbability: 0, tokens: 1, finish: 'stop' };
        }
      },
    };
    const generator = rememberingGenerator(echo);
    const texts = async (prompts: string[], temperature = 0) => {
      const found: string[] = [];
      for await (const { prompt, text } of generator.generate(prompts, { temperature })) {
        found[prompt] = text;
      }
      return found;
    };
    expect(await texts(['a', 'b'])).toEqual(['a', 'b']);
    expect(await texts(['c', 'a', 'd'])).toEqual(['c', 'a', 'd']);
    expect(await texts(['a', 'b'], 1)).toEqual(['a', 'b']);
    expect(await texts(['a', 'b'], 1)).toEqual(['a', 'b']);
    expect(await texts(['a'], 1)).toEqual(['a']);
    expect(await texts(['a'], 1)).toEqual(['a']);
    expect(asked).toEqual([['a', 'b'], ['c', 'd'], ['a', 'b'], ['a', 'b'], ['a']]);
  });
});
