import { afterAll, describe, expect, it } from 'vitest';
import { introspect } from '../database/introspect.ts';
import { temporaryDatabase } from '../testing/fund-database.ts';
import { sqlReferences } from './references.ts';

const { file, remove } = temporaryDatabase();
afterAll(remove);
const schema = introspect(file);

describe('sqlReferences', () => {
  it.each<[string, string[], string[]]>([
    ['select Size from Fund', ['fund'], ['fund.size']],
    [
      'select t2.city, id from fund as t1 join company t2 on t1.company_id = t2.id',
      ['fund', 'company'],
      ['company.city', 'company.id', 'fund.company_id'],
    ],
    [
      'select count(*) from manager where id in (select manager_id from fund_manager)',
      ['manager', 'fund_manager'],
      ['manager.id', 'fund_manager.manager_id'],
    ],
    [
      'select "unit value" from "Net Value" where "Order" = 1',
      ['net value'],
      ['net value.unit value', 'net value.order'],
    ],
    [
      'select fund_name from fund, company where company_id = company.id',
      ['fund', 'company'],
      ['fund.fund_name', 'fund.company_id', 'company.id'],
    ],
    ["select 'fund' from nowhere", [], []],
    ['select from from fund join', ['fund'], []],
  ])('%s', (sql, tables, columns) => {
    const found = sqlReferences(sql, schema);
    expect(found.tables).toEqual(tables);
    expect([...found.columns].sort()).toEqual([...columns].sort());
  });
});
