import { describe, expect, it } from 'vitest';
import { readSql } from './read-sql.ts';

describe('readSql', () => {
  it.each([
    [' select 1', 'select 1'],
    ['select 1;\n', 'select 1'],
    ['select 1\nfrom t\n\nThis counts rows.', 'select 1 from t'],
    ['Here it is:\n```sql\nselect 1\nfrom t;\n```\nDone.', 'select 1 from t'],
    ['SQL: select 1\nQ: another?', 'select 1'],
    ['', ''],
    [' ; ', ''],
    ["select a -- it's; all\nfrom t", 'select a from t'],
    ['-- count\nselect /* all\n */ 1', 'select 1'],
    ["select 'a\nb  c' from t", "select 'a\nb  c' from t"],
    ["select 'open", "select 'open"],
  ])('%j', (completion, sql) => {
    expect(readSql(completion)).toBe(sql);
  });
});
