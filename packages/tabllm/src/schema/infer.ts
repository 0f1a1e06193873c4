/**
 * Rows → schema. A column is of a kind if every one of its cells is; a number or a date, too, if nearly all
 * are, or all but a few words that stand for none, the others being taken as missing (see `countUnread`). Identifiers (all different, and counted up or
 * named so) and constants are set apart.
 */
import type { Translated } from '@quaestor/peft';
import { TabLlmError } from '../errors.ts';
import { detectBoolean, meaningOf } from './boolean-words.ts';
import { commonDateFormat, type DateFormat, detectDateFormat } from './date-format.ts';
import { MISSING, missingTest } from './missing.ts';
import { mixedDateFormats } from './mixed-dates.ts';
import {
  commonNumberFormat,
  decimalsOf,
  detectNumberFormat,
  mixedNumberFormat,
  type NumberFormat,
  numberOf,
  unitNumberFormat,
} from './number-format.ts';
import { timeOf } from './read-value.ts';
import { withoutStandInWords } from './stand-in-words.ts';
import {
  type ColumnKind,
  type ColumnSchema,
  KINDS_IN_CHINESE,
  type TableSchema,
} from './table-schema.ts';
import { gapsMayTell } from './telling-gaps.ts';

export interface InferOptions {
  /** Cells that stand for nothing; default MISSING. */
  readonly missing?: readonly string[];
  /** Kinds that are known better, by column. */
  readonly kinds?: ReadonlyMap<string, ColumnKind>;
  /** So many of the first rows say how numbers and dates are written; default: all. */
  readonly deciding?: number;
  /** The rows are of one table up to here, and of another behind: either numbers its own. Default: of one. */
  readonly tableEnd?: number;
}

/** A column of words with at most so many different ones is a category … */
const FEW = 20;
/** … and with more, if each comes this often on average and none is long. */
const REPEATS = 5;
const LONG = 60;
/** A number that a few cells are not has so many different values: of two, the others are a third. */
const QUANTITY = 3;
/** Chinese has no blanks: more than the characters of a name are several words. */
const SEVERAL_WORDS = / |\p{Script=Han}{5}/u;
const NAMED_ID = /(^|[_\s-])(id|uuid|guid|key|index|row|nr|no|编号|序号)$|^id([_\s-]|$)/i;

/**
 * @param columns unique names
 * @throws TabLlmError 'bad-config' when a column is said to be of a kind that its cells are not
 */
export function inferSchema(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  { missing = MISSING, kinds = new Map(), deciding = rows.length, tableEnd }: InferOptions = {},
): TableSchema {
  const isMissing = missingTest(missing);
  const problems: Translated[] = [];
  const schemas = columns.map((name, index) => {
    const all = rows.map((row) => row[index] ?? '');
    const cells = all.filter((cell) => !isMissing(cell));
    const wanted = kinds.get(name);
    const filled = (some: readonly string[]) => some.filter((cell) => !isMissing(cell));
    const end = tableEnd ?? all.length;
    const known = {
      cells,
      first: filled(all.slice(0, deciding)),
      tables: [filled(all.slice(0, end)), filled(all.slice(end))],
    };
    const described = describeColumn(name, known, all.length - cells.length, wanted);
    if (described) return described;
    if (wanted !== undefined) problems.push(notOfKind(name, wanted));
    return textColumn(name, known.tables, all.length - cells.length);
  });
  for (const name of kinds.keys()) {
    if (columns.includes(name)) continue;
    problems.push({ en: `${name} is not a column`, zh: `没有名为“${name}”的列` });
  }
  if (problems.length > 0) {
    throw new TabLlmError(
      'bad-config',
      { en: 'The kinds given do not fit the table:', zh: '指定的类型与表格不符：' },
      { problems },
    );
  }
  return { columns: schemas, rows: rows.length, missing: [...missing] };
}

function notOfKind(name: string, wanted: ColumnKind): Translated {
  return {
    en: `${name} is not ${wanted}: not every cell can be read so`,
    zh: `列“${name}”不是${KINDS_IN_CHINESE[wanted]}：有的单元格无法这样读取`,
  };
}

interface FilledCells {
  readonly cells: readonly string[];
  /** Those that say how numbers and dates are written. */
  readonly first: readonly string[];
  /** Of each table its own. */
  readonly tables: readonly (readonly string[])[];
}

