/**
 * Rows → numbers for the tabular models, by what was learned of the columns (see `fitEncoder`). Numbers, dates, ratios
 * and differences of two numbers and the days between two dates are standardised, (x − mean) / sd, with missing ones at
 * the mean; of dates the calendar tells more (see `calendarEntries`); categories and yes or no are one-hot, with a
 * column of their own for missing; text is words and topics, where they were learned, and what a language model makes
 * of it, where one read the text.
 */
import { categoryPlaces } from '../schema/category-places.ts';
import { missingTest } from '../schema/missing.ts';
import { readValue } from '../schema/read-value.ts';
import type { ColumnSchema, TableSchema } from '../schema/table-schema.ts';
import { noteMissing, noteUnread, type UnreadCells } from '../schema/unread-cells.ts';
import type { TextStates } from '../scoring/text-states.ts';
import { ratioOf } from './amount-ratios.ts';
import { type CalendarPart, calendarEntries, calendarNames } from './calendar.ts';
import { emptyMatrix, type Matrix } from './matrix.ts';
import type { Amount } from './multiplicative-regression.ts';
import { rankScore } from './rank-scores.ts';
import { differenceOf } from './side-differences.ts';
import { keepFilled } from './sparse-products.ts';
import { readMeanings, type TextMeanings } from './text-meanings.ts';
import { type TextEntry, type TextWords, textReader, widthOfText } from './text-topics.ts';
import { daysFrom } from './time-spans.ts';

export interface Encoder {
  readonly columns: readonly string[];
  /** The columns of the table that each of them comes from: two of days from one time to another, of ratios and of differences. */
  readonly sources: readonly (readonly number[])[];
  /** What each is a view of, by number: a column's cells, a part of the calendar in it, or something of two columns. */
  readonly views: readonly number[];
  /** Those that tell a tree something: the others are other views of the same numbers. */
  readonly forTrees: readonly number[];
  /** Those that hold a number or the order of a category on one scale: one for each such column. */
  readonly quantities: readonly number[];
  /** Those that hold a number as it is, none drawn in. */
  readonly amounts: readonly Amount[];
  /**
   * @param rows cells in the schema's order
   * @param unread gets the cells that are not read as their columns were learned
   */
  encode(rows: readonly (readonly string[])[], unread?: UnreadCells): Matrix;
}

/** A view of the number of a cell, of the days from one time to another, or of the ratio or difference of two numbers. */
type NumberView = {
  /** Place of the column of times that days are counted from, to those of this one. */
  readonly since?: number | undefined;
  /** Place of the column of amounts that those of this one are divided by. */
  readonly per?: number | undefined;
  /** Place of the column whose numbers are taken from those of this one. */
  readonly less?: number | undefined;
} & (
  | {
      readonly kind: 'scaled';
      readonly mean: number;
      readonly sd: number;
      /** Standard deviations that outliers are drawn in to, by tanh; null: none. */
      readonly limit: number | null;
    }
  | {
      readonly kind: 'ranked';
      readonly values: readonly number[];
      readonly scores: readonly number[];
    }
  | { readonly kind: 'equals'; readonly value: number }
  /** Whether there is no number. */
  | { readonly kind: 'no-number' }
);

/** What was learned of the columns; data, to be kept with a model. Entries are multiplied by `weight`. */
export type EncodedColumn = { readonly index: number; readonly weight: number } & (
  | NumberView
  | { readonly kind: 'calendar'; readonly part: CalendarPart }
  | { readonly kind: 'one-hot'; readonly values: readonly string[] }
  | {
      readonly kind: 'ordered';
      readonly values: readonly string[];
      readonly scores: readonly number[];
    }
  | ({
      readonly kind: 'text';
      /** null: no language model reads it. */
      readonly meanings: TextMeanings | null;
    } & TextWords)
);

/** Rows as they are written: all entries, and those that are not 0 with their columns. */
interface Entries {
  readonly all: Float64Array;
  readonly places: Int32Array;
  readonly values: Float64Array;
}

/**
 * The encoder of what was learned.
 * @param states the language model that reads text, where one did when it was learned; without it no row is encoded
 */
