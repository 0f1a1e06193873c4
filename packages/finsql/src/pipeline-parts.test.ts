/** Stages of the pipeline in place of which a caller puts its own. */
import { afterAll, describe, expect, it } from 'vitest';
import { RULES } from './calibrate/calibrate.ts';
import type { Rule } from './calibrate/rule.ts';
import { createSqlExecutor } from './database/execute.ts';
import { createFinSql } from './pipeline.ts';
import type { FinSqlOptions } from './pipeline-options.ts';
import type { Retriever } from './retrieval/retrievers/retriever.ts';
import { temporaryDatabase } from './testing/fund-database.ts';
import { scriptedGenerator } from './testing/scripted-generator.ts';

const { file, remove } = temporaryDatabase();
const executor = createSqlExecutor({ workers: 1, timeoutMs: 2000 });
afterAll(() => {
  executor.close();
  remove();
});

const QUESTION = 'Which managers have a doctorate degree?';
const generator = scriptedGenerator({
  [QUESTION]: ["select manager_name from manager where degree = 'doctorate'"],
});
const ask = (parts: Partial<FinSqlOptions>) =>
  createFinSql({ generator, executor, samples: 0, wordByWord: false, ...parts }).ask(
    QUESTION,
    file,
  );

const fundsFirst: Retriever = {
  name: 'funds first',
  summary: 'whatever is asked, the table of funds',
  exemplars: 'never',
  rank: () => Promise.resolve({ tables: ['fund'], columns: ['fund.city', 'fund.fund_name'] }),
};

describe('a retriever of one’s own', () => {
  it('orders the tables and columns of the prompt', async () => {
    const tablesOf = async (parts: Partial<FinSqlOptions>) => {
      const { trace } = await ask(parts);
      return trace.find((stage) => stage.name === 'retrieve')?.detail.tables.map((t) => t.name);
    };
    expect((await tablesOf({}))?.[0]).toBe('manager');
    const own = await tablesOf({ retriever: fundsFirst });
    expect(own?.[0]).toBe('fund');
    expect(own).toHaveLength((await tablesOf({}))?.length as number);
  });
});

describe('rules of one’s own', () => {
  const onlyLi: Rule = {
    name: 'only-li',
    summary: 'keeps managers called Li',
    when: 'always',
    apply: (sql) => (sql.includes('like') ? sql : `${sql} and manager_name like 'Li%'`),
  };

  it('go with those that there are, or in their place', async () => {
    expect((await ask({})).rows).toHaveLength(2);
    const more = await ask({ rules: [...RULES, onlyLi] });
    expect(more.rows).toEqual([['Li Na']]);
    expect(more.warnings.map(({ text }) => text).join(' ')).toContain('only-li');
    // Without fix-values the spelling stays that of the question, under which nothing is stored.
    expect((await ask({ rules: [] })).rows).toEqual([]);
  });
});