function describeColumn(
  name: string,
  { cells, first, tables }: FilledCells,
  missing: number,
  wanted: ColumnKind | undefined,
): ColumnSchema | null {
  const may = (kind: ColumnKind) => wanted === undefined || wanted === kind;
  const counts = countCells(cells);
  const role = roleOf(name, tables, counts);
  // One value in some rows and none in the others, as `x` and a blank, is a yes or no.
  if (wanted === undefined && counts.size === 1 && gapsMayTell(cells.length, missing)) {
    return { name, missing, role: 'feature', kind: 'category', values: [...counts.keys()] };
  }
  const bare = may('numeric') ? cells.map((cell) => cell.trim()) : [];
  const numbers = detectNumberFormat(bare);
  if (numbers) return numericColumn(name, { cells, tables }, missing, role, numbers);
  const dates = may('date') ? detectDateFormat(cells) : null;
  if (dates) return dateColumn(name, cells, missing, role, { format: dates });
  const words = may('boolean') ? wordsOf([...counts.keys()], first) : null;
  if (words) return { name, missing, role, kind: 'boolean', ...words };
  const deciding = first.map((cell) => cell.trim());
  const nearly = counts.size > QUANTITY;
  const common = nearly && may('numeric') ? commonNumberFormat(bare, deciding) : null;
  if (common && new Set(numbersOf(cells, common)).size >= QUANTITY) {
    return numericColumn(name, { cells, tables }, missing, role, common);
  }
  const days = nearly && may('date') ? commonDateFormat(first) : null;
  if (days) return dateColumn(name, cells, missing, role, { format: days });
  const several = nearly && may('date') ? mixedDateFormats(first) : null;
  if (several) return dateColumn(name, cells, missing, role, several);
  const mixed = nearly && may('numeric') ? mixedNumberFormat(deciding) : null;
  if (mixed) return numericColumn(name, { cells, tables }, missing, role, mixed);
  const units = nearly && may('numeric') ? unitNumberFormat(deciding) : null;
  if (units) return numericColumn(name, { cells, tables }, missing, role, units);
  const others = counts.size > FEW ? withoutStandInWords(deciding) : null;
  if (others) {
    const format = may('numeric') ? (detectNumberFormat(others) ?? unitNumberFormat(others)) : null;
    if (format) return numericColumn(name, { cells, tables }, missing, role, format);
    const times = may('date') ? detectDateFormat(others) : null;
    if (times) return dateColumn(name, cells, missing, role, { format: times });
  }
  const few =
    counts.size <= FEW ||
    (counts.size * REPEATS <= cells.length && cells.every(({ length }) => length <= LONG));
  if (wanted === 'category' || (wanted === undefined && few)) {
    const values = [...counts].sort((a, b) => b[1] - a[1]).map(([value]) => value);
    return { name, missing, role, kind: 'category', values };
  }
  return may('text') ? textColumn(name, tables, missing) : null;
}

/** Another table may have other words for yes and no than the cells that decide. */
function wordsOf(distinct: readonly string[], first: readonly string[]) {
  const known = detectBoolean(distinct);
  if (known) return known;
  const own = new Set(first);
  const others = distinct.filter((word) => !own.has(word));
  if (others.length === 0 || others.some((word) => meaningOf(word) === null)) return null;
  return detectBoolean([...own]);
}

function numericColumn(
  name: string,
  { cells, tables }: Omit<FilledCells, 'first'>,
  missing: number,
  role: ColumnSchema['role'],
  format: NumberFormat,
): ColumnSchema {
  const values = numbersOf(cells, format);
  const decimals = values.every(Number.isInteger)
    ? 0
    : cells.reduce(
        (most, cell) =>
          numberOf(cell, format) === null ? most : Math.max(most, decimalsOf(cell, format)),
        0,
      );
  const counted =
    decimals === 0 && (isNamedId(name) || tables.every((own) => countsUp(numbersOf(own, format))));
  return {
    name,
    missing,
    role: role === 'identifier' && !counted ? 'feature' : role,
    kind: 'numeric',
    format,
    decimals,
    ...range(values),
  };
}

function numbersOf(cells: readonly string[], format: NumberFormat): number[] {
  return cells.map((cell) => numberOf(cell, format)).filter((value) => value !== null);
}

function dateColumn(
  name: string,
  cells: readonly string[],
  missing: number,
  role: ColumnSchema['role'],
  formats: { readonly format: DateFormat; readonly others?: DateFormat[] },
): ColumnSchema {
  const times = cells.map((cell) => timeOf(cell, formats)).filter((time) => time !== null);
  const own = role === 'constant' ? role : 'feature';
  return { name, missing, role: own, kind: 'date', ...formats, ...range(times) };
}

function textColumn(
  name: string,
  tables: readonly (readonly string[])[],
  missing: number,
): ColumnSchema {
  return { name, missing, role: roleOf(name, tables, countCells(tables.flat())), kind: 'text' };
}

/** All cells of a table different and of one word: perhaps an identifier. All the same: a constant. */
function roleOf(
  name: string,
  tables: readonly (readonly string[])[],
  counts: ReadonlyMap<string, number>,
): ColumnSchema['role'] {
  if (counts.size <= 1) return 'constant';
  const areDifferent = (cells: readonly string[]) => new Set(cells).size === cells.length;
  const different =
    tables.every(areDifferent) && tables.reduce((sum, { length }) => sum + length, 0) >= FEW;
  const wordless = ![...counts.keys()].some((cell) => SEVERAL_WORDS.test(cell));
  return different && (wordless || isNamedId(name)) ? 'identifier' : 'feature';
}

/** Whether a column is called as identifiers are. */
export function isNamedId(name: string): boolean {
  return NAMED_ID.test(name.replace(/(\p{Ll})(\p{Lu})/gu, '$1_$2'));
}

function countsUp(values: readonly number[]): boolean {
  return values.every((value, i) => i === 0 || value === (values[i - 1] as number) + 1);
}

function countCells(cells: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const cell of cells) counts.set(cell, (counts.get(cell) ?? 0) + 1);
  return counts;
}

/** Not by spreading, which a long column would overflow. */
function range(values: readonly number[]): { min: number; max: number } {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return { min, max };
}
