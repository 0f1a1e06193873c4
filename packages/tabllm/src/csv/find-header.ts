/**
 * Which of the first records is the header. Reports have a title above it: lines of one cell, above one of several
 * names that has as many cells as the line below it.
 */
import type { Translated } from '@quaestor/peft';
import { type CsvRecord, isEmpty } from './records-of.ts';

/** Lines of a title at most. */
const MOST_ABOVE = 10;
/** Records that are needed to tell. */
export const LOOKED = MOST_ABOVE + 2;
const LONGEST = 40;
/** Of a name, unlike of a number or a date. */
const NAME = /^[^\d\s+\-.(=]|^$/;

/** @param records from the first that is not empty on @returns the place of the header; −1: there is no record */
export function findHeader(records: readonly CsvRecord[]): number {
  const [first] = records;
  if (first === undefined) return -1;
  const below = records.findIndex((record) => filledOf(record) > 1);
  const [header, next] = [records[below], records[below + 1]];
  if (header === undefined || next === undefined || below > MOST_ABOVE) return 0;
  const named = header.cells.every((cell) => NAME.test(cell.trim()));
  return named && next.cells.length === header.cells.length ? below : 0;
}

/** What is said of the records above the header. @param line of the header */
export function passedOver(above: readonly CsvRecord[], line: number): Translated[] {
  const titles = above.filter((record) => !isEmpty(record));
  const title = titles[0]?.cells.find((cell) => cell.trim() !== '')?.trim();
  if (title === undefined) return [];
  const short = title.length > LONGEST ? `${title.slice(0, LONGEST - 1)}…` : title;
  return [
    {
      en: `what stands above the header, line ${line}, is passed over: '${short}'${titles.length > 1 ? ', …' : ''}`,
      zh: `表头（第 ${line} 行）以上的内容已忽略：“${short}”${titles.length > 1 ? '等' : ''}`,
    },
  ];
}

/** Whether a record may be of a title: it has one cell. */
export function isTitle(record: CsvRecord | undefined): boolean {
  return record !== undefined && filledOf(record) < 2;
}

function filledOf({ cells }: CsvRecord): number {
  return cells.reduce((count, cell) => count + (cell.trim() === '' ? 0 : 1), 0);
}
