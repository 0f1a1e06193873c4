/**
 * A column that is not used although nothing says that it should not be: most likely numbers or dates in a
 * writing that is not known. Names of identifiers and running numbers say so.
 */
import type { Translated } from '@quaestor/peft';
import { isNamedId } from '../schema/infer.ts';
import { areDates } from '../schema/mixed-dates.ts';
import type { ColumnSchema } from '../schema/table-schema.ts';
import { cellInWords } from '../schema/unread-cells.ts';
import { areWritten, looksWritten } from '../schema/written-cells.ts';

/** A running number has at most so many gaps as numbers. */
const SPREAD = 2;
const LAST_DIGITS = /\d+(?=\D*$)/;

/** @param cells those that are not missing @returns null for what is no such column */
export function unreadableColumn(
  { name, role, kind }: ColumnSchema,
  cells: readonly string[],
): Translated | null {
  const [first] = cells;
  if (first === undefined || kind !== 'text') return null;
  const different = role === 'identifier';
  const written = areWritten(cells);
  if (different ? isNamedId(name) || areRunning(cells) : !written) return null;
  // One that looks like a number shows nothing.
  const example = cellInWords(
    (written && cells.find((cell) => !looksWritten(cell))) || first,
    null,
  );
  if (written && areDates(cells)) return ambiguousDates(name, example);
  const why: Translated = !written
    ? { en: 'are all different', zh: '各不相同' }
    : different
      ? {
          en: 'are all different and not read as numbers or dates',
          zh: '各不相同，且无法读作数字或日期',
        }
      : { en: 'are not read as numbers or dates', zh: '无法读作数字或日期' };
  return {
    en: `${name} is not used: its cells ${why.en}, e.g. ${example.en}`,
    zh: `未使用列“${name}”：其单元格${why.zh}，例如${example.zh}`,
  };
}

/** Different numbers that leave few out, in words that are the same: `C-0001`, `C-0002`. */
function areRunning(cells: readonly string[]): boolean {
  const words = cells[0]?.replace(LAST_DIGITS, '');
  let [least, most] = [Number.POSITIVE_INFINITY, 0];
  for (const cell of cells) {
    const digits = LAST_DIGITS.exec(cell);
    if (digits === null || cell.replace(LAST_DIGITS, '') !== words) return false;
    least = Math.min(least, Number(digits[0]));
    most = Math.max(most, Number(digits[0]));
  }
  return most - least < SPREAD * cells.length;
}

function ambiguousDates(name: string, { en, zh }: Translated): Translated {
  return {
    en: `${name} is not used: its cells are dates, but do not tell whether the day or the month comes first, e.g. ${en}; write them as 2024-03-31`,
    zh: `未使用列“${name}”：其单元格是日期，但看不出是日在前还是月在前，例如${zh}；请写成 2024-03-31 的形式`,
  };
}
