/** Text of whole records → records. Where no quote stands, lines are records; all else is papaparse's. */
import Papa, { type ParseResult } from 'papaparse';
import type { CsvDialect } from './dialect.ts';

export interface CsvRecord {
  readonly cells: readonly string[];
  /** A quote that stands where none may. */
  readonly badQuotes: boolean;
}

/** Whole records, to be read on any thread. */
export interface RecordPiece {
  /** null: only `records` have them. */
  readonly text: string | null;
  /** null: they are not read yet. */
  readonly records: readonly CsvRecord[] | null;
}

/** The records of a piece, one after the other; those that are not read yet are read as they are taken. */
export function recordsOf(piece: RecordPiece, dialect: CsvDialect): Iterable<CsvRecord> {
  if (piece.records) return piece.records;
  const text = piece.text ?? '';
  if (!text.includes(dialect.quote)) return linesOf(text, dialect.delimiter);
  return parse(text, dialect, false).records;
}

function* linesOf(text: string, delimiter: string): Generator<CsvRecord> {
  for (let start = 0; start < text.length; ) {
    const end = endOfLine(text, start);
    yield { cells: text.slice(start, end).split(delimiter), badQuotes: false };
    start = end + 1;
  }
}

/** What follows so many records of a piece. */
export function withoutFirst({ text, records }: RecordPiece, count: number): RecordPiece {
  if (text === null || records) return { text: null, records: records?.slice(count) ?? [] };
  let start = 0;
  for (let line = 0; line < count; line++) start = endOfLine(text, start) + 1;
  return { text: text.slice(start), records: null };
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

/** A line without anything on it. */
export function isBlank({ cells }: CsvRecord): boolean {
  return cells.length === 1 && cells[0] === '';
}

/** A blank line, or one of delimiters alone, as spreadsheets write rows without content. */
export function isEmpty({ cells }: CsvRecord): boolean {
  return cells[0] === '' && cells.every((cell) => cell === '');
}

export interface ParsedText {
  readonly records: readonly CsvRecord[];
  /** Where they end. */
  readonly end: number;
  /** The record with a quote that is never closed; null: there is none. */
  readonly unclosed: number | null;
}

/** @param whole whether what follows the last line end is a record, too */
export function parse(text: string, { delimiter, quote }: CsvDialect, whole: boolean): ParsedText {
  const parser = new Papa.Parser({ delimiter, quoteChar: quote, newline: '\n' });
  const { data, errors, meta } = parser.parse(text, 0, !whole) as ParseResult<string[]>;
  const bad = new Set<number>();
  let unclosed: number | null = null;
  for (const { code, row = 0 } of errors) {
    if (code === 'MissingQuotes') unclosed = row;
    else bad.add(row);
  }
  const records = data.map((cells, i) => ({ cells, badQuotes: bad.has(i) }));
  return { records, end: meta.cursor, unclosed };
}
