import { afterAll, describe, expect, it } from 'vitest';
import { introspect } from '../database/introspect.ts';
import { temporaryDatabase } from '../testing/fund-database.ts';
import { explainSql } from './explain.ts';

const { file, remove } = temporaryDatabase();
afterAll(remove);
const schema = introspect(file);

describe('explainSql', () => {
  it('has a sentence for each clause', () => {
    const sql = `select c.city, count(*) as n, avg(f.size) from fund as f join company as c on f.company_id = c.id
      where f.size between 10 and 500 and (c.city in ('Shanghai', 'Beijing') or strftime('%Y', f.opened) = '2015')
      group by c.city having count(*) > 1 order by n desc, c.city limit 3`;
    expect(explainSql(sql, schema)).toEqual([
      'Reads fund (funds on sale) and company (fund companies), matched where fund.company_id is company.id.',
      "Keeps rows where fund.size is between 10 and 500 and (company.city is among 'Shanghai', 'Beijing' or the year of fund.opened is '2015').",
      'Makes one group per company.city.',
      'Keeps groups where the number of rows is more than 1.',
      'Shows company.city, the number of rows (as n) and the average of fund.size.',
      'Sorts by n, highest first; then company.city, lowest first.',
      'Takes the first 3 rows.',
    ]);
  });

  it('tells of inner queries and second queries', () => {
    expect(
      explainSql(
        'select distinct fund_name from fund where company_id not in (select id from company) union select city from company',
        schema,
      ),
    ).toEqual([
      'Reads fund (funds on sale).',
      'Keeps rows where company_id is not among the results of another query (over company).',
      'Shows each different fund_name.',
      'Adds the rows (without repetitions) of a second query:',
      'Reads company (fund companies).',
      'Shows city.',
    ]);
  });

  it.each([
    ['select * from fund limit 1', 'Shows all columns.'],
    ['select count(distinct city) from company', 'Shows the number of different city.'],
    ['select 1 from fund where note is not null', 'Keeps rows where note is not missing.'],
    [
      "select 1 from fund where opened > date('now', '-1 year')",
      "Keeps rows where opened is more than today '-1 year'.",
    ],
    ['select 1 from fund limit 5 offset 10', 'Takes any 5 rows after leaving out 10.'],
    ['select 1 from fund limit 10, 5', 'Takes any 5 rows after leaving out 10.'],
    ['select size * 2 from fund', 'Shows size * 2.'],
  ])('%s', (sql, sentence) => {
    expect(explainSql(sql, schema)).toContain(sentence);
  });

  it.each(['', 'select from where', 'delete from fund', 'not sql at all'])(
    'is silent about %j',
    (sql) => {
      expect(explainSql(sql, schema)).toEqual([]);
    },
  );
});
