/**
 * Text in pieces → records, by papaparse. A piece may end anywhere: what follows the last whole
 * record is kept and tried again once it has doubled. A record longer than a cell may be is read on
 * its own, without its cells being kept whole.
 */
import type { Translated } from '@quaestor/peft';
import Papa, { type ParseResult } from 'papaparse';
import { TabLlmError } from '../errors.ts';
import type { CsvDialect } from './dialect.ts';
import { LongRecord } from './long-record.ts';

export interface ParsedRecord {
  /** Counted from 0, the header included. */
  readonly index: number;
  readonly cells: readonly string[];
  /** A quote that stands where none may. */
  readonly badQuotes: boolean;
}

export interface LongestText {
  /** Characters that a record may have. */
  readonly record: number;
  /** Characters that a cell may have; of a longer one that many and one more are given. */
  readonly cell: number;
}

/**
 * @throws TabLlmError 'bad-csv' at a quote that is never closed and at a record that is too long
 */
export async function* parseRecords(
  texts: AsyncIterable<string>,
  dialect: CsvDialect,
  longest: LongestText,
): AsyncGenerator<readonly ParsedRecord[]> {
  const { delimiter, quote } = dialect;
  const parser = new Papa.Parser({ delimiter, quoteChar: quote, newline: '\n' });
  let pending: string[] = [];
  let [length, tried, index] = [0, 0, 0];
  let long: LongRecord | null = null;
  const mostWhole = Math.min(longest.cell, longest.record);

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
    const start = index;
    index += data.length;
    return data.map((cells, i) => ({ index: start + i, cells, badQuotes: bad.has(i) }));
  };

  /** Reads on in a long record; what follows it is pending. */
  const readLong = (record: LongRecord, text: string): ParsedRecord[] => {
    const rest = record.read(text);
    if (record.length > longest.record) throw tooLong(index, longest.record);
    long = rest === null ? record : null;
    pending = rest ? [rest] : [];
    length = rest?.length ?? 0;
    tried = 0;
    return rest === null ? [] : [whole(record)];
  };
  const whole = ({ cells, badQuotes }: LongRecord): ParsedRecord => ({
    index: index++,
    cells,
    badQuotes,
  });

  for await (const text of texts) {
    if (long) {
      const records = readLong(long, text);
      if (records.length > 0) yield records;
      continue;
    }
    pending.push(text);
    length += text.length;
    if (length < 2 * tried && length <= mostWhole) continue;
    const records = parse(false);
    if (length > mostWhole) {
      records.push(...readLong(new LongRecord(dialect, longest.cell + 1), pending.join('')));
    }
    if (records.length > 0) yield records;
  }
  if (long) {
    const record: LongRecord = long;
    if (!record.end()) throw neverClosed(index);
    yield [whole(record)];
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
  const { en, zh } = place(index);
  return new TabLlmError('bad-csv', {
    en: `${en}: a quote is opened and never closed. Close it, or double it ("") if it belongs to the text.`,
    zh: `${zh}有没有闭合的引号。请补上引号；如果它是文本的一部分，请写成两个（""）。`,
  });
}

function tooLong(index: number, longest: number): TabLlmError {
  const { en, zh } = place(index);
  return new TabLlmError('bad-csv', {
    en: `${en} is longer than ${longest} characters, most likely because a quote is never closed. Close it, or allow longer rows.`,
    zh: `${zh}超过 ${longest} 个字符，很可能是有引号没有闭合。请补上引号，或允许更长的行。`,
  });
}

function place(index: number): Translated {
  return index === 0
    ? { en: 'The header', zh: '表头' }
    : { en: `Row ${index}`, zh: `第 ${index} 行` };
}
