/** Statements that another system wrote for the questions of a set, read from its file. */
import { readFileSync } from 'node:fs';
import { reasonOf, schemaProblems, type Translated } from '@quaestor/peft';
import * as z from 'zod';
import { FinSqlError } from '../errors.ts';

/** What systems call the statement of an item. */
const item = z.union(
  [
    z.string(),
    z.object({ sql: z.string() }).transform(({ sql }) => sql),
    z.object({ predicted_sql: z.string() }).transform(({ predicted_sql }) => predicted_sql),
    z.object({ prediction: z.string() }).transform(({ prediction }) => prediction),
  ],
  'expected a statement, or an object with sql, predicted_sql or prediction',
);
const WORDS = {
  'expected a statement, or an object with sql, predicted_sql or prediction':
    '应为 SQL 语句，或带有 sql、predicted_sql 或 prediction 的对象',
};
const list = z.array(item);

/**
 * Reads predictions, one for each question in the order of the set: a JSON list (also that of
 * `quaestor eval sql --out`), or a line each, where a tab and the database's name may follow, as Spider's
 * own scorer reads them. An empty line is a question without an answer.
 * @param count questions of the set
 * @throws FinSqlError 'bad-data' for a file that is no such list, or has another number of them
 */
export function readPredictions(file: string, count: number): readonly string[] {
  const refuse = (problem: Translated, problems: readonly Translated[] = []): FinSqlError =>
    new FinSqlError(
      'bad-data',
      { en: `${file}: ${problem.en}`, zh: `${file}：${problem.zh}` },
      { problems },
    );
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw refuse(reasonOf(error, file));
  }
  const statements = text.trimStart().startsWith('[') ? fromJson(text, refuse) : fromLines(text);
  if (statements.length === count) return statements;
  throw refuse({
    en: `expected ${count} predictions, one for each question in their order; got ${statements.length}.`,
    zh: `应有 ${count} 条预测，按顺序与问题一一对应；实际有 ${statements.length} 条。`,
  });
}

function fromJson(
  text: string,
  refuse: (problem: Translated, problems?: readonly Translated[]) => FinSqlError,
): readonly string[] {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw refuse({ en: 'begins as a JSON list and is none.', zh: '开头像 JSON 列表，但不是。' });
  }
  const parsed = list.safeParse(content);
  if (parsed.success) return parsed.data;
  throw refuse(
    { en: 'not a list of predictions.', zh: '不是预测列表。' },
    schemaProblems(list, content, parsed.error, WORDS),
  );
}

function fromLines(text: string): readonly string[] {
  const lines = text.replace(/\r?\n$/, '').split(/\r?\n/);
  return lines.map((line) => (line.split('\t')[0] as string).trim());
}
