import type { Answer } from '@quaestor/finsql';
import { expect, it } from 'vitest';
import { displayWidth } from '../display-width.ts';
import { printWhy } from './print-why.ts';

const stage = (name: string, detail: unknown) => ({ name, milliseconds: 12.4, detail });
const trace = [
  stage('rewrite', { question: '那2023年呢？', standalone_question: 'x in 2023', rule: 'period' }),
  stage('known-question', { question: 'One?', sql: 'select 1', changes: [], kept: false }),
  stage('prompt', { tokens: 200, budget: 280, omitted: ['fund.code'] }),
  stage('generate', { completion: ' select nothing' }),
  stage('execute', { sql: 'select nothing', error: 'no such column: nothing' }),
  stage('calibrate', { sql: 'select 1', repairs: [{ rule: 'fix-owners', before: '', after: '' }] }),
  stage('calibrate', { sql: 'select 1', repairs: [], asKnown: 'One?' }),
  stage('repair', {
    candidates: [
      { sql: 'select 1', count: 2, votes: 2, alike: 2, error: null, refused: null },
      { sql: 'select x', count: 1, votes: 0, alike: 1, error: 'no such column: x', refused: null },
    ],
    sql: 'select 1',
  }),
] as unknown as Answer['trace'];

it('says in English what led to an answer', () => {
  const lines = printWhy({ trace, language: 'en' }).split('\n');
  expect(lines[1]).toBe('known    One? (its SQL no longer runs)');
  expect(lines[2]).toBe('prompt   200 of 280 tokens; left out: fund.code');
  expect(lines).toContain('refused  no such column: nothing');
  expect(lines).toContain('mended   the table of a column (fix-owners)');
  expect(lines).toContain('known    One?');
  expect(lines).toContain('repair   2 votes: select 1');
  expect(lines).toContain('repair   0 votes: select x (no such column: x)');
  expect(lines.at(-2)).toMatch(/^ms {7}rewrite 12, known-question 12, prompt 12/);
});

it('says it in Chinese for an answer in Chinese, in columns', () => {
  const text = printWhy({ trace, language: 'zh' });
  const lines = text.split('\n');
  expect(lines).toContain('已知    One?（其 SQL 已无法运行）');
  expect(lines).toContain('提示词  200 个词元，上限 280；未列出：fund.code');
  expect(lines).toContain('报错    没有名为 nothing 的列');
  expect(lines).toContain('修正    列所属的表（fix-owners）');
  expect(lines).toContain('已知    One?');
  expect(lines).toContain('重试    2 票: select 1');
  const starts = lines.slice(0, -1).map((line) => {
    const [label = ''] = line.split('  ');
    return displayWidth(line.slice(0, line.indexOf(line.slice(label.length).trimStart())));
  });
  expect(new Set(starts).size).toBe(1);
});
