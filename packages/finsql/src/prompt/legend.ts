/**
 * What a column holds, beside its name: the codes that its comment explains, the few texts that it holds, how its
 * days are written where that is not as SQLite writes them. No known question tells this of a new database.
 */

import type { Column } from '../schema/schema.ts';
import { textLiteral } from '../sql/literal.ts';

const LONGEST_COMMENT = 110;
const LONGEST_TEXT = 24;
/** Fewer than introspection takes at most: a column with this many may hold others. */
const MOST_TEXTS = 4;
const DAY_AS_NUMBER = /^(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:\d{2})?$/;
const MONTH_OR_QUARTER = /^(?:19|20)\d{2}[-/. ]?(?:[Qq][1-4]|\d{2})$/;

/**
 * In a few words; empty where the name says all there is.
 * @param values of the column that the prompt shows anyway: they are its texts already
 * @param inChinese takes the second part of a comment in two languages, `English | 中文`
 */
export function legendOf(
  column: Column,
  values: readonly string[] = [],
  inChinese = false,
): string {
  const said = commentIn(column.comment, inChinese);
  const comment = said.replace(/\s+/g, ' ').slice(0, LONGEST_COMMENT);
  const texts = values.length > 0 ? '' : storedTexts(column);
  return [comment, texts, storedDay(column)].filter(Boolean).join('; ');
}

/** Of a comment in two languages, `English | 中文`, the part in that of the question. */
export function commentIn(comment: string, inChinese: boolean): string {
  const [english = '', chinese] = comment.split('|');
  return (inChinese && chinese !== undefined ? chinese : english).trim();
}

/** `'Operating' 'Payroll'`; nothing where the comment names them all. */
function storedTexts({ kind, comment, samples }: Column): string {
  if (kind !== 'text' || samples.length === 0 || samples.length > MOST_TEXTS) return '';
  if (samples.some((text) => text.length > LONGEST_TEXT)) return '';
  if (samples.every((text) => comment.includes(text))) return '';
  return samples.map((text) => textLiteral(text)).join(' ');
}

/** `20240315` of whole numbers, `2024-03` of texts. */
function storedDay({ kind, samples: [first = ''] }: Column): string {
  if (kind === 'integer' && DAY_AS_NUMBER.test(first)) return first;
  return kind === 'text' && MONTH_OR_QUARTER.test(first) ? textLiteral(first) : '';
}
