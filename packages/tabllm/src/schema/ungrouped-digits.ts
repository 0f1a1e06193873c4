/** Cells of a format as digits with a point: its signs and groups taken away. */
import type { NumberFormat } from './number-format.ts';
import { withPlainBlanks } from './plain-digits.ts';

/** A hundred thousand is 1,00,000 in India. */
const INDIAN = /^\d{1,2}(?:,\d\d)*,\d{3}$/;
/** With one mark before three digits it could be a thousand and more, or one and a bit. */
const EITHER_MARK = /^\D*[1-9]\d{0,2}[.,]\d{3}(?!\d)/;
export const CURRENCY = /\p{Sc}|[A-Z]{3}/u;

/** Which mark of a cell is of decimals and which of groups, told by the cell alone; null where it could be either. */
export function ownMarks(cell: string): Pick<NumberFormat, 'decimal' | 'group'> | null {
  const marks: readonly string[] = cell.match(/[.,](?=\d)/g) ?? [];
  const last = marks.at(-1);
  if (last === undefined) return { decimal: '.', group: '' };
  const other = last === '.' ? ',' : '.';
  if (marks.includes(other)) return { decimal: last as '.' | ',', group: other };
  if (marks.length > 1) return { decimal: other, group: last };
  return EITHER_MARK.test(cell) ? null : { decimal: last as '.' | ',', group: '' };
}

/** `-$1,234.50` → `-1234.50`; null when prefix, suffix or groups are not as they must be. */
export function plainDigits(cell: string, format: NumberFormat): string | null {
  const { decimal, group, prefix, suffix } = format;
  if (decimal === '.' && group === '' && prefix === '' && suffix === '') return cell;
  return ungrouped(cell, format, (digits) => {
    const end = digits.length - suffix.length;
    if (!digits.startsWith(prefix) || end < 0 || !digits.endsWith(suffix)) return null;
    return digits.slice(prefix.length, end);
  });
}

/**
 * The same where a sign of currency stands at the other end, blanks are of another width, groups those of India or
 * each cell tells which mark is of decimals.
 */
export function freelyPlainDigits(cell: string, format: NumberFormat): string | null {
  const own = format.mixed ? ownMarks(cell) : null;
  if (format.mixed && own === null) return null;
  const { prefix, suffix } = format;
  const free = { ...format, ...own, group: withPlainBlanks(own?.group ?? format.group) };
  return ungrouped(withPlainBlanks(cell), free, (digits) => {
    const behind = withoutPrefix(digits, prefix) ?? withoutSuffix(digits, prefix);
    return behind && (withoutSuffix(behind, suffix) ?? withoutCurrencyBefore(behind, suffix));
  });
}

/** @param bare digits without the format's prefix and suffix; null where these are not there */
function ungrouped(
  cell: string,
  { decimal, group, prefix, suffix }: NumberFormat,
  bare: (digits: string) => string | null,
): string | null {
  let sign = cell.startsWith('-') ? '-' : '';
  let digits = bare(cell.slice(sign.length));
  if (digits === null) return null;
  if (prefix !== '') {
    const minus = digits.startsWith('-') || digits.startsWith('\u2212');
    if (minus && sign !== '') return null;
    if (minus) [sign, digits] = ['-', digits.slice(1)];
  }
  // A spreadsheet's accounts have a dash for nothing.
  if (`${prefix}${suffix}` !== '' && `${sign}${digits.trim()}` === '-') return '0';
  const [whole = '', fraction, ...rest] = digits.split(decimal);
  if (rest.length > 0) return null;
  const groups = group === '' ? [whole] : whole.split(group);
  const wellGrouped =
    groups.length === 1 ||
    (/^\d{1,3}$/.test(groups[0] as string) &&
      groups.slice(1).every((part) => /^\d{3}$/.test(part))) ||
    (group === ',' && INDIAN.test(whole));
  // A point that is no mark of this format would become one.
  if (!wellGrouped || (decimal === ',' && groups[0]?.includes('.'))) return null;
  return `${sign}${groups.join('')}${fraction === undefined ? '' : `.${fraction}`}`;
}

/** @returns null for digits that have another sign before them */
function withoutPrefix(digits: string, prefix: string): string | null {
  const bare = withPlainBlanks(prefix).trim();
  if (bare === '') return digits;
  return digits.startsWith(bare) ? digits.slice(bare.length).trimStart() : null;
}

export function withoutSuffix(digits: string, suffix: string): string | null {
  const bare = withPlainBlanks(suffix).trim();
  if (bare === '') return digits;
  return digits.endsWith(bare) ? digits.slice(0, digits.length - bare.length).trimEnd() : null;
}

function withoutCurrencyBefore(digits: string, suffix: string): string | null {
  return CURRENCY.test(suffix) ? withoutPrefix(digits, suffix) : null;
}