export function encoderOf(
  schema: TableSchema,
  fitted: readonly EncodedColumn[],
  states: TextStates | null = null,
): Encoder {
  const isMissing = missingTest(schema.missing);
  const columns: string[] = [];
  const sources: number[][] = [];
  const views: number[] = [];
  const known: string[] = [];
  const forTrees: number[] = [];
  const quantities: number[] = [];
  const amounts: Amount[] = [];
  const fillers = fitted.map((encoded) => {
    const { name, alike } = schema.columns[encoded.index] as ColumnSchema;
    const beside = besideOf(encoded);
    const other = beside === null ? '' : ` ${beside.as} ${schema.columns[beside.index]?.name}`;
    const names = namesOf(`${name}${other}`, encoded);
    const filler = {
      encoded,
      beside,
      start: columns.length,
      places: placesOf(encoded, alike),
      textOf: encoded.kind === 'text' ? textReader(encoded) : null,
      meanings: encoded.kind === 'text' ? encoded.meanings : null,
    };
    const view = viewOf(encoded);
    if (!known.includes(view)) known.push(view);
    // Trees are drawn to a ratio that labelled rows show by chance.
    const oneMoreView =
      encoded.kind === 'ranked' || encoded.kind === 'equals' || beside?.as === 'per';
    if (encoded.kind === 'ranked' || encoded.kind === 'ordered') quantities.push(columns.length);
    // A ratio is a product of the amounts themselves, and a difference is no amount.
    const isAmount = beside === null || beside.as === 'since';
    if (encoded.kind === 'scaled' && encoded.limit === null && isAmount)
      amounts.push(amountOf(encoded, columns.length));
    for (const column of names) {
      if (!oneMoreView) forTrees.push(columns.length);
      columns.push(column);
      sources.push(beside === null ? [encoded.index] : [encoded.index, beside.index]);
      views.push(known.indexOf(view));
    }
    return filler;
  });
  const widest = fitted.reduce((sum, encoded) => sum + mostEntriesOf(encoded), 0);
  const note = (unread: UnreadCells, index: number, cell: string, row: number): void => {
    if (isMissing(cell)) noteMissing(unread, index);
    else noteUnread(unread, index, cell, row);
  };
  /** Of each column that the language model reads the rows' meanings. */
  const meaningsOf = (rows: readonly (readonly string[])[]) =>
    fillers.map(({ encoded: { index }, meanings }) => {
      if (meanings === null) return null;
      const cells = rows.map((row) => row[index] ?? '');
      return readMeanings(meanings, states, cells, isMissing);
    });
  const isAskedAgain: boolean[] = [];
  for (const { encoded, beside } of fillers) {
    if (beside) for (const index of [encoded.index, beside.index]) isAskedAgain[index] = true;
  }
  const lastCells: string[] = [];
  const lastValues: (number | null)[] = [];
  /** What the cell of a column is read as, which days and ratios to others ask for again. */
  const numberAt = (index: number, cell: string): number | null => {
    if (!isAskedAgain[index]) return readValue(cell, schema.columns[index] as ColumnSchema);
    if (lastCells[index] === cell) return lastValues[index] as number | null;
    const value = readValue(cell, schema.columns[index] as ColumnSchema);
    lastCells[index] = cell;
    lastValues[index] = value;
    return value;
  };
  /** Writes a row's entries behind `filled` others. @returns how many entries there are then */
  const fill = (
    into: Entries,
    i: number,
    row: readonly string[],
    filled: number,
    read: ReturnType<typeof meaningsOf>,
    unread: UnreadCells | undefined,
  ): number => {
    const at = i * columns.length;
    let count = filled;
    let [readIndex, readBeside, value]: [number, Beside | null, number | null] = [-1, null, null];
    for (const [f, { encoded, beside, start, places, textOf }] of fillers.entries()) {
      const { index, kind, weight } = encoded;
      const cell = row[index] ?? '';
      if (kind === 'text') {
        const words = textOf?.(cell) ?? [];
        const meaning = read[f]?.[i];
        for (const [column, entry] of meaning ? behind(words, meaning, encoded) : words) {
          count = put(into, at, start + column, weight * entry, count);
        }
        continue;
      }
      let [column, entry] = [start, 0];
      if (kind === 'one-hot') {
        // A value never seen sets nothing.
        const place = places?.(cell);
        if (place !== undefined || isMissing(cell)) {
          column += place ?? encoded.values.length;
          entry = weight;
        }
        if (place === undefined && unread) note(unread, index, cell, i);
      } else if (kind === 'ordered') {
        const place = places?.(cell);
        if (place !== undefined) entry = weight * (encoded.scores[place] as number);
      } else {
        // A number's views stand beside each other: it is read once.
        if (readIndex !== index || !isSame(readBeside, beside)) {
          value = numberAt(index, cell);
          if (beside) {
            const other = numberAt(beside.index, row[beside.index] ?? '');
            value = MADE_OF_TWO[beside.as](value, other);
          } else if (value === null && unread) note(unread, index, cell, i);
        }
        [readIndex, readBeside] = [index, beside];
        if (kind === 'calendar') {
          const entries = value === null ? [] : calendarEntries(encoded.part, value);
          for (const [own, part] of entries)
            count = put(into, at, start + own, weight * part, count);
          continue;
        }
        if (value === null) entry = kind === 'no-number' ? weight : 0;
        else if (kind === 'no-number') entry = 0;
        else if (kind === 'scaled') entry = weight * scaled(value, encoded);
        else if (kind === 'ranked') entry = weight * rankScore(encoded, value);
        else if (value === encoded.value) entry = weight;
      }
      if (entry !== 0) count = put(into, at, column, entry, count);
    }
    return count;
  };
  return {
    columns,
    sources,
    views,
    forTrees,
    quantities,
    amounts,
    encode: (rows, unread) => {
      const matrix = emptyMatrix(rows.length, columns.length);
      const most = rows.length * widest;
      const places = new Int32Array(most);
      const values = new Float64Array(most);
      const starts = new Int32Array(rows.length + 1);
      const into = { all: matrix.values, places, values };
      const read = meaningsOf(rows);
      for (const [i, row] of rows.entries()) {
        starts[i + 1] = fill(into, i, row, starts[i] as number, read, unread);
      }
      keepFilled(matrix, { places, values, starts });
      return matrix;
    },
  };
}

