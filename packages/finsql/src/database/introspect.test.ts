import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { findTable } from '../schema/schema.ts';
import { FUND_SQL, temporaryDatabase } from '../testing/fund-database.ts';
import { columnKind } from './column-kind.ts';
import { parseComments } from './comments.ts';
import { introspect } from './introspect.ts';

const { folder, file, remove } = temporaryDatabase();
afterAll(remove);

describe('introspect', () => {
  const schema = introspect(file);
  const table = (name: string) => findTable(schema, name);

  it('reads tables and views in order', () => {
    expect(schema.name).toBe('fund');
    expect(schema.tables.map(({ name }) => name)).toEqual([
      'company',
      'fund',
      'manager',
      'fund_manager',
      'Net Value',
      'big_fund',
    ]);
    expect(table('fund')?.rowCount).toBe(3);
    expect(table('big_fund')).not.toHaveProperty('rowCount');
    expect(table('big_fund')?.columns).toHaveLength(5);
  });

  it('reads comments, kinds, keys and samples', () => {
    expect(table('company')?.comment).toBe('fund companies | 基金公司');
    expect(table('fund')?.columns[3]).toEqual({
      name: 'opened',
      type: 'TEXT',
      kind: 'date',
      comment: 'date of the first sale | 成立日期',
      primaryKey: false,
      samples: ['2015-03-01', '2018-06-15', '2020-01-02'],
    });
    expect(table('fund')?.columns.map(({ primaryKey }) => primaryKey)).toEqual([
      true,
      false,
      false,
      false,
      false,
    ]);
    expect(table('Net Value')?.columns.map(({ name }) => name)).toEqual([
      'Order',
      'unit value',
      'fund_code',
    ]);
  });

  it('finds the column that a key without one refers to', () => {
    expect(table('fund_manager')?.foreignKeys).toEqual([
      { column: 'fund_code', table: 'fund', target: 'code' },
      { column: 'manager_id', table: 'manager', target: 'id' },
    ]);
  });

  it('knows the kinds of columns that a view shows, without reading it', () => {
    const shown = temporaryDatabase(
      `create view early as select * from loose; -- before its table
      create table loose (id, at text, amount, note);
      insert into loose values (1, '2024-01-02', 2.5, 'a'), (2, '2024-02-03', 3, 'b');
      create view renamed as select l.at as "when it was", l.amount a, upper(note) as note,
        amount * 2 as twice from loose l where id > 1;
      create view nested as select a, a as again from renamed;
      create view endless as with recursive c (x) as (select 1 union all select x + 1 from c)
        select x, at as since from c, loose order by x;
      create view hostile as select * from pragma_database_list`,
      'shown.sqlite',
    );
    const kindsOf = (name: string) => {
      const found = findTable(introspect(shown.file), name);
      return found?.columns.map((column) => `${column.name} ${column.kind}`);
    };
    expect(kindsOf('loose')).toEqual(['id integer', 'at date', 'amount number', 'note text']);
    expect(kindsOf('early')).toEqual(kindsOf('loose'));
    expect(kindsOf('renamed')).toEqual(['when it was date', 'a number', 'note text', 'twice text']);
    expect(kindsOf('nested')).toEqual(['a number', 'again number']);
    expect(kindsOf('endless')).toEqual(['x text', 'since date']);
    // Its rows may be all that somebody may see: samples of the table are none of the view's.
    expect(findTable(introspect(shown.file), 'renamed')?.columns[1]?.samples).toEqual([]);
    shown.remove();
  });

  it('gets over a view of a table that is gone, and names that need quotes', () => {
    const odd = temporaryDatabase(
      `create table "a ""b"" c" ("select" int, 'x y' text, [z w] real, generated int as (1));
      create table t (x); create view broken as select * from t; drop table t;`,
      'odd.sqlite',
    );
    const { tables } = introspect(odd.file, 'odd');
    expect(tables.map(({ name }) => name)).toEqual(['a "b" c']);
    expect(tables[0]?.columns.map(({ name }) => name)).toEqual([
      'select',
      'x y',
      'z w',
      'generated',
    ]);
    odd.remove();
  });

  it('shows integers beyond 2^53 as they are stored', () => {
    const big = temporaryDatabase(
      `create table t (id integer, mixed, price real);
      insert into t values (9007199254740993, 2, 3), (-9223372036854775808, 1.5, 1e300)`,
      'big.sqlite',
    );
    const [t] = introspect(big.file).tables;
    expect(t?.columns.map(({ kind, samples }) => [kind, ...samples])).toEqual([
      ['integer', '9007199254740993', '-9223372036854775808'],
      ['number', '2', '1.5'],
      ['number', '3', '1e+300'],
    ]);
    big.remove();
  });

  it('tells the columns in which some rows hold nothing', () => {
    const some = temporaryDatabase(
      `create table t (id integer primary key, term integer, note text);
      insert into t values (1, 30, 'a'), (2, null, 'b')`,
      'some.sqlite',
    );
    const [t] = introspect(some.file).tables;
    expect(t?.columns.flatMap(({ name, holdsNull }) => (holdsNull ? name : []))).toEqual(['term']);
    some.remove();
  });

  it('reads an empty file as a database without tables', () => {
    const empty = join(folder, 'empty.sqlite');
    writeFileSync(empty, '');
    expect(introspect(empty).tables).toEqual([]);
  });

  it.each([
    ['a text file', 'Once upon a time there was no database', 'not-a-database'],
    ['a truncated file', 'SQLite format 3\0 and then nothing', 'not-a-database'],
  ])('refuses %s', (_title, content, code) => {
    const foreign = join(folder, 'foreign.sqlite');
    writeFileSync(foreign, content);
    expect(() => introspect(foreign)).toThrow(expect.objectContaining({ code }));
  });

  it.each([['none.sqlite'], ['.']])('refuses %s', (name) => {
    expect(() => introspect(join(folder, name))).toThrow(
      expect.objectContaining({ code: 'no-such-database' }),
    );
  });
});

