/**
 * A CSV file as a stream of rows. Only the piece being read is in memory: whoever takes the rows sets
 * the pace. What is wrong with a row is told with the row; only what makes the rest unreadable stops.
 */
import { createReadStream } from 'node:fs';
import type { Translated } from '@quaestor/peft';
import { TabLlmError } from '../errors.ts';
import { decodeText } from './decode.ts';
import { type CsvDialect, detectDialect } from './dialect.ts';
import { type CsvEncoding, detectEncoding } from './encoding.ts';
import { uniqueHeaders } from './headers.ts';
import { isBlank, type ParsedRecord, parseRecords } from './parse-records.ts';
import { peekable } from './peekable.ts';

export interface CsvRow {
  /** Counted from 1, without the header and blank lines. */
  readonly row: number;
  /** One for each column. */
  readonly cells: readonly string[];
  /** Each goes on from “row 7 …”. */
  readonly problems: readonly Translated[];
}

export interface CsvTable {
  readonly columns: readonly string[];
  readonly encoding: CsvEncoding;
  readonly dialect: CsvDialect;
  /** About the table as a whole. */
  readonly warnings: readonly Translated[];
  /** The rows in pieces, once. Leaving the loop early closes the file. */
  rows(): AsyncGenerator<readonly CsvRow[]>;
  /** Closes a file whose rows are not read. */
  close(): Promise<void>;
}

export interface ReadCsvOptions {
  readonly encoding?: CsvEncoding;
  readonly delimiter?: string;
  readonly quote?: string;
  /** Characters that a row may have; default 64 Mi. */
  readonly longestRow?: number;
  /** Characters that a cell may have; a longer one is taken as empty, and its row says so. Default 1 Mi. */
  readonly longestCell?: number;
  readonly signal?: AbortSignal;
}

const HEAD = 64 * 1024;
const LONGEST_ROW = 64 * 1024 * 1024;
const LONGEST_CELL = 1024 * 1024;

/**
 * Reads the beginning of a table.
 * @param source a path, or bytes
 * @throws TabLlmError 'not-found', 'bad-csv'
 */
export async function openCsv(
  source: string | AsyncIterable<Uint8Array>,
  options: ReadCsvOptions = {},
): Promise<CsvTable> {
  const bytes = peekable(readBytes(source, options.signal), (pieces) => Buffer.concat(pieces));
  const head = await bytes.peek(HEAD);
  const encoding = options.encoding ?? detectEncoding(head);
  const texts = peekable(decodeText(bytes.all(), encoding), (pieces) => pieces.join(''));
  const dialect = detectDialect(await texts.peek(HEAD / 4), {
    ...(options.delimiter !== undefined && { delimiter: options.delimiter }),
    ...(options.quote !== undefined && { quote: options.quote }),
  });
  const longest = {
    record: options.longestRow ?? LONGEST_ROW,
    cell: options.longestCell ?? LONGEST_CELL,
  };
  const records = parseRecords(texts.all(), dialect, longest);
  const first = await nextRecords(records);
  const at = first.findIndex((record) => !isBlank(record));
  const header = first[at];
  if (!header) {
    throw new TabLlmError('bad-csv', {
      en: 'The table is empty: it has not even a header.',
      zh: '表格是空的，连表头都没有。',
    });
  }
  const { columns, warnings } = uniqueHeaders(header.cells);
  return {
    columns,
    encoding,
    dialect,
    warnings,
    rows: () =>
      toRows(first.slice(at + 1), records, { columns: columns.length, longest: longest.cell }),
    close: async () => {
      await records.return(undefined);
    },
  };
}

async function nextRecords(
  records: AsyncGenerator<readonly ParsedRecord[]>,
): Promise<readonly ParsedRecord[]> {
  for (;;) {
    const { value, done } = await records.next();
    if (done) return [];
    if (value.some((record) => !isBlank(record))) return value;
  }
}

interface RowShape {
  readonly columns: number;
  /** Characters that a cell may have. */
  readonly longest: number;
}

async function* toRows(
  first: readonly ParsedRecord[],
  others: AsyncGenerator<readonly ParsedRecord[]>,
  shape: RowShape,
): AsyncGenerator<readonly CsvRow[]> {
  let row = 0;
  const finish = (records: readonly ParsedRecord[]): CsvRow[] =>
    records
      .filter((record) => shape.columns === 1 || !isBlank(record))
      .map((record) => toRow(record, ++row, shape));
  try {
    if (first.length > 0) yield finish(first);
    for await (const records of others) yield finish(records);
  } finally {
    await others.return(undefined);
  }
}

function toRow(
  { cells: read, badQuotes }: ParsedRecord,
  row: number,
  { columns, longest }: RowShape,
): CsvRow {
  const problems: Translated[] = [];
  let cells = read;
  if (read.some(({ length }) => length > longest)) {
    problems.push({
      en: `has a cell of more than ${longest} characters, which is taken as empty`,
      zh: `有超过 ${longest} 个字符的单元格，已按空值处理`,
    });
    cells = read.map((cell) => (cell.length > longest ? '' : cell));
  }
  if (badQuotes) {
    problems.push({
      en: 'a quote stands inside a quoted cell without being doubled',
      zh: '有引号出现在带引号的单元格中，却没有写成两个',
    });
  }
  if (cells.some((cell) => cell.includes('\ufffd'))) {
    problems.push({
      en: 'has bytes that are not of the encoding of the file',
      zh: '有不属于文件编码的字节',
    });
  }
  if (cells.length === columns) return { row, cells, problems };
  problems.push({
    en: `has ${cells.length} cells where the header has ${columns}`,
    zh: `有 ${cells.length} 个单元格，而表头有 ${columns} 个`,
  });
  const filled = Array.from({ length: columns }, (_, i) => cells[i] ?? '');
  return { row, cells: filled, problems };
}

async function* readBytes(
  source: string | AsyncIterable<Uint8Array>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  const stream = typeof source === 'string' ? createReadStream(source) : source;
  try {
    for await (const piece of stream) {
      if (signal?.aborted) {
        throw new TabLlmError('aborted', { en: 'Reading was stopped.', zh: '已停止读取。' });
      }
      yield piece as Uint8Array;
    }
  } catch (cause) {
    if (cause instanceof TabLlmError) throw cause;
    const code = (cause as NodeJS.ErrnoException).code === 'ENOENT' ? 'not-found' : 'bad-csv';
    const { message } = cause as Error;
    throw new TabLlmError(
      code,
      { en: `Cannot read ${source}: ${message}`, zh: `无法读取 ${source}：${message}` },
      { cause },
    );
  }
}
