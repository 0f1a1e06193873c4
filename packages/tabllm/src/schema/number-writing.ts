/** Numbers as a column writes them: the way back from `readNumber`, for cells that are filled in. */
import {
  closestNumberFormat,
  decimalsOf,
  type NumberFormat,
  numberOf,
  readNumber,
} from './number-format.ts';

export interface NumberWriting {
  readonly format: NumberFormat;
  /** Decimals that every cell has. */
  readonly decimals: number;
  /** A cell as it stands there. */
  readonly example: string;
}

const RATIO = /[%‰]/;

/** How most of these cells are written; null where none is a number. */
export function numberWriting(cells: readonly string[]): NumberWriting | null {
  const bare = cells.map((cell) => cell.trim());
  const format = closestNumberFormat(bare);
  if (format === null) return null;
  const read = bare.filter((cell) => readNumber(cell, format) !== null);
  const decimals = read.reduce((least, cell) => Math.min(least, decimalsOf(cell, format)), 20);
  return { format, decimals, example: read[0] ?? '' };
}

/** `-1234.5` → `-1.234,50 €`; more decimals than the column has are kept. */
export function writeNumber(value: number, { format, decimals }: NumberWriting): string {
  const plain = Math.abs(value).toLocaleString('en-US', {
    useGrouping: false,
    minimumFractionDigits: decimals,
    maximumFractionDigits: 20,
  });
  const [whole = '', fraction] = plain.split('.');
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, format.group);
  const digits = fraction === undefined ? grouped : `${grouped}${format.decimal}${fraction}`;
  return `${value < 0 ? '-' : ''}${format.prefix}${digits}${format.suffix}`;
}

/**
 * A number that somebody typed, as the column writes it: in its format, or without its sign, or with the sign at
 * the other end. null for what is no number or could be two, such as 0.12 among percentages.
 */
export function inWriting(text: string, writing: NumberWriting): string | null {
  const { format } = writing;
  const typed = text.trim();
  const hasSigns = typed.includes(format.prefix) && typed.includes(format.suffix);
  if (hasSigns && readNumber(typed, format) !== null) return typed;
  const sign = `${format.prefix}${format.suffix}`.trim();
  const bare = withoutSign(typed, sign);
  if (RATIO.test(sign) && bare === typed) return null;
  const value = numberOf(bare, { ...format, prefix: '', suffix: '' });
  return value === null ? null : writeNumber(value, writing);
}

function withoutSign(text: string, sign: string): string {
  if (sign === '') return text;
  if (text.endsWith(sign)) return text.slice(0, -sign.length).trim();
  const minus = text.startsWith('-') ? '-' : '';
  const rest = text.slice(minus.length);
  return rest.startsWith(sign) ? `${minus}${rest.slice(sign.length).trim()}` : text;
}
