import { afterAll, describe, expect, it } from 'vitest';
import { introspect } from '../database/introspect.ts';
import type { Retriever } from '../retrieval/retrievers/retriever.ts';
import { temporaryDatabase } from '../testing/fund-database.ts';
import { measureRetrieval } from './retrieval.ts';

const { file, remove } = temporaryDatabase();
afterAll(remove);

const items = [
  [
    'How many companies are there in Shanghai?',
    "select count(*) from company where city = 'Shanghai'",
  ],
  ['Which people have a Doctorate?', "select manager_name from manager where degree = 'Doctorate'"],
  ['How old is the data?', 'select max("unit value") from "Net Value"'],
  ['What is one and one?', 'select 1 + 1'],
].map(([question = '', sql = '']) => ({ question, db: 'fund', sql }));
const set = {
  items,
  databases: new Map([['fund', { schema: introspect(file), instances: [file] }]]),
};
const train = [
  {
    question: 'How old is all of the data?',
    db: 'fund',
    sql: 'select "unit value" from "Net Value"',
  },
  { question: 'how OLD is the data', db: 'fund', sql: 'select city from company' },
];

describe('measureRetrieval', () => {
  it('counts what gold uses among the first tables and columns', async () => {
    const fixed: Retriever = {
      name: 'fixed',
      summary: 'the same for every question',
      exemplars: 'never',
      rank: () => ({ tables: ['company', 'manager'], columns: ['manager.degree', 'company.city'] }),
    };
    const report = await measureRetrieval(set, { also: [fixed] });
    const figures = report.retrievers.find(({ retriever }) => retriever === 'fixed');
    const third = 100 / 3;
    expect(figures?.tables.recall).toEqual({ 1: third, 3: 2 * third, 5: 2 * third, 10: 2 * third });
    // company.city; manager.manager_name and manager.degree; "Net Value"."unit value".
    expect(figures?.columns.recall[1]).toBeCloseTo(50 / 3, 10);
    expect(figures?.columns.recall[3]).toBeCloseTo(50, 10);
    expect(figures?.columns.complete[3]).toBeCloseTo(third, 10);
    expect(report).toMatchObject({ questions: 3, skipped: 1, trainingPairs: 0, databases: 1 });
  });

  it('measures what training pairs can help with and without them, and uses no leak', async () => {
    const report = await measureRetrieval(set, { train });
    expect(report.leaks).toBe(1);
    expect(
      report.retrievers.map(({ retriever, trainingPairs }) => [retriever, trainingPairs]),
    ).toEqual([
      ['exemplar voting', true],
      ['lexical (BM25)', false],
      ['combined', false],
      ['combined', true],
    ]);
    const at = (name: string, pairs: boolean) =>
      report.retrievers.find((row) => row.retriever === name && row.trainingPairs === pairs)?.tables
        .recall[1];
    expect(at('combined', true)).toBeGreaterThan(at('combined', false) ?? 100);
    expect(at('lexical (BM25)', false)).toBeCloseTo(200 / 3, 10);
    expect(
      report.prompts.map(({ trainingPairs, allTables }) => [trainingPairs, allTables]),
    ).toEqual([
      [false, 100],
      [true, 100],
    ]);
  });

  it('refuses a set of nothing', async () => {
    await expect(measureRetrieval({ ...set, items: items.slice(3) })).rejects.toThrow(
      expect.objectContaining({ code: 'bad-data' }),
    );
  });
});
