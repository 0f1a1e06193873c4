/** Rows → CSV text, with everything quoted that must be and formulas of spreadsheets made harmless. */
import Papa from 'papaparse';

/** What a spreadsheet would run. Plain negative numbers are not meant. */
const FORMULA = /^(?:[=@\t\r]|[+-](?!(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$))/;

export type OutputCell = string | number | null;

/** Lines with \n at the end of each. null is an empty cell; formulas get a ' before them. */
export function csvText(
  rows: readonly (readonly OutputCell[])[],
  { delimiter = ',' }: { readonly delimiter?: string } = {},
): string {
  if (rows.length === 0) return '';
  const data = rows.map((row) => row.map((cell) => cell ?? ''));
  const text = Papa.unparse(data, {
    delimiter,
    newline: '\n',
    escapeFormulae: FORMULA,
    header: false,
    // Of a single empty cell nothing would be left to see.
    quotes: (value: unknown) => value === '' && data[0]?.length === 1,
  });
  return `${text}\n`;
}