describe('parseComments', () => {
  it('gives each comment to its definition', () => {
    const { table, columns } = parseComments(`create table t ( -- the table
      a int, -- first
      -- before b
      b text default ',(', /* also b */
      c text check (c in ('x', 'y')) -- last
    )`);
    expect(table).toBe('the table');
    expect([...columns]).toEqual([
      ['a', 'first'],
      ['b', 'before b also b'],
      ['c', 'last'],
    ]);
  });

  it('gives comments to names in any quotes', () => {
    const { columns } = parseComments(`create table t (
      'id' integer, -- the key
      'full ''name' text, -- what it is called
      "b c" text default 'd', -- quoted
      [e] text -- in brackets
    )`);
    expect([...columns]).toEqual([
      ['id', 'the key'],
      ["full 'name", 'what it is called'],
      ['b c', 'quoted'],
      ['e', 'in brackets'],
    ]);
  });

  it('reads the statements of the sample', () => {
    const first = FUND_SQL.slice(0, FUND_SQL.indexOf(';'));
    expect(parseComments(first).columns.get('city')).toBe('city of the head office | 城市');
  });

  it('accepts any text', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        'create table',
        '(',
        ')',
        ',',
        '--',
        '/*',
        '*/',
        '"',
        "'",
        '`',
        '[',
        ']',
        '\n',
        'a',
      ),
      fc.string({ maxLength: 3 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const { table, columns } = parseComments(pieces.join(''));
        expect(typeof table).toBe('string');
        for (const comment of columns.values()) expect(comment).not.toBe('');
      }),
    );
  });
});

describe('columnKind', () => {
  it.each([
    ['id', 'INTEGER', [], 'integer'],
    ['price', 'DECIMAL(10,2)', [], 'number'],
    ['day', 'TEXT', ['2024-01-02', '2024-1-3 10:00'], 'date'],
    ['day', 'TEXT', ['Monday'], 'text'],
    ['enddate', 'text', [], 'date'],
    ['flag', 'bool', ['1'], 'boolean'],
    ['at', 'TIMESTAMP', [], 'date'],
    ['code', 'varchar(10)', ['123'], 'text'],
    ['x', '', ['1', '2'], 'integer'],
    ['x', '', ['1', '2.5'], 'number'],
    ['x', '', [' '], 'text'],
  ])('%s %s %j is %s', (name, type, values, kind) => {
    expect(columnKind(name, type, values)).toBe(kind);
  });
});
