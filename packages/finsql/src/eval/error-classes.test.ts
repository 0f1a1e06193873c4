import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { createSqlExecutor } from '../database/execute.ts';
import { introspect } from '../database/introspect.ts';
import { temporaryDatabase } from '../testing/fund-database.ts';
import { clauseParts } from './clause-parts.ts';
import { ERROR_CLASSES, errorClasses } from './error-classes.ts';

const GOLDEN = new URL('../../../../test/golden/', import.meta.url);
const read = (name: string) => readFileSync(new URL(name, GOLDEN), 'utf8');
const database = temporaryDatabase(read('calibrate/schema.sql'));
const schema = introspect(database.file);
const executor = createSqlExecutor({ workers: 1 });
afterAll(() => {
  executor.close();
  database.remove();
});

const pairs = read('error-classes/pairs.sql')
  .trimEnd()
  .split(/\n\n+(?=--)/)
  .map((block) => {
    const [head = '', gold = '', predicted = ''] = block.split('\n');
    const [, title = '', classes = ''] = /^-- (.*?): (.*)$/.exec(head) ?? [];
    return { title, classes, gold, predicted };
  });

describe('errorClasses', () => {
  it.each(pairs)('$title: $classes', async ({ classes, gold, predicted }) => {
    const error = await executor
      .execute(database.file, predicted, { timeoutMs: 5_000 })
      .then(() => null, String);
    const wrong = { correct: false, skipped: null, error };
    expect(errorClasses(gold, predicted, schema, wrong).join(', ')).toBe(classes);
  });

  it('has a pair for each class', () => {
    for (const name of ERROR_CLASSES) {
      expect(pairs.some(({ classes }) => classes.includes(name))).toBe(true);
    }
  });

  it('finds nothing wrong with what is right or does not count', () => {
    const differing = ['select code from fund', 'select id from company'] as const;
    for (const score of [
      { correct: true, skipped: null, error: null },
      { correct: false, skipped: 'gold-empty', error: null },
    ] as const) {
      expect(errorClasses(...differing, schema, score)).toEqual([]);
    }
  });
});

describe('clauseParts', () => {
  it.each([
    [
      'aliases, order and where a join stands',
      'select a.fund_name, b.city from fund a, company b where b.id = a.company_id and a.size > 1',
      'SELECT city, fund_name FROM company JOIN fund ON company_id = company.id WHERE size > 1',
    ],
    [
      'names of results',
      'select count(*) as n from fund order by size asc',
      'select count(*) from fund order by fund.size',
    ],
    [
      'quotes',
      'select "unit value" from "net value"',
      'select "net value"."unit value" from [net value];',
    ],
  ])('does not tell apart %s', (_, left, right) => {
    expect(clauseParts(left, schema)).toEqual(clauseParts(right, schema));
  });

  it('keeps what belongs to a subquery at its depth', () => {
    const parts = clauseParts(
      "select max(size) from fund where company_id = (select id from company where city = 'X' limit 1)",
      schema,
    );
    expect(parts).toEqual({
      tables: ['0 fund', '1 company'],
      joins: [],
      nesting: ['0 subquery'],
      select: ['0 max ( fund.size )', '1 company.id'],
      conditions: ['0 fund.company_id = (subquery)', '1 company.city = ?'],
      literals: ["1 'X'"],
      grouping: ['1 limit 1'],
    });
  });
});
