/** Which questions are taken on. */
import { FinSqlError } from './errors.ts';

const LONGEST = 2_000;

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
