import { afterAll, describe, expect, it } from 'vitest';
import { introspect } from '../database/introspect.ts';
import { temporaryDatabase } from '../testing/fund-database.ts';
import { chance, shuffled } from './chance.ts';
import type { TextToSqlSet } from './text-to-sql-set.ts';
import { buildTrainingExamples, planTrainingExamples } from './training-examples.ts';

const { file, remove } = temporaryDatabase();
afterAll(remove);

const item = (question: string, sql: string) => ({ question, sql, db: 'fund' });
const set: TextToSqlSet = {
  items: [
    item('How many managers are there?', 'SELECT count(*) FROM manager;'),
    item('how many managers are there', 'SELECT count(id) FROM manager'),
    item(
      'How many managers have a Doctorate?',
      'SELECT COUNT(*) FROM manager WHERE degree = "Doctorate"',
    ),
    item('Show the number of managers', 'select count(*) from manager'),
    item('What is broken?', 'SELECT Nonsense FROM manager'),
    item('Delete it', 'DELETE FROM manager'),
  ],
  databases: new Map([['fund', { schema: introspect(file, 'fund'), instances: [file] }]]),
};

describe('buildTrainingExamples', () => {
  it('writes completions in normal form, and leaves out what does not run', () => {
    const { examples, skipped } = buildTrainingExamples(set);
    expect(examples.map(({ completion }) => completion)).toEqual([
      ' select count(*) from manager',
      ' select count(id) from manager',
      " select count(*) from manager where degree = 'Doctorate'",
      ' select count(*) from manager',
    ]);
    expect(skipped.map(({ item: { question }, reason }) => [question, reason])).toEqual([
      ['What is broken?', 'no such column: Nonsense'],
      ['Delete it', 'not a query'],
    ]);
  });

  it('writes the skeleton before each statement where that is wanted', () => {
    const plain = buildTrainingExamples(set).examples;
    const { examples } = buildTrainingExamples(set, { skeletonFirst: true });
    expect(examples[2]?.completion).toBe(
      " select count ( * ) from _ where _ = _ | select count(*) from manager where degree = 'Doctorate'",
    );
    expect(examples.map(({ prompt }) => prompt)).toEqual(plain.map(({ prompt }) => prompt));
  });

  it('builds what is chosen alone, as it is built among all', () => {
    const all = buildTrainingExamples(set, { seed: 3 });
    const some = buildTrainingExamples(set, {
      seed: 3,
      choose: (items) => [2, 0, 2].flatMap((at) => items.slice(at, at + 1)),
    });
    expect(some.examples).toEqual([2, 0, 2].map((at) => all.examples[at]));
    expect(some.skipped).toEqual(all.skipped);
  });

  it('plans what it would build, each built when asked for, once', () => {
    const { examples, skipped } = buildTrainingExamples(set, { seed: 3 });
    const plan = planTrainingExamples(set, { seed: 3 });
    expect(plan.count).toBe(examples.length);
    expect(plan.skipped).toEqual(skipped);
    const last = plan.build(plan.count - 1);
    expect(last).toEqual(examples.at(-1));
    expect(plan.build(plan.count - 1)).toBe(last);
    expect(() => plan.build(plan.count)).toThrow(RangeError);
  });

  it('shows beside a second draft the exemplar that is nearest to the SQL', () => {
    const items = [
      item('Which people have a Doctorate?', "select manager_name from manager where degree = 'x'"),
      item('Which people have no Doctorate?', 'select max(size) from fund'),
      item(
        'Which people have a low degree?',
        "select manager_name from manager where degree = 'y'",
      ),
    ];
    const built = (redrafted: number) =>
      buildTrainingExamples({ ...set, items }, { withoutExemplar: 0, redrafted }).examples[0];
    expect(built(0)?.prompt).toContain('Which people have no Doctorate?');
    expect(built(1)?.prompt).toContain('Which people have a low degree?');
    expect(built(1)?.completion).toBe(built(0)?.completion);
    const alone = { withoutExemplar: 1, redrafted: 1 };
    const { examples } = buildTrainingExamples({ ...set, items }, alone);
    expect(examples.map(({ prompt }) => prompt)).not.toContain('SQL: select');
  });

  it('never shows an item itself, or the same question in other signs', () => {
    const { examples } = buildTrainingExamples(set, { withoutExemplar: 0 });
    const exemplar = (index: number) =>
      /Q: (.*)\nSQL: .*\nQ: /.exec(examples[index]?.prompt ?? '')?.[1];
    expect(exemplar(0)).toBe('How many managers have a Doctorate?');
    expect(exemplar(1)).toBe('How many managers have a Doctorate?');
    expect(exemplar(2)).toMatch(/^how many managers/i);
  });

  it('passes over exemplars with the same SQL when asked to', () => {
    const { examples } = buildTrainingExamples(set, { withoutExemplar: 0, skipSameSql: true });
    expect(examples[3]?.prompt).not.toContain('SQL: select count(*) from manager\n');
  });

  it('shows questions beside the set, and learns nothing of them', () => {
    const beside = [item('Tell me the degree of manager number 7', 'select degree from manager')];
    const alone = {
      ...set,
      items: [item('Tell me the degree of manager 9', 'select degree from manager')],
    };
    const { examples } = buildTrainingExamples(alone, { beside, withoutExemplar: 0 });
    expect(examples).toHaveLength(1);
    expect(examples[0]?.prompt).toContain('Q: Tell me the degree of manager number 7\nSQL: select');
    const other = { beside, withoutExemplar: 0, skipSameForm: 1 };
    expect(buildTrainingExamples(alone, other).examples[0]?.prompt).not.toContain('number 7');
  });

  it('goes without exemplars, and shuffles tables, as often as it is told', () => {
    const alone = buildTrainingExamples(set, { withoutExemplar: 1, shuffleTables: 0 }).examples;
    for (const { prompt } of alone) expect(prompt.match(/^Q: /gm)).toHaveLength(1);
    const firstTable = (examples: typeof alone) =>
      examples.map(({ prompt }) => prompt.slice(0, prompt.indexOf('(')));
    expect(firstTable(alone)).toEqual(['manager', 'manager', 'manager', 'manager']);
    const orders = [1, 2, 3].map((seed) =>
      firstTable(
        buildTrainingExamples(set, { seed, withoutExemplar: 1, shuffleTables: 1 }).examples,
      ).join(),
    );
    expect(new Set(orders).size).toBe(3);
  });

  it('shows what gold uses however small the budget is', () => {
    const { examples } = buildTrainingExamples(set, { budget: 10, withoutExemplar: 1 });
    expect(examples[2]?.prompt).toMatch(/^manager\(.*degree/m);
  });

  it('is the same for the same seed', () => {
    expect(buildTrainingExamples(set, { seed: 5 })).toEqual(
      buildTrainingExamples(set, { seed: 5 }),
    );
  });
});

describe('chance', () => {
  it('is uniform enough, and independent of order', () => {
    const draws = Array.from({ length: 2000 }, (_, index) => chance(1, index, 'test'));
    const mean = draws.reduce((sum, draw) => sum + draw, 0) / draws.length;
    expect(mean).toBeGreaterThan(0.47);
    expect(mean).toBeLessThan(0.53);
    expect(chance(1, 1999, 'test')).toBe(draws[1999]);
    expect(shuffled(['a', 'b', 'c', 'd', 'e', 'f'], 3, 1).sort()).toEqual([
      'a',
      'b',
      'c',
      'd',
      'e',
      'f',
    ]);
  });
});
