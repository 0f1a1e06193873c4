/** Percentages of a question, the numbers that a statement compares for them, and the columns held in percent. */
import { unitOf } from '../explain/units.ts';
import { readAmounts } from '../retrieval/quantities/amounts.ts';
import { nameWords, stems } from '../retrieval/words.ts';
import { type Column, findColumn, type Schema, type Table } from '../schema/schema.ts';
import type { SqlToken } from '../sql/tokenize.ts';
import { sizeComparisons } from './compared-sizes.ts';
import { isNear } from './nearly-equal.ts';

/**
 * A number that stands for a percentage of the question, compared with a column in another unit, or in an
 * unknown one where the question has no word of it.
 */
export interface Misplaced {
  readonly table: Table;
  readonly column: Column;
  /** Index of the number. */
  readonly number: number;
  /** As the question writes it. */
  readonly text: string;
  /** 80 for 80 %. */
  readonly value: number;
}

const PERCENT = /^percent|[%％]|百分/;
const PART = /percent|[%％‰]|百分|basis points|基点/;
const UNIT = /\bin percent\b.*/;
const PERCENT_WORD = /^(?:pct|percent\w*|percentag\w*|百分|分比|分点)$/;

export function isInPercent(column: Column): boolean {
  return PERCENT.test(unitOf(column, 'en') ?? '');
}

/** Whether it is in percent, or in another part of the whole. */
function isPart(column: Column): boolean {
  return PART.test(unitOf(column, 'en') ?? '');
}

/** Every such number, where the table has a column in percent and the statement compares none. */
export function misplacedPercentages(
  tokens: readonly SqlToken[],
  schema: Schema,
  question: string,
): Misplaced[] {
  const percentages = readAmounts(question).filter(({ kind }) => kind === 'percentage');
  if (percentages.length === 0) return [];
  const compared = sizeComparisons(tokens, schema).flatMap(
    ({ owner: table, column: name, number }) => {
      const column = findColumn(table, name);
      return column === undefined ? [] : [{ table, column, number }];
    },
  );
  if (compared.some(({ column }) => isPart(column))) return [];
  return compared.flatMap(({ table, column, number }) => {
    const written = Number(tokens[number]?.value);
    const stated = percentages.find(
      ({ value }) => isNear(written, value) || isNear(written, value / 100),
    );
    if (stated === undefined || !table.columns.some(isInPercent)) return [];
    if (unitOf(column, 'en') === undefined && saysAny(question, column)) return [];
    const { text, value } = stated;
    return [{ table, column, number, text: text.trim(), value }];
  });
}

/** Whether the question says all words of the name, or of a part of the comment, of a column in percent. */
export function saysAll(question: string, { name, comment }: Column): boolean {
  const said = new Set(stems(question));
  const parts = [nameWords(name).join(' '), ...comment.split('|')];
  return parts.some((part) => {
    const asked = stems(part.replace(UNIT, '')).filter((word) => !PERCENT_WORD.test(word));
    return asked.length > 0 && asked.every((word) => said.has(word));
  });
}

function saysAny(question: string, { name, comment }: Column): boolean {
  const said = new Set(stems(question));
  return stems(`${nameWords(name).join(' ')} ${comment}`).some((word) => said.has(word));
}
