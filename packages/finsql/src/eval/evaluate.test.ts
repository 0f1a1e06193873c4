import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { TextToSqlSet } from '../data/text-to-sql-set.ts';
import { createSqlExecutor } from '../database/execute.ts';
import { introspect } from '../database/introspect.ts';
import { describeSchema } from '../schema/descriptions.ts';
import { FUND_SQL, temporaryDatabase } from '../testing/fund-database.ts';
import { scriptedGenerator } from '../testing/scripted-generator.ts';
import { evaluate } from './evaluate.ts';
import { report } from './report.ts';

const one = temporaryDatabase(FUND_SQL, 'fund_1.sqlite');
const two = temporaryDatabase(
  `${FUND_SQL} insert into fund values ('000004', 'Beta', 500, '2021-01-01', 2);`,
  'fund_2.sqlite',
);
const executor = createSqlExecutor({ workers: 1 });
afterAll(() => {
  executor.close();
  one.remove();
  two.remove();
});

const questions: readonly (readonly [string, string, string])[] = [
  // question, gold, what the model writes
  ['How many funds are there?', 'SELECT count(*) FROM fund', 'select count(code) from fund'],
  [
    'Which fund is the largest?',
    'SELECT fund_name FROM fund ORDER BY size DESC LIMIT 1',
    "select fund_name from fund where code = '000003'",
  ],
  ['Which cities have fund companies?', 'SELECT city FROM company', 'select cty from company'],
  [
    'Which funds closed?',
    "SELECT fund_name FROM fund WHERE opened = ''",
    'select fund_name from fund',
  ],
  ['What is the fund rating?', 'SELECT rating FROM fund', 'select size from fund'],
  [
    'Which managers are doctors?',
    'SELECT manager_name FROM manager WHERE degree = "Doctorate"',
    'select nothing at all',
  ],
];
const set: TextToSqlSet = {
  items: questions.map(([question, sql]) => ({ question, sql, db: 'fund' })),
  databases: new Map([
    ['fund', { schema: introspect(one.file, 'fund'), instances: [one.file, two.file] }],
  ]),
};
const newGenerator = () =>
  scriptedGenerator(Object.fromEntries(questions.map(([question, , sql]) => [question, [sql]])));

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

describe('evaluate', () => {
  it('counts a prediction as right only on every instance, and skips what gold cannot tell', async () => {
    const items = await collect(
      evaluate({ set, generator: newGenerator(), executor, batch: 4, wordByWord: false }),
    );
    expect(items.map(({ correct }) => correct)).toEqual([true, false, true, false, false, false]);
    expect(items.map(({ skipped }) => skipped)).toEqual([
      null,
      null,
      null,
      'gold-empty',
      'gold-fails',
      null,
    ]);
    expect(items[2]?.sql).toBe('select city from company');
    expect(items[5]?.error).not.toBeNull();
    const figures = report(items);
    expect(figures).toMatchObject({
      items: 6,
      scored: 4,
      goldFails: 1,
      goldEmpty: 1,
      correct: 2,
      accuracy: 50,
      executable: 75,
    });
    expect(figures.databases).toEqual([{ db: 'fund', scored: 4, correct: 2, accuracy: 50 }]);
    expect(items.map(({ errorClasses }) => errorClasses[0])).toEqual([
      undefined,
      'conditions',
      undefined,
      undefined,
      undefined,
      'not executable',
    ]);
    expect(figures.errors.filter(({ first }) => first > 0)).toEqual([
      { name: 'not executable', first: 1, any: 1 },
      { name: 'conditions', first: 1, any: 2 },
    ]);
    expect(figures.latency.p95).toBeGreaterThanOrEqual(figures.latency.p50);
  });

  it('goes on where a stopped run ended, even in the middle of a line', async () => {
    const checkpoint = join(one.folder, 'run.jsonl');
    const whole = await collect(evaluate({ set, generator: newGenerator(), executor }));
    let kept = 0;
    const batches = { set, executor, batch: 2, checkpoint, onKept: () => kept++ };
    const begun = evaluate({ ...batches, generator: newGenerator() });
    await begun.next();
    expect(kept).toBe(1);
    await begun.return(undefined);
    appendFileSync(checkpoint, '{"index": 2, "quest');
    const generator = newGenerator();
    const resumed = await collect(evaluate({ ...batches, generator }));
    expect(kept).toBe(3);
    const outcome = (items: typeof whole) =>
      items.map(({ index, sql, correct }) => ({ index, sql, correct }));
    expect(outcome(resumed)).toEqual(outcome(whole));
    expect(
      generator.requests.filter(({ request }) => request.n === 1).flatMap(({ prompts }) => prompts),
    ).toHaveLength(4);
    expect(readFileSync(checkpoint, 'utf8').trim().split('\n')).toHaveLength(7);
  });

  it('refuses the results of another run', async () => {
    const checkpoint = join(one.folder, 'other.jsonl');
    await collect(evaluate({ set, generator: newGenerator(), executor, limit: 1, checkpoint }));
    const other = evaluate({ set, generator: newGenerator(), executor, budget: 200, checkpoint });
    await expect(other.next()).rejects.toMatchObject({ code: 'bad-data' });
  });

  it('does not go on under other descriptions, and reads what has no note of them', async () => {
    const checkpoint = join(one.folder, 'described.jsonl');
    const describedAs = (text: string | undefined): TextToSqlSet => ({
      ...set,
      databases: new Map(
        [...set.databases].map(([name, database]) => {
          const descriptions = text === undefined ? [] : [{ table: 'company', column: null, text }];
          const schema = describeSchema(database.schema, descriptions);
          return [name, { ...database, schema, descriptions }];
        }),
      ),
    });
    const run = (text: string | undefined, limit: number) => {
      const options = { generator: newGenerator(), executor, limit, checkpoint };
      return collect(evaluate({ ...options, set: describedAs(text) }));
    };
    await run('firms', 1);
    for (const other of ['enterprises', undefined]) {
      await expect(run(other, 2)).rejects.toMatchObject({
        code: 'bad-data',
        message: expect.stringMatching(/other descriptions of fund: they have changed since/),
      });
    }
    expect(await run('firms', 2)).toHaveLength(2);
    const [head = '', ...lines] = readFileSync(checkpoint, 'utf8').split('\n');
    const { run: id } = JSON.parse(head);
    writeFileSync(checkpoint, [JSON.stringify({ run: id }), ...lines].join('\n'));
    expect(await run('enterprises', 3)).toHaveLength(3);
  });

  it('takes exemplars from a function, too', async () => {
    const run = (exemplars: typeof set.items | (() => typeof set.items)) =>
      collect(evaluate({ set, generator: newGenerator(), executor, limit: 2, exemplars }));
    const drafts = async (of: ReturnType<typeof run>) =>
      (await of).map(({ draft, promptTokens }) => ({ draft, promptTokens }));
    expect(await drafts(run(() => set.items))).toEqual(await drafts(run(set.items)));
  });

  it('names every bad option', async () => {
    const misspelt = { sample: 3 };
    const generator = newGenerator();
    const wrong = evaluate({ set, generator, batch: 0, samples: 99, ...misspelt });
    await expect(wrong.next()).rejects.toThrow(/batch[\s\S]*samples[\s\S]*"sample"/);
  });
});
