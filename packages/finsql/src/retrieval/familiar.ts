import type { DatabaseContext } from './context.ts';

/** Fewer known questions than this do not tell how a database is asked. */
const ENOUGH_KNOWN = 50;

/** Whether so many known questions are enough to tell how a database is asked. */
export function isEnoughKnown(questions: number): boolean {
  return questions >= ENOUGH_KNOWN;
}

/** Whether enough questions about a database are known to guide retrieval, prompt and judgement. */
export function isFamiliar({
  exemplars,
  schema,
}: Pick<DatabaseContext, 'exemplars' | 'schema'>): boolean {
  return isEnoughKnown(exemplars?.count(schema.name) ?? 0);
}
