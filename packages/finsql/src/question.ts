/** Which questions are taken on. */
import { FinSqlError } from './errors.ts';
import type { DatabaseContext } from './retrieval/context.ts';
import type { Retrieval } from './retrieval/retrieve.ts';
import { hasHan } from './retrieval/words.ts';

const LONGEST = 2_000;
const TABLES_NAMED = 8;

/**
 * The question without white space around it.
 * @throws FinSqlError `bad-question` when it is empty or too long
 */
export function checkQuestion(text: unknown): string {
  const question = typeof text === 'string' ? text.trim() : '';
  if (question === '') {
    throw new FinSqlError('bad-question', 'The question is empty: write what you want to know.');
  }
  if (question.length > LONGEST) {
    throw new FinSqlError(
      'bad-question',
      `The question has ${question.length} characters; at most ${LONGEST} are accepted. Ask for one thing at a time.`,
    );
  }
  return question;
}

/**
 * Refuses questions about nothing in the database. Chinese over a schema without Chinese shares no
 * words whatever it asks, so it is let through.
 * @throws FinSqlError `unanswerable`
 */
export function checkSupport({ schema }: DatabaseContext, retrieval: Retrieval): void {
  if (schema.tables.length === 0) {
    throw new FinSqlError('unanswerable', `The database ${schema.name} has no tables.`);
  }
  if (retrieval.supported || hasHan(retrieval.question)) return;
  const names = schema.tables.slice(0, TABLES_NAMED).map(({ name }) => name);
  const more = schema.tables.length > names.length ? ', …' : '';
  throw new FinSqlError(
    'unanswerable',
    `Nothing in the database ${schema.name} has to do with this question: no table, column, comment or stored value shares a word with it. Its tables are ${names.join(', ')}${more}.`,
  );
}
