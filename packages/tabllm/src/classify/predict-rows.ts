import { expectText } from './check-rows.ts';
import type { LearnedTable } from './learned-table.ts';
import { type Opinion, opinionsOn } from './opinions.ts';

/**
 * Rows → what the model says of them: a class with its probabilities, or a quantity with an interval.
 * @param rows cells in the schema's order @throws TabLlmError 'bad-data' for a cell that is no text
 */
export function predictRows(
  learned: LearnedTable,
  rows: readonly (readonly string[])[],
): Opinion[] {
  expectText(rows);
  return opinionsOn(learned, rows);
}
