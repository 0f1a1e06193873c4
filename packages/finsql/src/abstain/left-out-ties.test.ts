import { afterAll, describe, expect, it } from 'vitest';
import { createSqlExecutor } from '../database/execute.ts';
import { createFinSql } from '../pipeline.ts';
import { temporaryDatabase } from '../testing/fund-database.ts';
import { scriptedGenerator } from '../testing/scripted-generator.ts';

const { file, remove } = temporaryDatabase(
  `create table fund (fund_name text, city text, size real);
   insert into fund values ('Alpha', 'Wuhan', 90), ('Beta', 'Wuhan', 90), ('Gamma', 'Hefei', 90), ('Delta', 'Hefei', 80);`,
  'ties.sqlite',
);
const executor = createSqlExecutor({ workers: 1 });
afterAll(() => {
  executor.close();
  remove();
});

async function told(sql: string, language: 'en' | 'zh' = 'en'): Promise<string[]> {
  const question = 'Which fund is the largest?';
  const generator = scriptedGenerator({ [question]: [sql] });
  const finSql = createFinSql({ generator, executor, samples: 0, language });
  const { warnings } = await finSql.ask(question, file);
  return warnings.map(({ text }) => text).filter((text) => /left out|并列/.test(text));
}

describe('rows that are equal to the last one shown', () => {
  it.each([
    ['select fund_name from fund order by size desc limit 1', 2],
    ['select fund_name, size as s from fund order by s desc limit 2', 1],
    ['select city, count(*) from fund group by city order by 2 desc limit 1', 1],
    ['select city, count(*) as n from fund group by city order by n limit 1', 1],
    ['select city, sum(size) total from fund group by 1 order by count(*), city limit 1', 0],
    ['select fund_name from fund order by size desc limit 3', 0],
    ['select fund_name from fund order by size desc, fund_name limit 1', 0],
    ['select fund_name from fund limit 1', 0],
    ['select distinct size from fund order by size desc limit 1', 0],
    ['select max(size) from fund order by 1 limit 1', 0],
  ])('are told: %s', async (sql, more) => {
    expect(await told(sql)).toEqual(
      more === 0
        ? []
        : [
            `${more} other ${more === 1 ? 'row is' : 'rows are'} equal to the last one shown in what they are sorted by, and left out.`,
          ],
    );
  });

  it('are told in Chinese', async () => {
    const sql = 'select fund_name from fund order by size desc limit 1';
    expect(await told(sql, 'zh')).toEqual(['另有 2 行与显示的最后一行并列，没有列出。']);
  });
});
