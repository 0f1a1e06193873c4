import { describe, expect, it } from 'vitest';
import { refusal } from './guard.ts';

describe('refusal', () => {
  it.each([
    'select 1',
    'SELECT count(*) FROM fund;',
    '(select 1) union select 2',
    'with x as (select 1 as n) select n from x',
    'values (1, 2), (3, 4)',
    '/* first */ select 1 -- last; not a second statement',
    'select \'sqlite_master; drop table x\' as "pragma_table_list"',
    'select sqlite_note, changes from settings where pragma = 1',
    'select replace(name, 1, 2) from fund where deleted_at is null',
  ])('lets %s run', (sql) => {
    expect(refusal(sql)).toBeUndefined();
  });

  it.each([
    ['', 'empty'],
    [';', 'empty'],
    ['select 1; select 2', 'more than one'],
    ['drop table fund', 'begins with drop'],
    ['explain select 1', 'begins with explain'],
    ['pragma table_info(fund)', 'begins with pragma'],
    ["select 'open", 'not closed'],
    ['select 1\0; drop table x', 'NUL'],
    ['select ?', 'parameters'],
    ['select * from sqlite_master', 'internal'],
    ['select * from fund, "SQLITE_SCHEMA"', 'internal'],
    ['select * from main.[sqlite_master]', 'internal'],
    ["select * from (fund join pragma_table_info('fund'))", 'internal'],
    ['select 1 where 1 in sqlite_master', 'internal'],
    ["select load_extension ('x')", 'internal'],
    ['select "randomblob"(1000000000)', 'internal'],
    [`select ${'('.repeat(100)}1${')'.repeat(100)}`, 'levels'],
    [`select ${'1+'.repeat(5000)}1`, 'tokens'],
    [`select '${'x'.repeat(30_000)}'`, 'characters'],
  ])('refuses %.40s', (sql, reason) => {
    expect(refusal(sql)).toContain(reason);
  });
});
