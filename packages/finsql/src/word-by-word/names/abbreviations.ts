/** What is stored as an abbreviation, in words: `over the counter` for OTC. */
import type { Column } from '../../schema/schema.ts';
import type { Coded } from './explained-codes.ts';

const IN_WORDS: ReadonlyMap<string, string> = new Map([
  ['otc', 'over the counter'],
  ['fx', 'foreign exchange'],
  ['etf', 'exchange traded fund'],
  ['reit', 'real estate investment trust'],
  ['vc', 'venture capital'],
  ['ipo', 'initial public offering'],
  ['atm', 'cash machine'],
  ['pos', 'point of sale'],
  ['ach', 'direct deposit'],
  ['swift', 'wire|wire transfer'],
  ['sme', 'small business|small firm'],
  ['ltv', 'loan to value'],
  ['crypto', 'cryptocurrency'],
  ['govt', 'government'],
  ['muni', 'municipal'],
]);

/** The words for abbreviations that a column of texts holds. */
export function abbreviated({ kind, samples }: Column): readonly Coded[] {
  if (kind !== 'text') return [];
  return samples.flatMap((text) =>
    (IN_WORDS.get(text.toLowerCase())?.split('|') ?? []).map((words): Coded => [words, text]),
  );
}
