/** Reports have a title above the header, which is then taken for the header. */
import type { Translated } from '@quaestor/peft';
import type { CsvTable } from './read.ts';
import { recordsOf } from './records-of.ts';

/** Records that are looked at. */
const LOOKED = 10;

/**
 * The line of the first record that has all of these names; null: none has.
 * @param table whose rows are not read; it is closed
 */
export async function headerBelow(
  table: CsvTable,
  names: readonly string[],
): Promise<number | null> {
  let line = table.headerLine;
  try {
    for await (const piece of table.pieces()) {
      for (const { cells } of recordsOf(piece, table.dialect)) {
        if (++line - table.headerLine > LOOKED) return null;
        const found = new Set(cells.map((cell) => cell.trim()));
        if (names.every((name) => found.has(name))) return line;
      }
    }
  } finally {
    await table.close();
  }
  return null;
}

/** What to do about it, in a sentence. */
export function titleAbove(line: number): Translated {
  return {
    en: `Line ${line} looks like the header: remove the lines above it.`,
    zh: `第 ${line} 行像是表头，请删除它上面的各行。`,
  };
}