/** Writes an entry behind `count` others. @param at where the row begins @returns how many there are then */
function put(into: Entries, at: number, column: number, entry: number, count: number): number {
  into.all[at + column] = entry;
  into.places[count] = column;
  into.values[count] = entry;
  return count + 1;
}

/** Entries of a row that it sets at most. */
function mostEntriesOf(encoded: EncodedColumn): number {
  if (encoded.kind === 'text') return widthOf(encoded);
  return encoded.kind === 'calendar' ? 2 : 1;
}

/** What it is a view of, see `Encoder`. */
export function viewOf(encoded: EncodedColumn): string {
  return JSON.stringify([encoded.index, partOf(encoded), besideOf(encoded)]);
}

/** The part of the calendar that it shows; null: none. */
export function partOf(encoded: EncodedColumn): CalendarPart | null {
  return encoded.kind === 'calendar' ? encoded.part : null;
}

/** Another column, and what is made of a number and its own: days since, the ratio per its amount, or how much less. */
export interface Beside {
  readonly index: number;
  readonly as: 'since' | 'per' | 'less';
}

/** The other column that it shows a number beside; null: it shows the cell itself. */
export function besideOf(encoded: EncodedColumn): Beside | null {
  if ('since' in encoded && encoded.since !== undefined)
    return { index: encoded.since, as: 'since' };
  if ('per' in encoded && encoded.per !== undefined) return { index: encoded.per, as: 'per' };
  if ('less' in encoded && encoded.less !== undefined) return { index: encoded.less, as: 'less' };
  return null;
}

/** Of a number and that of the other column. */
const MADE_OF_TWO: Readonly<
  Record<Beside['as'], (value: number | null, other: number | null) => number | null>
> = {
  since: (value, other) => daysFrom(other, value),
  per: ratioOf,
  less: differenceOf,
};

function isSame(a: Beside | null, b: Beside | null): boolean {
  return a?.index === b?.index && a?.as === b?.as;
}

function amountOf(
  { mean, sd, weight }: Extract<EncodedColumn, { readonly kind: 'scaled' }>,
  column: number,
): Amount {
  return { column, origin: mean, unit: sd / weight };
}

function scaled(
  value: number,
  { mean, sd, limit }: Extract<EncodedColumn, { readonly kind: 'scaled' }>,
): number {
  // By halves, since the distance of the largest numbers is none.
  const deviations = (value / 2 - mean / 2) / (sd / 2);
  return limit === null ? deviations : limit * Math.tanh(deviations / limit);
}

function namesOf(name: string, encoded: EncodedColumn): string[] {
  if (encoded.kind === 'one-hot') {
    return [...encoded.values.map((value) => `${name}=${value}`), `${name} missing`];
  }
  if (encoded.kind === 'text') {
    const { words, shown, topics, meanings } = encoded;
    return [
      ...words.slice(0, shown).map((word) => `${name}: ${word}`),
      ...Array.from({ length: topics }, (_, t) => `${name} topic ${t + 1}`),
      ...(meanings?.centre ?? []).map((_, t) => `${name} meaning ${t + 1}`),
    ];
  }
  if (encoded.kind === 'calendar') {
    return calendarNames(encoded.part).map((part) => `${name}: ${part}`);
  }
  if (encoded.kind === 'equals') return [`${name}=${encoded.value}`];
  if (encoded.kind === 'no-number') return [`${name} missing`];
  return [encoded.kind === 'scaled' ? name : `${name} ${encoded.kind}`];
}

/** Columns that rows get of it; of text those of words and topics, and of its meaning behind them. */
export function widthOf(encoded: EncodedColumn): number {
  if (encoded.kind === 'text') return widthOfText(encoded) + (encoded.meanings?.centre.length ?? 0);
  if (encoded.kind === 'calendar') return calendarNames(encoded.part).length;
  return encoded.kind === 'one-hot' ? encoded.values.length + 1 : 1;
}

/** Whether a language model has to read text before rows become numbers. */
export function readsMeanings(fitted: readonly EncodedColumn[]): boolean {
  return fitted.some((encoded) => encoded.kind === 'text' && encoded.meanings !== null);
}

/** Entries of words and topics, and a meaning behind them. */
function behind(
  words: readonly TextEntry[],
  meaning: Float64Array,
  text: TextWords,
): readonly TextEntry[] {
  const start = widthOfText(text);
  return [...words, ...Array.from(meaning, (entry, t): TextEntry => [start + t, entry])];
}

function placesOf(
  encoded: EncodedColumn,
  alike: ColumnSchema['alike'],
): ((cell: string) => number | undefined) | null {
  if (encoded.kind !== 'one-hot' && encoded.kind !== 'ordered') return null;
  return categoryPlaces(encoded.values, alike);
}
