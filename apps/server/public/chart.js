import { isCode, isNumeric } from './format.js';

const DATE = /^\d{4}(-\d{2}(-\d{2}([ T]\d{2}:\d{2}(:\d{2})?)?)?)?$/;
const YEAR = /(^|_)year$|Year$/i;
const MOST_ROWS = 200;
/** More bars than these are not drawn. */
export const MOST_BARS = 30;

/**
 * Whether a result can be drawn: exactly one amount and exactly one label, date or year, or else one
 * code.
 *
 * @returns {{ kind: 'bar' | 'line', label: number, value: number } | null} column indexes
 */
export function chartFor(columns, rows) {
  if (rows.length < 2 || rows.length > MOST_ROWS) return null;
  const indexes = columns.map((_, index) => index);
  const year = (index) => YEAR.test(columns[index]);
  const amounts = indexes.filter((index) => isNumeric(rows, index) && !isCode(columns[index]));
  const words = indexes.filter((index) => !isNumeric(rows, index) || year(index));
  const codes = indexes.filter((index) => !amounts.includes(index) && !words.includes(index));
  const labels = words.length > 0 ? words : codes;
  if (amounts.length !== 1 || labels.length !== 1) return null;
  const [label] = labels;
  const [value] = amounts;
  const texts = rows.map((row) => String(row[label] ?? ''));
  if (new Set(texts).size !== rows.length) return null;
  const dated = labels === words && texts.every((text) => DATE.test(text));
  return { kind: dated && rows.length > 2 ? 'line' : 'bar', label, value };
}

/** What is drawn, and what is left out. */
export function chartCaption({ kind, label, value }, columns, rows) {
  const drawn =
    kind === 'bar' && rows.length > MOST_BARS
      ? `, the first ${MOST_BARS} of ${rows.length} rows`
      : '';
  return `${columns[value]} by ${columns[label]}${drawn}`;
}
