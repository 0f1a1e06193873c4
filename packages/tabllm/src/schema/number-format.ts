/**
 * How the numbers of a column are written. A column counts as numeric only if every cell comes back
 * letter by letter when its number is written again: `007`, `+49…` and 20-digit identifiers stay text.
 * Minus is `-` or U+2212, before a sign of currency or behind it, or behind the number, as SAP
 * writes it, or parentheses, as in accounts.
 */
import { commonMeasure, type Measure, readMeasure } from './measures.ts';
import { countNearlyAll } from './nearly-all.ts';
import { withPlainBlanks, withPlainDigits } from './plain-digits.ts';
import { plainNumber } from './plain-number.ts';
import {
  CURRENCY,
  freelyPlainDigits,
  ownMarks,
  plainDigits,
  withoutSuffix,
} from './ungrouped-digits.ts';

export interface NumberFormat {
  /** Between whole and decimals. */
  readonly decimal: '.' | ',';
  /** Between groups of three digits; empty: none. */
  readonly group: string;
  /** Before the digits, such as $. */
  readonly prefix: string;
  /** After the digits, such as %. */
  readonly suffix: string;
  /** Whether 万 (ten thousand), 亿 (a hundred million), K, M or bn may follow the digits; default false. */
  readonly myriads?: boolean | undefined;
  /** Whether + may stand before the digits; default false. */
  readonly plus?: boolean | undefined;
  /** Whether CR (credit, positive) or DR (debit, negative) may follow the digits; default false. */
  readonly sides?: boolean | undefined;
  /** Whether some cells have a point before decimals and others a comma, each told by itself; default false. */
  readonly mixed?: boolean | undefined;
  /** What cells measure in several units, in whose first one they are; default: nothing. */
  readonly measure?: Measure | undefined;
}

const PLAIN_FORMAT: NumberFormat = { decimal: '.', group: '', prefix: '', suffix: '' };

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
  { decimal: '.', group: '\u2019' },
  { decimal: ',', group: '\u2009' },
  { decimal: '.', group: '\u2009' },
  { decimal: '.', group: '\u00a0' },
  { decimal: '.', group: '\u202f' },
];

const PREFIX =
  /^[-+]?((?:[A-Z]{1,3})?\p{Sc}[ \u00a0\u2009\u202f]?|[A-Z]{3}[ \u00a0\u2009\u202f]|Rs\.?[ \u00a0]?)/u;
const SUFFIX = /([ \u00a0\u2009\u202f]?[%‰\p{Sc}]|[ \u00a0\u2009\u202f][A-Z]{3}|元)$/u;
const PLAIN = /^-?(?:(?:0|[1-9]\d*)(?:\.\d+)?|\.\d+)$/;
const SCIENTIFIC = /^-?\d(?:\.\d+)?[eE][+-]?\d{1,3}$/;
/** A word behind a number, as in `12 pcs`, `2.5x` and `35岁`; a capital without a blank makes a code of it. */
const UNIT =
  /(?<=\d)([ \u00a0]\p{L}[\p{L}²³/.]{0,14}|(?:\p{Ll}|\p{Script=Han})[\p{L}²³/.]{0,14})\)?$/u;
const MYRIADS =
  /(万亿|万|亿|[ \u00a0]?(?:k|m|mn|mm|mio|b|bn|mrd|tn|tsd|thousand|million|billion)\.?)$/i;
const POWERS: Readonly<Record<string, number>> = {
  ...{ 万: 4, 亿: 8, 万亿: 12 },
  ...{ k: 3, tsd: 3, thousand: 3 },
  ...{ m: 6, mn: 6, mm: 6, mio: 6, million: 6 },
  ...{ b: 9, bn: 9, mrd: 9, billion: 9, tn: 12 },
};
/** A number in thousands, millions or billions, with a sign of currency or none. */
const SHORTENED =
  /\d[ \u00a0]?(?:k|m|mn|mm|mio|b|bn|mrd|tn|tsd|thousand|million|billion)\.?(?:[ \u00a0]?(?:\p{Sc}|[A-Z]{3}))?\)?$/iu;
