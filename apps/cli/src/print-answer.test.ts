import type { Answer } from '@quaestor/finsql';
import { expect, it } from 'vitest';
import { printAnswer } from './print-answer.ts';

const tables = [
  { name: 'fund_manager', score: 0.96, chosen: true, columns: [] },
  { name: 'fund', score: 0.12, chosen: true, columns: [] },
  { name: 'bond', score: 0.01, chosen: false, columns: [] },
];
const detail = { retriever: '', tables, values: [], quantities: [], exemplars: [] };
const answer: Answer = {
  kind: 'answered',
  abstained: null,
  standalone_question: null,
  language: 'en',
  sql: 'select avg(rate) as rate from fund',
  columns: ['rate'],
  rows: [[0.49500000000000005]],
  truncated: false,
  trace: [{ name: 'retrieve', milliseconds: 100, detail }],
  explanation: [],
  confidence: 0.43,
  warnings: [],
  near_questions: [],
};

it('names the tables that the SQL was written from, and says how sure the answer is', () => {
  const text = printAnswer(answer);
  expect(text).toContain('\n\nTables considered: fund_manager, fund\n\n');
  expect(text).toContain('\n0.495\n');
  expect(text).toMatch(/1 row in 0\.1 s, confidence 43 %\n$/);
  expect(printAnswer({ ...answer, language: 'zh' })).toContain('参考的表：fund_manager、fund\n');
});

it('says nothing of confidence where there is no answer, and of tables where there is no draft', () => {
  const abstained = { code: 'nothing-runs', reason: 'No SQL that runs was found.' } as const;
  const refused: Answer = { ...answer, kind: 'abstained', abstained, columns: [], rows: [] };
  const text = printAnswer(refused);
  expect(text).toContain('Tables considered: fund_manager, fund');
  expect(text).toMatch(/\nAbstained in 0\.1 s\n$/);
  expect(printAnswer({ ...refused, sql: '' })).not.toContain('Tables');
});

it('offers the known questions that are like it', () => {
  const near_questions = ['Which funds are there?', 'How many funds are there?'];
  expect(printAnswer({ ...answer, near_questions })).toContain(
    '\n\nKnown questions like it:\n  Which funds are there?\n  How many funds are there?\n\n',
  );
  expect(printAnswer({ ...answer, near_questions, language: 'zh' })).toContain(
    '相近的已知问题：\n',
  );
  expect(printAnswer(answer)).not.toContain('Known');
});
