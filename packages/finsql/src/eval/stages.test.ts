import { afterAll, describe, expect, it } from 'vitest';
import { RULES } from '../calibrate/calibrate.ts';
import type { TextToSqlSet } from '../data/text-to-sql-set.ts';
import { createSqlExecutor } from '../database/execute.ts';
import { introspect } from '../database/introspect.ts';
import { FUND_SQL, temporaryDatabase } from '../testing/fund-database.ts';
import { scriptedGenerator } from '../testing/scripted-generator.ts';
import { type EvaluatedItem, evaluate } from './evaluate.ts';
import { STAGES } from './stages.ts';

const database = temporaryDatabase(FUND_SQL, 'fund.sqlite');
const executor = createSqlExecutor({ workers: 1 });
afterAll(() => {
  executor.close();
  database.remove();
});

const question = 'Which people with the degree Master manage funds in Shanghai?';
const fundCount = 'select count(*) from fund';
const gold = "select manager_name from manager where degree = 'Master'";
const set: TextToSqlSet = {
  items: [{ question, sql: gold, db: 'fund' }],
  databases: new Map([
    ['fund', { schema: introspect(database.file, 'fund'), instances: [database.file] }],
  ]),
};
const exemplars = [
  { question: 'Which people have the degree Doctorate?', sql: 'select 1 as known', db: 'fund' },
];

/** What the model is shown and asked for, and what comes of its first answer. */
async function without(stages: readonly string[], first: string) {
  const generator = scriptedGenerator({ [question]: [first, gold] });
  const options = { set, generator, executor, exemplars, without: [...stages] };
  const items: EvaluatedItem[] = [];
  for await (const item of evaluate(options)) items.push(item);
  const [request] = generator.requests;
  return {
    prompt: request?.prompts[0] ?? '',
    requests: generator.requests.length,
    item: items[0] as EvaluatedItem,
  };
}

describe('an evaluation without a stage', () => {
  it.each([
    ['values', "='Master'"],
    ['exemplars', 'select 1 as known'],
    ['notes', '(people who manage funds)'],
    ['keys', 'fund_manager.manager_id = manager.id'],
  ])('%s: the prompt lacks %s', async (stage, text) => {
    expect((await without([], gold)).prompt).toContain(text);
    expect((await without([stage], gold)).prompt).not.toContain(text);
  });

  it('second-try: the model is asked once', async () => {
    const broken = 'select nothing at all';
    const twice = await without(['second-draft'], broken);
    expect(twice).toMatchObject({ requests: 2, item: { correct: true } });
    const once = await without(['second-draft', 'second-try'], broken);
    expect(once).toMatchObject({ requests: 1, item: { correct: false, sql: broken } });
  });

  it('second-draft: no wider prompt is written from', async () => {
    expect(await without([], gold)).toMatchObject({ requests: 2 });
    expect(await without(['second-draft'], gold)).toMatchObject({ requests: 1 });
  });

  it('word-by-word: what the model wrote answers, not what is read off the question', async () => {
    const drafted = 'select manager_name from manager';
    const asked = async (stages: readonly string[]) => {
      const generator = scriptedGenerator({ 'How many funds are there?': [drafted] });
      const items = [{ question: 'How many funds are there?', sql: fundCount, db: 'fund' }];
      const options = { set: { ...set, items }, generator, executor, without: [...stages] };
      for await (const item of evaluate(options)) return item;
      return undefined;
    };
    expect(await asked([])).toMatchObject({
      sql: fundCount,
      correct: true,
      wordByWord: { agrees: false, cost: 0 },
    });
    expect(await asked(['word-by-word'])).toMatchObject({
      sql: drafted,
      correct: false,
      wordByWord: null,
    });
  });

  it('known-question: a known one is written, too', async () => {
    const drafted = 'select manager_name from manager';
    const question = 'How many funds are there?';
    const asked = async (stages: readonly string[]) => {
      const generator = scriptedGenerator({ [question]: [drafted] });
      const items = [
        { question: 'Who is there?', sql: drafted, db: 'fund' },
        { question, sql: fundCount, db: 'fund' },
      ];
      const options = { set: { ...set, items }, generator, executor, exemplars: items.slice(1) };
      const without = [...stages, 'word-by-word', 'second-draft'];
      const results: EvaluatedItem[] = [];
      for await (const item of evaluate({ ...options, without })) results.push(item);
      return { results, prompts: generator.requests.flatMap(({ prompts }) => prompts).length };
    };
    const known = {
      index: 1,
      sql: fundCount,
      correct: true,
      known: { changes: 0 },
      sureness: null,
    };
    expect(await asked([])).toMatchObject({ results: [{ index: 0, known: null }, known] });
    for (const stage of ['known-question', 'exemplars']) {
      const written = { sql: drafted, correct: false, known: null };
      expect((await asked([stage])).results[1]).toMatchObject(written);
    }
    expect((await asked([])).prompts).toBeLessThan((await asked(['known-question'])).prompts);
  });

  it.each([['rules'], ['fix-column-names']])('%s: a name stays misspelt', async (stage) => {
    const misspelt = gold.replace('manager_name', 'manager_nam');
    expect((await without(['second-try'], misspelt)).item.sql).toBe(gold);
    expect((await without(['second-try', stage], misspelt)).item.sql).toBe(misspelt);
    expect((await without(['second-try', 'fix-owners'], misspelt)).item.sql).toBe(gold);
  });

  it.each([['rules'], ['fix-values']])('%s: a text that finds nothing stays', async (stage) => {
    const folded = gold.replace('Master', 'master');
    expect((await without([], folded)).item.sql).toBe(gold);
    expect((await without([stage, 'second-try'], folded)).item.sql).toBe(folded);
    // Candidates of a second try mend it, too.
    expect((await without([stage], folded)).item.sql).toBe(gold);
    expect((await without(['values'], folded)).item.sql).toBe(gold);
  });

  it('knows every rule by name, and no other stage', async () => {
    expect(STAGES).toEqual(expect.arrayContaining(RULES.map(({ name }) => name)));
    await expect(without(['magic'], gold)).rejects.toThrow(/without\.0/);
  });
});
