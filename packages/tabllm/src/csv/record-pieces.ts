/**
 * Text in pieces → pieces of whole records. A piece may end anywhere: what follows the last whole
 * record is kept and tried again once it has doubled. Without quotes a record ends where its line does;
 * else the records must be read to see it. A record longer than a cell may be is read on its own,
 * without its cells being kept whole.
 */
import type { Translated } from '@quaestor/peft';
import { TabLlmError } from '../errors.ts';
import type { CsvDialect } from './dialect.ts';
import { LongRecord } from './long-record.ts';
import { type CsvRecord, isBlank, parse, type RecordPiece } from './records-of.ts';
import { withoutSeparatorLine } from './separator-line.ts';

export interface LongestText {
  /** Characters that a record may have. */
  readonly record: number;
  /** Characters that a cell may have; of a longer one that many and one more are given. */
  readonly cell: number;
}

/**
 * @throws TabLlmError 'bad-csv' at a quote that is never closed and at a record that is too long
 */
export async function* recordPieces(
  texts: AsyncIterable<string>,
  dialect: CsvDialect,
  longest: LongestText,
): AsyncGenerator<RecordPiece> {
  let pending: string[] = [];
  // Records so far, the header included.
  let [length, tried, index] = [0, 0, 0];
  let long: LongRecord | null = null;
  const mostWhole = Math.min(longest.cell, longest.record);

  const keep = (rest: string): void => {
    pending = rest === '' ? [] : [rest];
    length = rest.length;
  };

  /** The whole records of what is pending; null: none. */
  const take = (): RecordPiece | null => {
    const text = pending.join('');
    const quoted = text.includes(dialect.quote);
    const { records, end } = quoted
      ? parse(text, dialect, false)
      : { records: null, end: text.lastIndexOf('\n') + 1 };
    keep(text.slice(end));
    tried = length;
    if (end === 0) return null;
    const piece = { text: text.slice(0, end), records };
    index += records?.length ?? countLines(piece.text);
    return piece;
  };

  /** What the file ends with. */
  const takeRest = (): RecordPiece => {
    const text = pending.join('');
    if (!text.includes(dialect.quote)) return { text, records: null };
    const { records, unclosed } = parse(text, dialect, true);
    if (unclosed !== null) throw neverClosed(index + unclosed);
    // A line end at the end of the file opens no record.
    const last = text.endsWith('\n') ? records.at(-1) : undefined;
    return { text: null, records: last && isBlank(last) ? records.slice(0, -1) : records };
  };

  /** Reads on in a long record; what follows it is pending. */
  const readLong = (record: LongRecord, text: string): RecordPiece | null => {
    const rest = record.read(text);
    if (record.length > longest.record) throw tooLong(index, longest.record);
    long = rest === null ? record : null;
    keep(rest ?? '');
    tried = 0;
    if (rest === null) return null;
    index++;
    return pieceOf(record);
  };

  for await (const text of withoutSeparatorLine(texts)) {
    if (long) {
      const piece = readLong(long, text);
      if (piece) yield piece;
      continue;
    }
    pending.push(text);
    length += text.length;
    if (length < 2 * tried && length <= mostWhole) continue;
    const piece = take();
    if (piece) yield piece;
    if (length > mostWhole) {
      const own = readLong(new LongRecord(dialect, longest.cell + 1), pending.join(''));
      if (own) yield own;
    }
  }
  if (long) {
    const record: LongRecord = long;
    if (!record.end()) throw neverClosed(index);
    yield pieceOf(record);
  }
  if (length > 0) yield takeRest();
}

function pieceOf({ cells, badQuotes }: LongRecord): RecordPiece {
  const record: CsvRecord = { cells, badQuotes };
  return { text: null, records: [record] };
}

function countLines(text: string): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
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
