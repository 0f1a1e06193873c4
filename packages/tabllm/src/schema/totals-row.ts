/** A row that sums up the others, as reports end with: a cell of it says so, and no other row has that cell. */
import type { Translated } from '@quaestor/peft';
import { cellInWords } from './unread-cells.ts';

const TOTAL =
  /^(?:(?:grand|sub)?[ -]?totals?|sums?|summen?|gesamt(?:summe|betrag|ergebnis)?|insgesamt|合计|总计|小计|总和|合計|總計) *:?$/i;

/** Below it, what made the report may be named. */
const LOOKED = 5;

/**
 * @param rows the last ones, in the order of the columns @param row what the last of them is called
 * @param to what is done with it @param isMeant whether it is done with one of the rows
 * @returns nothing where the last rows are like the others
 */
export function totalsWarning(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  row: number,
  to: 'learned' | 'predicted',
  isMeant: (place: number) => boolean = () => true,
): Translated[] {
  for (let above = 0; above < Math.min(LOOKED, rows.length); above++) {
    const place = rows.length - 1 - above;
    const cells = rows[place] as readonly string[];
    const at = cells.findIndex((cell) => TOTAL.test(cell.trim()));
    const cell = cells[at];
    if (cell === undefined || !isMeant(place)) continue;
    if (rows.some((other, i) => i !== place && other[at] === cell)) continue;
    return [told(columns[at] as string, cell, row - above, above === 0, to)];
  }
  return [];
}

function told(
  column: string,
  cell: string,
  row: number,
  isLast: boolean,
  to: 'learned' | 'predicted',
): Translated {
  const { en, zh } = cellInWords(cell.trim(), null);
  const learned = to === 'learned';
  return {
    en: `row ${row}, ${isLast ? 'the last' : 'near the end'}, has ${en} in column ${column} and is ${learned ? 'learned from' : 'predicted'} like any other: take it out if it sums up the rest`,
    zh: `${isLast ? '最后一行' : '末尾附近的一行'}（第 ${row} 行）的“${column}”列为${zh}，目前与其他行一样${learned ? '用于学习' : '被预测'}：如果它是合计行，请删除`,
  };
}
