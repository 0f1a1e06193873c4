/** Rows → CSV text, with everything quoted that must be and formulas of spreadsheets made harmless. */
import Papa from 'papaparse';

const NUMBER = /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/.source;
/** Digits with their marks and a sign of currency, in which there is nothing to run. */
const AMOUNT = /\p{Sc}? ?\d[\d.,'\u2019\s]*(?:[%‰\p{Sc}元]|(?<=\s)[A-Z]{3})?/u.source;

/** What a spreadsheet would run. Negative numbers are not meant. */
const FORMULA = new RegExp(`^(?:[=@\\t\\r]|\\+(?!${NUMBER}$)|-(?!(?:${NUMBER}|${AMOUNT})$))`, 'u');

/** Cells in which nothing could need a quote or be a formula. */
const PLAIN = /^[\w.]*$/;
/** What a number or a plain cell may hold. */
const IN_PLAIN = /[\w.+-]/;

export type OutputCell = string | number | null;

/** Lines with \n at the end of each. null is an empty cell; formulas get a ' before them. */
export function csvText(
  rows: readonly (readonly OutputCell[])[],
  { delimiter = ',' }: { readonly delimiter?: string } = {},
): string {
  const joinable = !IN_PLAIN.test(delimiter);
  return rows
    .map((row) => `${joinable && isPlain(row) ? row.join(delimiter) : quoted(row, delimiter)}\n`)
    .join('');
}

function isPlain(row: readonly OutputCell[]): boolean {
  if (row.length < 2) return false;
  for (const cell of row) if (typeof cell === 'string' && !PLAIN.test(cell)) return false;
  return true;
}

function quoted(row: readonly OutputCell[], delimiter: string): string {
  return Papa.unparse([row.map((cell) => cell ?? '')], {
    delimiter,
    newline: '\n',
    escapeFormulae: FORMULA,
    header: false,
    // Of a single empty cell nothing would be left to see.
    quotes: (value: unknown) => value === '' && row.length === 1,
  });
}
