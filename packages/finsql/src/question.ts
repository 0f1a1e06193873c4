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
    throw new FinSqlError('bad-question', {
      en: 'The question is empty: write what you want to know.',
      zh: '问题为空：请写出想了解的内容。',
    });
  }
  if (question.length > LONGEST) {
    throw new FinSqlError('bad-question', {
      en: `The question has ${question.length} characters; at most ${LONGEST} are accepted. Ask for one thing at a time.`,
      zh: `问题有 ${question.length} 个字符，最多只能有 ${LONGEST} 个。请一次只问一件事。`,
    });
  }
  return question;
}
