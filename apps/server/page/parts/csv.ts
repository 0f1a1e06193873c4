import type { Cell, Rows } from './cells.ts';

/** RFC 4180, with a byte order mark so that spreadsheets read Chinese text as UTF-8. */
export function toCsv(columns: readonly string[], rows: Rows): string {
  const lines = [columns, ...rows].map((row) => row.map(field).join(','));
  return `\uFEFF${lines.join('\r\n')}\r\n`;
}

/** Text that a spreadsheet would run as a formula gets an apostrophe in front (OWASP ASVS 1.2.10). */
function field(value: Cell): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) && !/^-?\d+$/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** One object a row; a column name that comes again gets a number. */
export function toJson(columns: readonly string[], rows: Rows): string {
  const names = columns.map((name, index) => {
    const before = columns.slice(0, index).filter((other) => other === name).length;
    return before === 0 ? name : `${name}_${before + 1}`;
  });
  const objects = rows.map((row) => Object.fromEntries(names.map((name, i) => [name, row[i]])));
  return `${JSON.stringify(objects, null, 2)}\n`;
}
