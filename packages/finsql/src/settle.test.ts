import { afterAll, describe, expect, it } from 'vitest';
import type { TextToSqlItem } from './data/text-to-sql-set.ts';
import { createSqlExecutor } from './database/execute.ts';
import { createFinSql } from './pipeline.ts';
import { temporaryDatabase } from './testing/fund-database.ts';
import { scriptedGenerator } from './testing/scripted-generator.ts';

const { file, remove } = temporaryDatabase();
const executor = createSqlExecutor({ workers: 1 });
afterAll(() => {
  executor.close();
  remove();
});

const ask = async (
  question: string,
  candidates: readonly string[],
  samples = 6,
  known: readonly TextToSqlItem[] = [],
) => {
  const generator = scriptedGenerator({ [question]: candidates });
  const exemplars = known.length === 0 ? {} : { exemplars: known };
  const finSql = createFinSql({
    ...{ generator, executor, samples, abstain: false, wordByWord: false, knownQuestions: false },
    ...exemplars,
  });
  const answer = await finSql.ask(question, file);
  const repair = answer.trace.find(({ name }) => name === 'repair');
  return { ...answer, codes: answer.warnings.map(({ code }) => code), repair };
};

describe('a statement that finds nothing', () => {
  const none = 'select fund_name from fund where size < 0';
  const smallest = 'select fund_name from fund order by size limit 1';
  const other = 'select fund_name from fund where size < 100';

  it('is replaced by what several candidates agree on, and that is said', async () => {
    const { sql, rows, codes } = await ask('Which fund is the smallest?', [none, smallest, other]);
    expect(rows).toEqual([['Alpha Bond']]);
    expect(sql).toBe(smallest);
    expect(codes).toEqual(['another-reading']);
  });

  it('stays where one candidate alone finds something', async () => {
    const script = [none, 'select fund_name from fund', none, none, none, none];
    const { sql, rows, codes, repair } = await ask('Which fund is the smallest?', script);
    expect([sql, rows, codes]).toEqual([none, [], ['no-rows']]);
    expect(repair?.detail).toMatchObject({ sql: null });
  });

  it('is replaced where it joins everything with everything, and never by what does so, too', async () => {
    const every = 'select b.fund_name from big_fund as b join manager as m on m.id = m.id';
    const script = [every, every, every, smallest, other];
    const { sql, rows, warnings, repair } = await ask('Which fund is the smallest?', script);
    expect([sql, rows]).toEqual([smallest, [['Alpha Bond']]]);
    expect(warnings.map(({ text }) => text)).toEqual([
      expect.stringMatching(/joined every row with every other/),
    ]);
    const without = expect.objectContaining({ sql: every, count: 4, votes: 0 });
    expect(repair?.detail).toMatchObject({ candidates: expect.arrayContaining([without]) });
  });

  it('stays where there is no second try', async () => {
    const { codes, repair } = await ask('Which fund is the smallest?', [none, smallest, other], 0);
    expect([codes, repair]).toEqual([['no-rows'], undefined]);
  });

  it('stays where the question asks for what is stored nowhere', async () => {
    const unknown = "select size from fund where fund_name = 'Gamma Value'";
    const others = ['select size from fund', 'select size from fund where size > 0'];
    const { sql, rows } = await ask('What is the size of Gamma Value?', [unknown, ...others]);
    expect([sql, rows]).toEqual([unknown, []]);
  });

  it('is replaced where another column holds the text', async () => {
    const astray = "select manager_name from manager where degree = 'Shanghai'";
    const meant = "select company_name from company where city = 'Shanghai'";
    const { rows, codes } = await ask('Who is in Shanghai?', [astray, meant, meant]);
    expect([rows, codes]).toEqual([[['Alpha Fund Management Co., Ltd.']], ['another-reading']]);
  });

  it('is replaced where the model made up the text itself', async () => {
    const madeUp = "select manager_name from manager where degree = 'Second degree'";
    const meant = "select manager_name from manager where degree = 'Master'";
    const { rows, codes } = await ask('Who has a middling education?', [madeUp, meant, meant]);
    expect([rows, codes]).toEqual([[['Wang Wei']], ['another-reading']]);
  });
});

describe('a statement whose rows tell that it is not what was meant', () => {
  it('counts nothing, since another column holds the text', async () => {
    const astray = "select count(*) from manager where manager_name = 'Master'";
    const { sql, rows, codes, warnings } = await ask(
      'How many managers have a Master?',
      [astray],
      0,
    );
    expect(sql).toBe("select count(*) from manager where manager.degree = 'Master'");
    expect([rows, codes]).toEqual([[[1]], ['stored-spelling']]);
    const { text = '' } = warnings[0] ?? {};
    expect(text).toMatch("'Master' is asked of manager.degree in place of manager.manager_name");
  });

  it('asks for what no row can be', async () => {
    const both =
      "select degree from manager where manager_name = 'Li Na' and manager_name = 'Zhao Min'";
    const { rows, codes } = await ask('Which degree do both Li Na and Zhao Min have?', [both], 0);
    expect([rows, codes]).toEqual([[['Doctorate']], ['corrected']]);
  });

  it('lists a row twice, where the known statements do not', async () => {
    const list = 'select c.city from fund as f join company as c on f.company_id = c.id';
    const known = Array.from({ length: 40 }, (_, index) => ({
      db: 'fund',
      question: `Which cities are on page ${index}?`,
      sql: 'select distinct city from company',
    }));
    const question = 'Where are the companies of the funds?';
    const once = await ask(question, [list], 0, known);
    expect([once.rows, once.codes]).toEqual([[['Shanghai'], ['Beijing']], ['corrected']]);
    const twice = await ask(question, [list], 0);
    expect([twice.rows.length, twice.codes]).toEqual([3, []]);
  });
});

