import { expect, it } from 'vitest';
import { LANGUAGES } from '../language.ts';
import type { Column, Schema } from '../schema/schema.ts';
import { meaningsOf } from './codes.ts';
import { explainSql } from './explain.ts';

const column = (name: string, comment: string, samples: readonly string[]): Column => ({
  ...{ name, comment, samples, primaryKey: false },
  ...(samples.every((one) => /^\d+$/.test(one))
    ? { type: 'integer', kind: 'integer' as const }
    : { type: 'text', kind: 'text' as const }),
});

const clinic: Schema = {
  name: 'clinic',
  tables: [
    {
      ...{ name: 'visit', comment: '', foreignKeys: [] },
      columns: [
        column('status', '1 kept, 2 no-show, 3 cancelled', ['1', '2', '3']),
        column('payer', 'I insurer, P patient | I 保险公司，P 患者本人', ['P', 'I']),
        column('urgent', 'Y = same day', ['N', 'Y']),
        column('minutes', 'length, 30 minutes at least', ['30', '45']),
      ],
    },
  ],
};

const told = (sql: string) =>
  LANGUAGES.map((language) => explainSql(sql, clinic, language).slice(1));

it.each<[sql: string, en: readonly string[], zh: readonly string[]]>([
  [
    "select count(*) from visit where status = 2 and payer != 'P'",
    [
      "Keeps rows where status is 2 (no-show) and payer is not 'P' (patient).",
      'Shows the number of rows.',
    ],
    ["筛选条件：status 等于 2（no-show），且 payer 不等于 'P'（患者本人）。", '显示记录数。'],
  ],
  [
    "select minutes from visit where status in (1, '3', 4)",
    ["Keeps rows where status is among 1 (kept), '3' (cancelled), 4.", 'Shows minutes.'],
    ["筛选条件：status 是 1（kept）、'3'（cancelled）、4 之一。", '显示 minutes。'],
  ],
  [
    'select payer, urgent, count(*) from visit group by payer, urgent',
    [
      'Makes one group per payer and urgent.',
      'Shows payer, urgent and the number of rows.',
      'Codes of payer: I = insurer, P = patient.',
      'Codes of urgent: Y = same day.',
    ],
    [
      '按 payer 和 urgent 分组。',
      '显示 payer、urgent 和记录数。',
      'payer 的代码：I = 保险公司，P = 患者本人。',
      'urgent 的代码：Y = same day。',
    ],
  ],
  [
    "select sum(case when urgent = 'Y' then 1 else 0 end) from visit where status > 1",
    [
      'Keeps rows where status is more than 1.',
      "Shows the number of rows where urgent is 'Y' (same day).",
    ],
    ['筛选条件：status 大于 1。', "显示满足“urgent 等于 'Y'（same day）”的记录数。"],
  ],
  [
    'select minutes from visit where minutes = 30',
    ['Keeps rows where minutes is 30.', 'Shows minutes.'],
    ['筛选条件：minutes 等于 30。', '显示 minutes。'],
  ],
])('%s', (sql, en, zh) => {
  expect(told(sql)).toEqual([en, zh]);
});

it.each<[comment: string, samples: readonly string[], en: string, zh: string]>([
  ['1 if the state controls it, else 0 | 是否国有', ['0', '1'], '1=the state controls it', '-'],
  ['1 正常，2 关注，3 次级；3 至 5 为不良', ['1', '2', '3'], '1=正常 2=关注 3=次级', ''],
  ['A active, C closed', ['A', 'C', 'X'], '', ''],
  ['12 months', ['12'], '', ''],
  ['', ['A', 'B'], '', ''],
])('%s with %j', (comment, samples, en, zh) => {
  const codes = LANGUAGES.map((language) =>
    meaningsOf(column('kind', comment, samples), language)
      .map(({ code, words }) => `${code}=${words}`)
      .join(' '),
  );
  expect(codes).toEqual([en, zh === '' ? en : zh.replace('-', '')]);
});
