import { expect, it } from 'vitest';
import type { TextToSqlItem } from '../data/text-to-sql-set.ts';
import { buildExemplarIndex } from '../retrieval/exemplars.ts';
import { NO_VALUES } from '../retrieval/values.ts';
import type { Schema } from '../schema/schema.ts';
import { listOnce } from './list-once.ts';

const schema: Schema = { name: 'funds', tables: [] };

/** Of forty known lists, that many leave equal rows out. */
function afterKnown(distinct: number, sql: string): string {
  const items = Array.from({ length: 40 }, (_, index): TextToSqlItem => {
    const select = index < distinct ? 'select distinct' : 'select';
    return { db: 'funds', question: `Question ${index}`, sql: `${select} city from company` };
  });
  const exemplars = buildExemplarIndex(items);
  return listOnce.apply(sql, { schema, links: [], values: NO_VALUES, exemplars });
}

const LIST = 'select c.city from fund as f join company as c on f.company_id = c.id';

it('follows the habit of the known statements', () => {
  expect(afterKnown(2, LIST)).toBe(LIST.replace('select', 'select distinct'));
  expect(afterKnown(1, LIST)).toBe(LIST);
});

it.each([
  ['counted', 'select city, count(*) from company group by city'],
  ['cut off', 'select city from company order by founded limit 3'],
  ['distinct already', 'select distinct city from company'],
  ['set against others', 'select city from company intersect select city from bank'],
])('leaves alone what is %s', (_, sql) => {
  expect(afterKnown(20, sql)).toBe(sql);
});
