/**
 * Text in pieces → records, by papaparse. A piece may end anywhere: what follows the last whole
 * record is kept and tried again once it has doubled, so that one huge field costs no more than twice
 * its length.
 */
import Papa, { type ParseResult } from 'papaparse';
import { TabLlmError } from '../errors.ts';
import type { CsvDialect } from './dialect.ts';

export interface ParsedRecord {
  /** Counted from 0, the header included. */
  readonly index: number;
  readonly cells: readonly string[];
  /** A quote that stands where none may. */
  readonly badQuotes: boolean;
}

/**
 * @param longest characters that a record may have
 * @throws TabLlmError 'bad-csv' at a quote that is never closed and at a record that is too long
 */
export async function* parseRecords(
  texts: AsyncIterable<string>,
  { delimiter, quote }: CsvDialect,
  longest: number,
): AsyncGenerator<readonly ParsedRecord[]> {
  const parser = new Papa.Parser({ delimiter, quoteChar: quote, newline: '\n' });
  let pending: string[] = [];
  let [length, tried, index] = [0, 0, 0];

  const parse = (last: boolean): ParsedRecord[] => {
    const text = pending.join('');
    const { data, errors, meta } = parser.parse(text, 0, !last) as ParseResult<string[]>;
    const bad = new Set<number>();
    for (const { code, row = 0 } of errors) {
      if (code === 'MissingQuotes') throw neverClosed(index + row);
      bad.add(row);
    }
    const rest = last ? '' : text.slice(meta.cursor);
    pending = rest === '' ? [] : [rest];
    length = rest.length;
    tried = length;
    if (length > longest) throw tooLong(index + data.length, longest);
    const start = index;
    index += data.length;
    return data.map((cells, i) => ({ index: start + i, cells, badQuotes: bad.has(i) }));
  };

  for await (const text of texts) {
    pending.push(text);
    length += text.length;
    if (length < 2 * tried && length <= longest) continue;
    const records = parse(false);
    if (records.length > 0) yield records;
  }
  if (length > 0) {
    const records = parse(true);
    // A line end at the end of the file opens no record.
    const last = records.at(-1);
    yield last && isBlank(last) ? records.slice(0, -1) : records;
  }
}

/** A line without anything on it. */
export function isBlank({ cells }: ParsedRecord): boolean {
  return cells.length === 1 && cells[0] === '';
}

function neverClosed(index: number): TabLlmError {
  return new TabLlmError(
    'bad-csv',
    `${place(index)}: a quote is opened and never closed. Close it, or double it ("") if it belongs to the text.`,
  );
}

function tooLong(index: number, longest: number): TabLlmError {
  return new TabLlmError(
    'bad-csv',
    `${place(index)} is longer than ${longest} characters, most likely because a quote is never closed. Close it, or allow longer rows.`,
  );
}

function place(index: number): string {
  return index === 0 ? 'The header' : `Row ${index}`;
}