describe('a statement that is known to answer the very question', () => {
  const item = (question: string, sql: string) => ({ db: 'fund', question, sql });

  it('stays as it is where a rule for every draft would change it', async () => {
    const question = 'List all funds smaller than 100.';
    const sql = 'select fund_name from fund where size > 100';
    const known = [item('list all funds smaller than 100', sql)];
    const kept = await ask(
      question,
      ['select f.fund_name from fund f where f.size > 100'],
      0,
      known,
    );
    expect([kept.rows.length, kept.codes]).toEqual([2, []]);
    const step = kept.trace.find(({ name }) => name === 'calibrate');
    expect(step?.detail).toMatchObject({ repairs: [], asKnown: known[0]?.question });
    const turned = await ask(question, [sql], 0);
    expect([turned.rows.length, turned.codes]).toEqual([1, ['corrected']]);
  });

  it('stays where it finds nothing, though another column, or other candidates, would', async () => {
    const question = 'How many managers have a Master?';
    const sql = "select count(*) from manager where manager_name = 'Master'";
    const other = "select count(*) from manager where degree = 'Doctorate'";
    const { rows, codes } = await ask(question, [sql, other, other], 6, [item(question, sql)]);
    expect([rows, codes]).toEqual([[[0]], ['value-not-stored']]);
  });

  it('is none that a known question in other words has, or that asks for something else', async () => {
    const question = 'How many managers have a Master?';
    const sql = "select count(*) from manager where manager_name = 'Master'";
    const known = [
      item('How many have a Master?', sql),
      item(question, "select count(*) from manager where manager_name = 'Doctor'"),
    ];
    const { rows, codes } = await ask(question, [sql], 0, known);
    expect([rows, codes]).toEqual([[[1]], ['stored-spelling']]);
  });

  it('is mended where it does not run', async () => {
    const question = 'Which funds are there?';
    const sql = 'select fundname from fund';
    const { rows, codes } = await ask(question, [sql], 0, [item(question, sql)]);
    expect([rows.length, codes]).toEqual([3, ['corrected']]);
  });
});

describe('a statement that joins everything once its names are mended', () => {
  const idle =
    'select c.city from company as c join manager as m on c.manager_name = m.manager_name';

  it('gives way to another attempt, and fails where there is none', async () => {
    const meant = 'select city from company';
    const { sql, codes } = await ask('Where do people work?', [idle, meant, meant]);
    expect([sql, codes]).toEqual([meant, ['another-attempt']]);
    await expect(ask('Where do people work?', [idle], 0)).rejects.toMatchObject({
      code: 'sql-error',
    });
  });
});

describe('a statement that runs and reads nothing of the data', () => {
  const question = 'How many managers are there?';
  const meant = 'select count(*) from manager';
  const constant = 'select 1';

  it.each([
    ['a name that is broken runs into the word before it', 'select count(*) from\uFFFD\uFFFD参数'],
    ['no table', constant],
    ['no table but one of its own', 'with t as (select 1 as n) select n from t'],
  ])('%s: gives way to another attempt, and fails where there is none', async (_, idle) => {
    const { sql, rows, codes } = await ask(question, [idle, idle, meant, idle]);
    expect([sql, rows, codes]).toEqual([meant, [[3]], ['another-attempt']]);
    await expect(ask(question, [idle], 0)).rejects.toMatchObject({ code: 'sql-error' });
  });

  it('says why in the trace, of the draft and of each candidate', async () => {
    const broken = "select count(*) from manager where manager_name = 'Li\uFFFD'";
    const { trace, repair } = await ask(question, [constant, broken, meant]);
    expect(trace.find(({ name }) => name === 'execute')?.detail).toEqual({
      sql: constant,
      error: 'the statement reads no table',
    });
    expect(repair?.detail).toMatchObject({
      candidates: [
        { sql: constant, votes: 0, error: 'the statement reads no table' },
        { sql: broken, votes: 0, error: 'the statement has a broken character (U+FFFD)' },
        { sql: meant, error: null },
      ],
    });
  });

  it('is none that lists a table behind another, in an inner query, or as what is looked in', async () => {
    for (const sql of [
      'select n from (select count(*) as n from manager)',
      'select (select count(*) from manager)',
      'with t as (select * from manager) select count(*) from t',
      'select count(*) from (big_fund)',
      'select 1 where 1 in (select id from manager)',
    ]) {
      expect(await ask(question, [sql], 0)).toMatchObject({ kind: 'answered' });
    }
  });
});

describe('a statement that passes over a stored text of the question', () => {
  const question = 'How many managers have a Master?';
  const all = 'select count(*) from manager';
  const meant = "select count(*) from manager where degree = 'Master'";

  it('is replaced by one that does not', async () => {
    const { sql, rows, codes } = await ask(question, [all, meant, meant, all]);
    expect([sql, rows, codes]).toEqual([meant, [[1]], ['another-reading']]);
  });

  it('stays with its warning where no other does better', async () => {
    const { sql, codes } = await ask(question, [all]);
    expect([sql, codes]).toEqual([all, ['passed-over']]);
  });
});
