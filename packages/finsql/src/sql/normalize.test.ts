import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { introspect } from '../database/introspect.ts';
import { Database } from '../database/sqlite.ts';
import { temporaryDatabase } from '../testing/fund-database.ts';
import { normalizeSql } from './normalize.ts';
import { tokenizeSql } from './tokenize.ts';

const { file, remove } = temporaryDatabase();
const schema = introspect(file);
const database = new Database(file, { readonly: true });
afterAll(() => {
  database.close();
  remove();
});

describe('normalizeSql', () => {
  it.each([
    ['SELECT  Fund_Name\nFROM fund ;', 'select fund_name from fund'],
    ['SELECT - - size, + + 2 FROM fund', 'select - -size, ++2 from fund'],
    [
      "select * from manager where degree='Master'",
      "select * from manager where degree = 'Master'",
    ],
    [
      'select * from manager where degree = "Master"',
      "select * from manager where degree = 'Master'",
    ],
    ['select "Fund_Name" from "FUND" where `size`>1', 'select fund_name from fund where size > 1'],
    [
      'select * from manager where manager_name = "O\'Hara"',
      "select * from manager where manager_name = 'O''Hara'",
    ],
    [
      'select [unit value], "Order" from "Net Value"',
      'select "unit value", "order" from "net value"',
    ],
    [
      'SELECT COUNT ( * ) , avg( size ) FROM fund WHERE size <> - 1',
      'select count(*), avg(size) from fund where size != -1',
    ],
    [
      'select size-1,-size, size * - 2 from fund where code in("a")',
      "select size - 1, -size, size * -2 from fund where code in ('a')",
    ],
    [
      "select T1.Code from Fund AS T1 -- all of them\n where T1.opened>=date( 'now' , '-1 Year')",
      "select t1.code from fund as t1 where t1.opened >= date('now', '-1 Year')",
    ],
    [
      'select size AS "Total Size" from fund order by "Total Size"',
      'select size as "total size" from fund order by "total size"',
    ],
    [
      'select code "The Code", sum(size) "Total" from fund group by code order by "The Code", "Total"',
      'select code "the code", sum(size) total from fund group by code order by "the code", total',
    ],
    [
      'with t("Total Sum") as (select sum(size) from fund) select "Total Sum" from t',
      'with t ("total sum") as (select sum(size) from fund) select "total sum" from t',
    ],
    [
      'with recursive "My Funds" as (select code from fund), b("A B") as not materialized (select 1) select "A B" from "My Funds", b',
      'with recursive "my funds" as (select code from fund), b("a b") as not materialized(select 1) select "a b" from "my funds", b',
    ],
    [
      'select "Total X" from (select sum(size) "Total X" from fund)',
      'select "total x" from (select sum(size) "total x" from fund)',
    ],
    [
      `select case when size > 1 then "Big" else "Small" end "How Big" from fund order by "How Big"`,
      `select case when size > 1 then 'Big' else 'Small' end "how big" from fund order by "how big"`,
    ],
    [
      'select code, "Star" as kind from fund where code in ("A", "B") or fund_name like "C%"',
      "select code, 'Star' as kind from fund where code in ('A', 'B') or fund_name like 'C%'",
    ],
    [
      'select code from fund order by code nulls last, size = "Last"',
      "select code from fund order by code nulls last, size = 'Last'",
    ],
    ["select '基金  A;B' from fund", "select '基金  A;B' from fund"],
    ['', ''],
  ])('%s', (before, after) => {
    expect(normalizeSql(before, schema)).toBe(after);
    expect(normalizeSql(after, schema)).toBe(after);
  });

  it('keeps what a statement returns', () => {
    const statements = [
      "SELECT Fund_Name , Size/2 , -Size , size||'x Y' FROM Fund AS F WHERE F.Size>=80 ORDER BY  F.Size DESC",
      'SELECT count ( * ), company_id FROM fund GROUP BY company_id HAVING count(*)>1',
      'select "unit value"+1 as "v w" from "Net Value" where "Order" in (1,2) order by "v w" desc',
      'select city "The City", count(*) "How Many" from company group by city order by "How Many" desc, "The City"',
      'with t("Total Sum") as (select sum(size) from fund) select "Total Sum" from t',
      "WITH big(n) AS (SELECT size FROM fund WHERE size > 100) SELECT n, CASE WHEN n>200 THEN 'Big' ELSE 'small' END FROM big",
      "SELECT m.manager_name FROM manager m JOIN fund_manager fm ON m.id=fm.manager_id WHERE NOT m.degree LIKE '%oct%' UNION SELECT city FROM company",
      "select cast(size as INTEGER)%7, substr(code,-2), x'4142', 1e2, .5, size BETWEEN -1 AND +90 from fund",
      'select (select max(size) from fund), exists(select 1 from big_fund), 3<<1, ~5, 7 & 3',
      'select strftime(\'%Y\', opened)="2015", count(company_id) filter(where size>1) over() from fund',
    ];
    for (const sql of statements) {
      const rows = (text: string) => database.prepare(text).raw().all();
      const raw = sql.replace('="2015"', "='2015'"); // better-sqlite3 takes "…" for names only
      expect(rows(normalizeSql(sql, schema)), sql).toEqual(rows(raw));
    }
  });

  it.each(['.\n1.5e3', '0 .<', '`A`(', 'with `a` (b)'])('writes %j once and for all', (sql) => {
    const once = normalizeSql(sql, schema);
    expect(normalizeSql(once, schema)).toBe(once);
  });

  it('is idempotent and keeps literals, whatever it is given', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        'select',
        ' FROM ',
        'fund',
        '"Net Value"',
        "'It''s'",
        '"x y"',
        '`',
        '[a',
        '(',
        ')',
        ',',
        '.',
        '-',
        '--',
        '/*',
        "x'4",
        '?1',
        '1.5e3',
        ';',
        '\n',
        '基金',
      ),
      fc.string({ maxLength: 4 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const once = normalizeSql(pieces.join(''), schema);
        expect(normalizeSql(once, schema)).toBe(once);
      }),
      { numRuns: 500 },
    );
    fc.assert(
      fc.property(fc.string(), (text) => {
        const literal = `'${text.replaceAll("'", "''")}'`;
        expect(normalizeSql(`SELECT ${literal} FROM fund`, schema)).toBe(
          `select ${literal} from fund`,
        );
      }),
    );
  });
});

describe('tokenizeSql', () => {
  it('accounts for every character but white space and comments', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (text) => {
        let at = 0;
        for (const token of tokenizeSql(text)) {
          expect(text.startsWith(token.text, token.start)).toBe(true);
          expect(token.start).toBeGreaterThanOrEqual(at);
          at = token.start + token.text.length;
        }
      }),
    );
  });
});
