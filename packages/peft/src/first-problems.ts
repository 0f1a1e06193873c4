/** Of many problems the first, so that an error can be read. */
import type { Text, Translated } from './translated.ts';

/** At most so many problems; where there are more, a line says how many. */
export function firstProblems<Problem extends Text>(
  problems: readonly Problem[],
  most: number,
): readonly (Problem | Translated)[] {
  const more = problems.length - most;
  if (more <= 0) return problems;
  return [...problems.slice(0, most), moreProblems(more)];
}

/** The line for those that are left out. */
export function moreProblems(more: number): Translated {
  return { en: `and ${more} more`, zh: `另有 ${more} 个` };
}
