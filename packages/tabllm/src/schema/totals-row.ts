/** A row that sums up the others, as reports end with: a cell of it says so, and no other row has that cell. */
import type { Translated } from '@quaestor/peft';
import { cellInWords } from './unread-cells.ts';

const TOTAL =
  /^(?:(?:grand|sub)?[ -]?totals?|sums?|summen?|gesamt(?:summe|betrag|ergebnis)?|insgesamt|合计|总计|小计|总和|合計|總計) *:?$/i;

/**
 * @param rows the last ones, in the order of the columns @param row what the last of them is called
 * @param to what is done with it @returns nothing where the last row is like the others
 */
export function totalsWarning(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  row: number,
  to: 'learned' | 'predicted',
): Translated[] {
  const last = rows.at(-1) ?? [];
  const at = last.findIndex((cell) => TOTAL.test(cell.trim()));
  const cell = last[at];
  if (cell === undefined || rows.some((other, i) => i < rows.length - 1 && other[at] === cell)) {
    return [];
  }
  const [column, { en, zh }] = [columns[at] as string, cellInWords(cell.trim(), null)];
  const learned = to === 'learned';
  return [
    {
      en: `row ${row}, the last, has ${en} in column ${column} and is ${learned ? 'learned from' : 'predicted'} like any other: take it out if it sums up the rest`,
      zh: `最后一行（第 ${row} 行）的“${column}”列为${zh}，目前与其他行一样${learned ? '用于学习' : '被预测'}：如果它是合计行，请删除`,
    },
  ];
}
