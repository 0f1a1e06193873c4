/**
 * How the numbers of a column are written. A column counts as numeric only if every cell comes back
 * letter by letter when its number is written again: `007`, `+49…` and 20-digit identifiers stay text.
 */
export interface NumberFormat {
  /** Between whole and decimals. */
  readonly decimal: '.' | ',';
  /** Between groups of three digits; empty: none. */
  readonly group: string;
  /** Before the digits, such as $. */
  readonly prefix: string;
  /** After the digits, such as %. */
  readonly suffix: string;
}

/** Tried in this order, each with the column's own prefix and suffix. */
const SEPARATORS: readonly Pick<NumberFormat, 'decimal' | 'group'>[] = [
  { decimal: '.', group: '' },
  { decimal: '.', group: ',' },
  { decimal: ',', group: '' },
  { decimal: ',', group: '.' },
  { decimal: '.', group: ' ' },
  { decimal: ',', group: ' ' },
  { decimal: ',', group: '\u00a0' },
  { decimal: ',', group: '\u202f' },
  { decimal: '.', group: "'" },
];

const PREFIX = /^-?(\p{Sc}|[A-Z]{3} )/u;
const SUFFIX = /( ?%| ?\p{Sc}| [A-Z]{3}| ?[‰])$/u;
const PLAIN = /^-?(?:(?:0|[1-9]\d*)(?:\.\d+)?|\.\d+)$/;
const SCIENTIFIC = /^-?\d(?:\.\d+)?[eE][+-]?\d{1,3}$/;

/** The format that every cell has; null when there is none, or no cell. */
export function detectNumberFormat(cells: readonly string[]): NumberFormat | null {
  const [first] = cells;
  if (first === undefined) return null;
  const prefix = PREFIX.exec(first)?.[1] ?? '';
  const suffix = SUFFIX.exec(first)?.[1] ?? '';
  for (const separators of SEPARATORS) {
    const format = { ...separators, prefix, suffix };
    // A group sign that no cell has says nothing.
    if (format.group !== '' && !cells.some((cell) => cell.includes(format.group))) continue;
    if (cells.every((cell) => readNumber(cell, format) !== null)) return format;
  }
  return null;
}

/** The number of a cell; null when it is not written in the format. */
export function readNumber(cell: string, format: NumberFormat): number | null {
  const plain = plainDigits(cell, format);
  if (plain === null) return null;
  const value = Number(plain);
  if (!PLAIN.test(plain)) {
    return SCIENTIFIC.test(plain) && Number.isFinite(value) ? value : null;
  }
  // Up to 15 digits always come back.
  if (plain.length <= 15) return value;
  const magnitude = plain.replace(/^-/, '').replace(/^\./, '0.');
  const decimals = Math.min(100, magnitude.length - magnitude.indexOf('.') - 1);
  const written = Math.abs(value).toFixed(magnitude.includes('.') ? decimals : 0);
  return written === magnitude ? value : null;
}

/** Number of decimals of a cell in the format. */
export function decimalsOf(cell: string, { decimal, suffix }: NumberFormat): number {
  const digits = suffix !== '' && cell.endsWith(suffix) ? cell.slice(0, -suffix.length) : cell;
  const at = digits.lastIndexOf(decimal);
  return at < 0 ? 0 : digits.length - at - 1;
}

/** `-$1,234.50` → `-1234.50`; null when prefix, suffix or groups are not as they must be. */
function plainDigits(
  cell: string,
  { decimal, group, prefix, suffix }: NumberFormat,
): string | null {
  if (decimal === '.' && group === '' && prefix === '' && suffix === '') return cell;
  const sign = cell.startsWith('-') ? '-' : '';
  let digits = cell.slice(sign.length);
  if (prefix !== '') {
    if (!digits.startsWith(prefix)) return null;
    digits = digits.slice(prefix.length);
    if (digits.startsWith('-')) return null;
  }
  if (suffix !== '') {
    if (!digits.endsWith(suffix)) return null;
    digits = digits.slice(0, -suffix.length);
  }
  const [whole = '', fraction, ...rest] = digits.split(decimal);
  if (rest.length > 0) return null;
  const groups = group === '' ? [whole] : whole.split(group);
  const wellGrouped =
    groups.length === 1 ||
    (/^\d{1,3}$/.test(groups[0] as string) &&
      groups.slice(1).every((part) => /^\d{3}$/.test(part)));
  if (!wellGrouped) return null;
  return `${sign}${groups.join('')}${fraction === undefined ? '' : `.${fraction}`}`;
}
