import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { questionsFromSchema, readQuestions } from './example-questions.ts';
import { SHIPPED_QUESTIONS } from './shipped-questions.ts';

it('reads question sets, both spellings of the database, and skips what is not one', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'quaestor-examples-'));
  const paths = ['spider', 'bull', 'text', 'missing'].map((name) => join(folder, `${name}.json`));
  const [spider = '', bull = '', text = ''] = paths;
  writeFileSync(spider, '[{"question":"How many pets?","db_id":"pets","query":"SELECT 1"}]');
  writeFileSync(bull, '[{"question":"有多少基金？","db_name":"fund"},{"question":"no database"}]');
  writeFileSync(text, 'no JSON');
  const items = await readQuestions(paths);
  rmSync(folder, { recursive: true });
  expect(items).toEqual([
    { question: 'How many pets?', db: 'pets', sql: 'SELECT 1' },
    { question: '有多少基金？', db: 'fund', sql: '' },
  ]);
});

it('finds every file of questions that comes with the product', async () => {
  const { exemplars, evaluationSets } = SHIPPED_QUESTIONS;
  for (const path of [...exemplars, ...Object.values(evaluationSets)]) {
    expect((await readQuestions([path])).length).toBeGreaterThan(50);
  }
});

it('asks about the biggest tables where there are no questions', () => {
  const table = (name: string, rowCount: number) => ({
    name,
    rowCount,
    comment: '',
    columns: [],
    foreignKeys: [],
  });
  const schema = {
    name: 'pets',
    tables: [table('pet_owner', 3), table('Visit', 90), table('月度费用', 20), table('empty', 0)],
  };
  expect(questionsFromSchema(schema)).toEqual([
    { en: 'How many rows are there in visit?', zh: 'visit 有多少行？' },
    '月度费用有多少行？',
    { en: 'How many rows are there in pet owner?', zh: 'pet owner 有多少行？' },
  ]);
});