/** Without a sign of currency these are metres or minutes as well. */
const METRES = /\d[ \u00a0]?m\)?$/;
const RATIO = /[%‰]$/;
const SIDE = /[ \u00a0]?(?:CR|(DR))$/i;
/** A number with +: unlike those of telephones it has decimals or a sign behind it, or others have -. */
const PLUS = /^\+[^-+\u2212(]/;
const PLAINLY_PLUS = /^\+\D*[\d,.]*(?:[.,]\d{1,2}|\d[ \u00a0]?[%‰])$/;
const MINUS = '\u2212'.charCodeAt(0);
const HYPHEN = '-'.charCodeAt(0);
const BRACKET = '('.charCodeAt(0);
const LEADING_ZERO = /^[-\u2212(]?0\d/;
const MARKED = /^(?:\(\d+\)|\d+[-\u2212])$/;
/** 1.234 is a thousand and more where the comma is the decimal mark, and one and a bit elsewhere. */
const EITHER_WAY = /^-?[1-9]\d{0,2}\.\d{3}$/;
const WHOLE = /^-?\d+$/;
const THOUSAND = 1000;
const LARGE_PRICE = 10;
/** So many different numbers below a thousand, one of three digits among them, tell which of the two it is. */
const TELLING = { count: 3, largest: 100 };

/** The format that every cell has; null when there is none, or no cell. */
export function detectNumberFormat(written: readonly string[]): NumberFormat | null {
  const cells = written.map(withPlainDigits);
  const [first] = cells;
  if (first === undefined || areMarked(cells)) return null;
  const formats = formatsFor(cells, signsOf(first));
  return formats.find((one) => cells.every((cell) => readNumber(cell, one) !== null)) ?? null;
}

/**
 * The format that most cells have, where these are nearly all; null where there is none. Leading zeros
 * make a code of a column, however few they are.
 * @param written those of the cells that say how numbers are written
 */
export function commonNumberFormat(
  cells: readonly string[],
  written: readonly string[] = cells,
): NumberFormat | null {
  const deciding = written.map(withPlainDigits);
  if (countNearlyAll(deciding, (cell) => /\d/.test(cell)) === null) return null;
  if (cells.some((cell) => LEADING_ZERO.test(cell)) || areMarked(deciding)) return null;
  return bestFormat(deciding, (format) =>
    countNearlyAll(deciding, (cell) => readNumber(cell, format) !== null),
  );
}

/**
 * The format of cells that have words behind their digits: the same unit in nearly all, or several of one
 * measure; null where there is none.
 */
export function unitNumberFormat(written: readonly string[]): NumberFormat | null {
  const cells = written.map(withPlainDigits);
  if (cells.some((cell) => LEADING_ZERO.test(cell))) return null;
  const suffix = mostFrequent(cells.map((cell) => UNIT.exec(cell)?.[1] ?? ''));
  if (suffix === '') return null;
  const { prefix } = signsOf(cells[0] as string);
  const formats = formatsFor(cells, { prefix, suffix });
  const reads = (format: NumberFormat) => (cell: string) => readNumber(cell, format) !== null;
  return (
    formats.find((format) => cells.every(reads(format))) ??
    measureFormat(cells) ??
    formats.find((format) => countNearlyAll(cells, reads(format)) !== null) ??
    null
  );
}

function measureFormat(cells: readonly string[]): NumberFormat | null {
  for (const separators of SEPARATORS.slice(0, 4)) {
    const format = { ...separators, prefix: '', suffix: '' };
    const measure = commonMeasure(cells, (digits) => readNumber(digits, format));
    if (measure !== null) return { ...format, measure };
  }
  return null;
}

/**
 * The format of a column in which some cells have a point before decimals and others a comma; null unless nearly
 * all tell by themselves which of the two.
 */
export function mixedNumberFormat(written: readonly string[]): NumberFormat | null {
  const cells = written.map(withPlainDigits);
  if (cells.some((cell) => LEADING_ZERO.test(cell)) || areMarked(cells)) return null;
  const signs = mostFrequent(cells.map((cell) => JSON.stringify(signsOf(cell))));
  if (signs === '') return null;
  const [plain] = formatsFor(cells, JSON.parse(signs));
  const format = { ...plain, ...JSON.parse(signs), decimal: '.', group: ',', mixed: true };
  return countNearlyAll(cells, (cell) => readNumber(cell, format) !== null) === null
    ? null
    : format;
}

/** All formats that nearly all cells have, of the signs that most have. @param share of the cells that must */
export function possibleNumberFormats(written: readonly string[], share: number): NumberFormat[] {
  const cells = written.map(withPlainDigits);
  const signs = mostFrequent(cells.map((cell) => JSON.stringify(signsOf(cell))));
  if (signs === '' || areMarked(cells)) return [];
  return formatsFor(cells, JSON.parse(signs)).filter(
    (format) =>
      cells.filter((cell) => readNumber(cell, format) !== null).length >= share * cells.length,
  );
}

/** The format that most cells have, however few these are; null where none has one. */
export function closestNumberFormat(written: readonly string[]): NumberFormat | null {
  const cells = written.map(withPlainDigits);
  if (areMarked(cells)) return null;
  return bestFormat(
    cells,
    (format) => cells.filter((cell) => readNumber(cell, format) !== null).length,
  );
}

/** @param count of the cells that have the format; null: too few */
function bestFormat(
  cells: readonly string[],
  count: (format: NumberFormat) => number | null,
): NumberFormat | null {
  const signs = mostFrequent(cells.map((cell) => JSON.stringify(signsOf(cell))));
  if (signs === '') return null;
  let best: { readonly format: NumberFormat; readonly count: number } | null = null;
  for (const format of formatsFor(cells, JSON.parse(signs))) {
    const read = count(format);
    if (read !== null && read > (best?.count ?? 0)) best = { format, count: read };
  }
  return best?.format ?? null;
}

/** Numbers that all stand in parentheses, or before a dash, are no losses, but codes, notes or years since when. */
function areMarked(cells: readonly string[]): boolean {
  return cells.every((cell) => MARKED.test(cell));
}

type Signs = Pick<NumberFormat, 'prefix' | 'suffix'>;

function signsOf(cell: string): Signs {
  const plain = withPlainMinus(cell);
  const prefix = PREFIX.exec(plain);
  // A sign that stands alone, as in `$-`, is not behind the number as well.
  const suffix = SUFFIX.exec(plain.slice(prefix?.[0].length ?? 0));
  return { prefix: prefix?.[1] ?? '', suffix: suffix?.[1] ?? '' };
}

/** `(5)`, `−5` and `5-` → `-5`; other cells are as they were. */
function withPlainMinus(cell: string): string {
  const first = cell.charCodeAt(0);
  if (first === MINUS) return `-${cell.slice(1)}`;
  if (first === BRACKET) return cell.endsWith(')') ? `-${cell.slice(1, -1)}` : cell;
  const last = cell.charCodeAt(cell.length - 1);
  return first !== HYPHEN && (last === HYPHEN || last === MINUS) ? `-${cell.slice(0, -1)}` : cell;
}

function formatsFor(cells: readonly string[], signs: Signs): NumberFormat[] {
  const marks = {
    ...(cells.some(isShortened) && { myriads: true }),
    ...(plusIsSign(cells) && { plus: true }),
    ...(haveBothSides(cells) && { sides: true }),
  };
  const formats = SEPARATORS.filter(
    // A group sign that no cell has says nothing.
    ({ group }) => group === '' || cells.some((cell) => cell.includes(group)),
  ).map((separators) => ({ ...separators, ...signs, ...marks }));
  const [plain] = formats;
  if (plain === undefined || !pointsAreGroups(cells, plain)) return formats;
  return formats.filter(({ decimal }) => decimal === ',');
}

/**
 * Whether points stand before the last three digits of thousands, as in 850, 1.200 and 2.450: all that have a point
 * have three digits behind it, and all that have none are below a thousand. Decimals would now and then be fewer.
 * Money has no three decimals but in prices of little, as of a litre.
 */
function pointsAreGroups(cells: readonly string[], plain: NumberFormat): boolean {
  const below = new Set<number>();
  let [grouped, large] = [false, false];
  for (const cell of cells) {
    const digits = plainDigits(withPlainSigns(cell, plain), plain);
    if (digits === null) continue;
    if (EITHER_WAY.test(digits)) {
      grouped = true;
      large ||= Math.abs(Number(digits)) >= LARGE_PRICE;
    } else if (digits.includes('.')) return false;
    else if (WHOLE.test(digits)) {
      const size = Math.abs(Number(digits));
      if (size >= THOUSAND) return false;
      below.add(size);
    }
  }
  if (large && CURRENCY.test(`${plain.prefix}${plain.suffix}`)) return true;
  if (!grouped || below.size < TELLING.count) return false;
  return [...below].some((size) => size >= TELLING.largest);
}

function isShortened(cell: string): boolean {
  if (cell.includes('万') || cell.includes('亿')) return true;
  return SHORTENED.test(cell) && (!METRES.test(cell) || CURRENCY.test(cell));
}

function plusIsSign(cells: readonly string[]): boolean {
  if (!cells.some((cell) => PLUS.test(cell))) return false;
  return cells.some((cell) => PLAINLY_PLUS.test(cell) || /^[-\u2212]\D?\d/.test(cell));
}

/** Of a column of credits alone nothing tells that they are meant. */
function haveBothSides(cells: readonly string[]): boolean {
  const sides = new Set<boolean>();
  for (const cell of cells) {
    const side = SIDE.exec(cell);
    if (side) sides.add(side[1] !== undefined);
  }
  return sides.size === 2;
}

/** What marks a sign in the format, as a minus or none: `$(5)` → `($5)`, `+5` → `5`, `5 DR` → `-5`. */
function withMarkedMinus(cell: string, { prefix, plus, sides }: NumberFormat): string {
  let marked = cell;
  const side = sides ? SIDE.exec(cell) : null;
  if (side) marked = `${side[1] === undefined ? '' : '-'}${cell.slice(0, side.index)}`;
  if (plus && PLUS.test(marked)) marked = marked.slice(1);
  if (prefix === '' || !marked.endsWith(')') || !marked.startsWith(`${prefix}(`)) return marked;
  return `(${prefix}${marked.slice(prefix.length + 1)}`;
}

function mostFrequent(texts: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].reduce((best, one) => (one[1] > best[1] ? one : best), ['', 0])[0];
}

/**
 * The number of a cell in its column's format or, without the column's signs and groups, as a plain number:
 * 79.33 where the column has $79.33. null for what is no number, or could be two: 1.234 in a column of
 * decimal commas, 0.12 in one of percentages.
 */
export function numberOf(cell: string, format: NumberFormat): number | null {
  const read = readNumber(cell, format);
  if (read !== null || cell === '') return read;
  const bare = cell.trim();
  const trimmed = bare === cell ? null : readNumber(bare, format);
  if (trimmed !== null || RATIO.test(format.suffix) || format.measure || format.mixed)
    return trimmed;
  const own = readNumber(bare, { ...format, prefix: '', suffix: '' });
  const plain = readNumber(bare, PLAIN_FORMAT);
  if (plain === null) return own;
  if (own !== null) return own === plain ? own : null;
  return format.decimal === ',' && EITHER_WAY.test(withPlainMinus(bare)) ? null : plain;
}

/** The number of a cell; null when it is not written in the format. */
export function readNumber(cell: string, format: NumberFormat): number | null {
  if (format.measure) {
    const digits: NumberFormat = { ...format, measure: undefined };
    return readMeasure(cell, format.measure, (part) => readNumber(part, digits));
  }
  if (format.prefix === '' && format.suffix === '' && !format.mixed) {
    const plain = plainNumber(cell, format.decimal);
    if (!Number.isNaN(plain)) return plain;
  }
  if (format.myriads) return readMyriads(withPlainSigns(withPlainDigits(cell), format), format);
  const value = format.mixed
    ? null
    : valueOfDigits(plainDigits(withPlainSigns(cell, format), format));
  if (value !== null) return value;
  return valueOfDigits(freelyPlainDigits(withPlainSigns(withPlainDigits(cell), format), format));
}

function withPlainSigns(cell: string, format: NumberFormat): string {
  return withPlainMinus(withMarkedMinus(cell, format));
}

/** @param plain digits with a point; null: none */
function valueOfDigits(plain: string | null): number | null {
  if (plain === null) return null;
  const value = Number(plain);
  if (!PLAIN.test(plain)) {
    return SCIENTIFIC.test(plain) && Number.isFinite(value) ? value : null;
  }
  // Up to 15 digits always come back.
  if (plain.length <= 15) return value;
  const magnitude = plain.replace(/^-/, '').replace(/^\./, '0.');
  const point = magnitude.indexOf('.');
  // What is lost behind the point of 3.6666666666666667, as databases write averages, tells no two things apart.
  if (point >= 0) return point <= 15 ? value : null;
  return Math.abs(value).toFixed(0) === magnitude ? value : null;
}

/** `1.05万` is 10500 and `1.2M` 1200000; a cell without such a word is what it is. */
function readMyriads(cell: string, format: NumberFormat): number | null {
  const bare = withoutSuffix(withPlainBlanks(cell), format.suffix);
  if (bare === null) return null;
  const { digits, power } = splitMyriads(cell, format);
  const value = readNumber(`${digits}${format.suffix}`, { ...format, myriads: false });
  if (value === null || power === 0) return value;
  // Not by multiplying: 1.05 times 10,000 is not quite 10,500.
  const shifted = Number(`${value}e${power}`);
  return Number.isFinite(shifted) ? shifted : null;
}

/** A cell without its suffix and its 万, 亿, K, M or bn. */
function splitMyriads(
  cell: string,
  { suffix, myriads }: NumberFormat,
): { readonly digits: string; readonly power: number } {
  const bare = withoutSuffix(withPlainBlanks(cell), suffix) ?? cell;
  const unit = myriads ? MYRIADS.exec(bare)?.[1] : undefined;
  if (unit === undefined) return { digits: bare, power: 0 };
  const name = unit.replace(/[ \u00a0.]/g, '').toLowerCase();
  return { digits: bare.slice(0, -unit.length), power: POWERS[name] as number };
}

/** Number of decimals of a cell in the format. */
export function decimalsOf(cell: string, format: NumberFormat): number {
  const plain = withPlainSigns(withPlainDigits(cell).trim(), format);
  const { digits, power } = splitMyriads(plain, format);
  const { decimal } = (format.mixed && ownMarks(digits)) || format;
  const at = digits.lastIndexOf(decimal);
  return at < 0 ? 0 : Math.max(0, digits.length - at - 1 - power);
}
