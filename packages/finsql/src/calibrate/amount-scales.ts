/**
 * The unit in which a column holds amounts, as known questions show it: where `20 billion` is asked of a
 * column as `> 20000`, a stored 1 stands for a million, and the scale is 1e-6.
 */
import type { TextToSqlItem } from '../data/text-to-sql-set.ts';
import { MAY_STATE, readStated } from '../retrieval/quantities/stated-numbers.ts';
import { fold } from '../schema/schema.ts';
import { tokenizeSql } from '../sql/tokenize.ts';
import { sizeComparisons } from './compared-sizes.ts';
import type { CalibrationContext } from './rule.ts';

/** Part of the known comparisons that must agree. */
const AGREEING = 0.7;
/** Known comparisons of a column that tell enough. */
const ENOUGH = 40;

/** How many times the amount a number is, where both have the same digits; else undefined. */
export function scaleBetween(number: number, amount: number): number | undefined {
  const power = Math.log10(number / amount);
  const whole = Math.round(power);
  return Number.isFinite(power) && Math.abs(power - whole) < 1e-9 ? 10 ** whole : undefined;
}

/**
 * What an amount of a question is multiplied by to be compared with a column; where nothing is known of
 * the column, neither by questions nor by its comment, with others of its table.
 * @param least known comparisons that there must be
 * @param commented by the unit in the comment of the column
 * @returns undefined where there are fewer, or they disagree
 */
export function amountScale(
  context: CalibrationContext,
  table: string,
  column: string,
  least = 1,
  commented?: number,
): number | undefined {
  const own = scales(context, table, column);
  const votes = own.length > 0 || commented !== undefined ? own : scales(context, table);
  return (votes.length < least ? undefined : agreed(votes)) ?? commented;
}

/** Of known comparisons with that column; without one, with any column of the table. */
function scales(
  { exemplars, known, schema }: CalibrationContext,
  table: string,
  column?: string,
): number[] {
  const found: number[] = [];
  for (const item of exemplars?.of(schema.name) ?? []) {
    if (found.length >= ENOUGH) break;
    if (!mayTell(item, table, column)) continue;
    const { amounts } = readStated(item.question);
    const tokens = tokenizeSql(known?.(item).sql ?? item.sql);
    for (const compared of sizeComparisons(tokens, schema)) {
      if (fold(compared.owner.name) !== fold(table)) continue;
      if (column !== undefined && fold(compared.column) !== fold(column)) continue;
      const number = Number(tokens[compared.number]?.value);
      const all = amounts.flatMap((amount) => scaleBetween(number, amount) ?? []);
      if (all.length === 1) found.push(...all);
    }
  }
  return found;
}

/** Before anything is read of it: there are many. */
function mayTell({ question, sql }: TextToSqlItem, table: string, column = ''): boolean {
  const text = fold(sql);
  return text.includes(fold(table)) && text.includes(fold(column)) && MAY_STATE.test(question);
}

function agreed(votes: readonly number[]): number | undefined {
  const counts = new Map<number, number>();
  for (const scale of votes) counts.set(scale, (counts.get(scale) ?? 0) + 1);
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  return most !== undefined && most[1] >= AGREEING * votes.length ? most[0] : undefined;
}
