import { afterAll, expect, it } from 'vitest';
import { createSqlExecutor } from '../database/execute.ts';
import { introspect } from '../database/introspect.ts';
import { prepareDatabase } from '../retrieval/context.ts';
import { temporaryDatabase } from '../testing/fund-database.ts';
import { haveSameRows, vote } from './vote.ts';

const { file, remove } = temporaryDatabase();
const executor = createSqlExecutor({ workers: 1 });
afterAll(() => {
  executor.close();
  remove();
});
const tools = { file, executor, limits: {}, calibration: prepareDatabase(introspect(file)) };

it('counts equal rows whatever their order', async () => {
  const drafts = [
    'select code from fund order by code',
    'select code from fund order by code desc',
  ];
  const { candidates, agreement } = await vote(drafts, tools);
  expect(candidates.map(({ votes }) => votes)).toEqual([2, 2]);
  expect(agreement).toBe(1);
});

it('takes, of groups with as many votes, the one with more candidates that ask alike', async () => {
  const funds = ['select count(*) from fund', 'select count(code) from fund'];
  const companies = ['select count(*) from company', 'select count(*) from company'];
  const { candidates, best } = await vote([...funds, ...companies], tools);
  expect(candidates.map(({ votes, alike }) => [votes, alike])).toEqual([
    [2, 1],
    [2, 1],
    [2, 2],
  ]);
  expect(best?.sql).toBe(companies[0]);
});

it('counts rows as equal whose columns stand in another order, or that rounding tells apart', async () => {
  const asked = [
    ['select code, size from fund', 'select size, code from fund'],
    ['select 0.1 + 0.2 from fund', 'select 0.3 from fund'],
    ['select 0.1 + 0.2 - 0.3 from fund', 'select 0 from fund'],
    ['select 100.0 * size / 3 / 1.1 from fund', 'select size / 3.0 * 100 / 1.1 from fund'],
  ];
  for (const drafts of asked) {
    const { candidates } = await vote(drafts, tools);
    expect(candidates.map(({ votes }) => votes)).toEqual([2, 2]);
  }
  const { candidates } = await vote(['select 0.3 from fund', 'select 0.30000001 from fund'], tools);
  expect(candidates.map(({ votes }) => votes)).toEqual([1, 1]);
});

it('tells rows apart by neither their order nor that of columns of equal values', () => {
  const of = (rows: (number | string)[][]) => ({
    columns: [],
    rows,
    truncated: false,
    milliseconds: 0,
  });
  const ring = of([
    [1, 2],
    [2, 3],
    [3, 1],
  ]);
  const turned = of([
    [1, 3],
    [2, 1],
    [3, 2],
  ]);
  expect(haveSameRows(ring, turned)).toBe(true);
  expect(haveSameRows(ring, of([...ring.rows, [1, 2]]))).toBe(false);
  expect(haveSameRows(of([[0]]), of([[2.7e-17]]))).toBe(true);
  expect(haveSameRows(of([[0]]), of([['0']]))).toBe(false);
});
