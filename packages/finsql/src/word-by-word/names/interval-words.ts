/** What people say for how often something is done or billed: `monthly plans`, of a column that holds month and year. */
import type { Coded } from './explained-codes.ts';

const OF_INTERVALS = /interval|freq|cycle|cadence|recurrence|billing|schedule|period(?:icity)?$/i;

const INTERVALS: readonly (readonly [stored: RegExp, said: string])[] = [
  [/^(?:days?|daily)$/i, 'daily'],
  [/^(?:weeks?|weekly)$/i, 'weekly'],
  [/^(?:months?|monthly)$/i, 'monthly'],
  [/^(?:quarters?|quarterly)$/i, 'quarterly'],
  [/^(?:years?|yearly|annual|annually)$/i, 'yearly|annual|annually'],
];

/** The words for the intervals that a column holds; none where it holds anything else. */
export function intervalWords(name: string, samples: readonly string[]): readonly Coded[] {
  if (!OF_INTERVALS.test(name)) return [];
  const told = samples.map(
    (sample) => [sample, INTERVALS.find(([stored]) => stored.test(sample))?.[1]] as const,
  );
  if (told.some(([, said]) => said === undefined)) return [];
  return told.flatMap(([sample, said = '']) =>
    said.split('|').map((word): Coded => [word, sample]),
  );
}
