import { expect, it } from 'vitest';
import { NO_VALUES } from '../retrieval/values.ts';
import type { Column, Schema } from '../schema/schema.ts';
import { fixCommentedColumns } from './fix-commented-columns.ts';

const column = (name: string, comment: string, kind: Column['kind'] = 'number'): Column => ({
  name,
  comment,
  kind,
  type: '',
  primaryKey: false,
  samples: [],
});
const schema: Schema = {
  name: 'funds',
  tables: [
    {
      name: 'nav',
      comment: '',
      foreignKeys: [],
      columns: [
        column('week', '一周回报率'),
        column('this_week', '本周以来回报率'),
        column('month', '一个月回报率'),
        column('rank', '回报率排名', 'integer'),
        column('growth', 'Growth in a year'),
        column('fund', '基金简称', 'text'),
      ],
    },
  ],
};
const after = (question: string, sql: string) =>
  fixCommentedColumns.apply(sql, { schema, links: [], values: NO_VALUES, question });

it.each([
  ['本周以来回报率是多少？', 'select week from nav', 'select this_week from nav'],
  [
    '按一个月回报率排序',
    'select fund from nav order by week',
    'select fund from nav order by month',
  ],
  ['一周回报率和本周以来回报率', 'select week, month from nav', 'select week, this_week from nav'],
])('%s', (question, before, fixed) => {
  expect(after(question, before)).toBe(fixed);
  expect(after(question, fixed)).toBe(fixed);
});

it.each([
  ['is said', '一周回报率是多少？', 'select week from nav'],
  ['is of another kind', '回报率排名是多少？', 'select week from nav'],
  ['is one of two that may be meant', '本周以来回报率和一个月回报率', 'select week from nav'],
  ['has another to be mended beside it', '本周以来回报率', 'select week, month from nav'],
  ['has an English comment', '本周以来回报率', 'select growth from nav'],
  ['is asked for in English', 'What is the return since this week?', 'select week from nav'],
])('leaves alone what %s', (_, question, sql) => {
  expect(after(question, sql)).toBe(sql);
});
