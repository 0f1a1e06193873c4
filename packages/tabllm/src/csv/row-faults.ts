/** Faults of rows, told of a whole table. */
import type { Translated } from '@quaestor/peft';

/** What is wrong with a row → the same, with the number of the row. */
export function inRow(row: number, { en, zh }: Translated): Translated {
  return { en: `row ${row} ${en}`, zh: `第 ${row} 行${zh}` };
}

/** Said in place of those that are too many to be told one by one. */
export function moreFaults(rows: number): Translated {
  return { en: `${rows} more rows have such faults`, zh: `另有 ${rows} 行有这类问题` };
}
