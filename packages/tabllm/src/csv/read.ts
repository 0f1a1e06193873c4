/**
 * A CSV file as a stream of rows. Only the piece being read is in memory: whoever takes the rows sets
 * the pace. What is wrong with a row is told with the row; only what makes the rest unreadable stops.
 */
import { createReadStream } from 'node:fs';
import { reasonOf, type Translated } from '@quaestor/peft';
import { TabLlmError } from '../errors.ts';
import { decodeText } from './decode.ts';
import { type CsvDialect, detectDialect } from './dialect.ts';
import { type CsvEncoding, detectEncoding, hasByteOrderMark } from './encoding.ts';
import { findHeader, isTitle, LOOKED, passedOver } from './find-header.ts';
import { uniqueHeaders } from './headers.ts';
import { peekable } from './peekable.ts';
import { recordPieces } from './record-pieces.ts';
import {
  type CsvRecord,
  isEmpty,
  type RecordPiece,
  recordsOf,
  withoutFirst,
} from './records-of.ts';
import { refuseJson } from './refuse-json.ts';
import { type RowContent, type RowShape, rowsOf } from './rows-of.ts';
import { separatorLine } from './separator-line.ts';

export interface CsvRow extends RowContent {
  /** Counted from 1, without the header and blank lines. */
  readonly row: number;
}

export interface CsvTable {
  readonly columns: readonly string[];
  /** Where the header stands, blank lines counted, from 1. */
  readonly headerLine: number;
  readonly encoding: CsvEncoding;
  /** Whether it begins with a byte order mark. */
  readonly marked: boolean;
  readonly dialect: CsvDialect;
  /** About the table as a whole. */
  readonly warnings: readonly Translated[];
  /** The rows in pieces. Leaving the loop early closes the file. @throws TabLlmError 'bad-csv' the second time, and once closed */
  rows(): AsyncGenerator<readonly CsvRow[]>;
  /** The same rows, in place of `rows`: pieces of the file that any thread can read by `rowsOf` and `shape`. */
  pieces(): AsyncGenerator<RecordPiece>;
  readonly shape: RowShape;
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
/**
 * Rows that are given at once: so few that a collection of garbage never finds most of those that there
 * were alive, after which V8 would think that rows last and leave them to slow collections ever after.
 */
const TOGETHER = 64;
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
  const file = readBytes(source, options.signal);
  try {
    return await readBeginning(file, options);
  } catch (error) {
    await file.return(undefined);
    throw error;
  }
}

async function readBeginning(
  file: AsyncGenerator<Uint8Array>,
  options: ReadCsvOptions,
): Promise<CsvTable> {
  const bytes = peekable(file, (pieces) => Buffer.concat(pieces));
  const head = await bytes.peek(HEAD);
  const encoding = options.encoding ?? detectEncoding(head);
  const texts = peekable(decodeText(bytes.all(), encoding), (pieces) => pieces.join(''));
  const beginning = await texts.peek(HEAD / 4);
  refuseJson(beginning);
  const dialect = detectDialect(beginning, {
    ...(options.delimiter !== undefined && { delimiter: options.delimiter }),
    ...(options.quote !== undefined && { quote: options.quote }),
  });
  const longest = {
    record: options.longestRow ?? LONGEST_ROW,
    cell: options.longestCell ?? LONGEST_CELL,
  };
  const pieces = recordPieces(texts.all(), dialect, longest);
  const { header, line, above, rest } = await readHeader(pieces, dialect);
  const { columns, warnings } = uniqueHeaders(header);
  const shape = { dialect, columns: columns.length, longest: longest.cell, header };
  const headerLine = line + (separatorLine(beginning) ? 1 : 0);
  let taken = false;
  const once = (): AsyncGenerator<RecordPiece> => {
    if (taken) {
      throw new TabLlmError('bad-csv', {
        en: 'The rows of an opened table can be read once, and not after it is closed. Open it again.',
        zh: '打开的表格只能读取一遍，关闭后也不能读取。请重新打开。',
      });
    }
    taken = true;
    return startWith(rest, pieces);
  };
  return {
    columns,
    headerLine,
    encoding,
    marked: hasByteOrderMark(head),
    dialect,
    warnings: [...passedOver(above, headerLine), ...warnings],
    shape,
    pieces: once,
    rows: () => numberedRows(once(), shape),
    close: async () => {
      taken = true;
      await pieces.return(undefined);
    },
  };
}

interface Header {
  readonly header: readonly string[];
  readonly line: number;
  /** Records above it. */
  readonly above: readonly CsvRecord[];
  /** What follows it of the pieces that were read. */
  readonly rest: readonly RecordPiece[];
}

/** The header, which is the first record that is not empty, or stands below a title. */
async function readHeader(
  pieces: AsyncGenerator<RecordPiece>,
  dialect: CsvDialect,
): Promise<Header> {
  const read: RecordPiece[] = [];
  const looked: { readonly record: CsvRecord; readonly line: number; readonly rest: Rest }[] = [];
  let line = 0;
  while (looked.length === 0 || (isTitle(looked[0]?.record) && looked.length < LOOKED)) {
    const { value: piece, done } = await pieces.next();
    if (done) break;
    const at = read.push(piece) - 1;
    let records = 0;
    for (const record of recordsOf(piece, dialect)) {
      records++;
      line++;
      if (looked.length === 0 && isEmpty(record)) continue;
      if (looked.push({ record, line, rest: { at, records } }) === LOOKED) break;
    }
  }
  const place = findHeader(looked.map(({ record }) => record));
  const header = looked[place];
  if (header === undefined) {
    throw new TabLlmError('bad-csv', {
      en: 'The table is empty: it has not even a header.',
      zh: '表格是空的，连表头都没有。',
    });
  }
  const { at, records } = header.rest;
  return {
    header: header.record.cells,
    line: header.line,
    above: looked.slice(0, place).map(({ record }) => record),
    rest: [withoutFirst(read[at] as RecordPiece, records), ...read.slice(at + 1)],
  };
}

/** What follows a record: the place of its piece, and how many records of that go before. */
interface Rest {
  readonly at: number;
  readonly records: number;
}

async function* startWith(
  first: readonly RecordPiece[],
  others: AsyncGenerator<RecordPiece>,
): AsyncGenerator<RecordPiece> {
  try {
    yield* first;
    yield* others;
  } finally {
    await others.return(undefined);
  }
}

async function* numberedRows(
  pieces: AsyncGenerator<RecordPiece>,
  shape: RowShape,
): AsyncGenerator<readonly CsvRow[]> {
  let row = 0;
  for await (const piece of pieces) {
    let rows: CsvRow[] = [];
    for (const { cells, problems } of rowsOf(piece, shape)) {
      rows.push({ row: ++row, cells, problems });
      if (rows.length < TOGETHER) continue;
      yield rows;
      rows = [];
    }
    if (rows.length > 0) yield rows;
  }
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
    const why = reasonOf(cause, typeof source === 'string' ? source : undefined);
    throw new TabLlmError(
      code,
      { en: `Cannot read ${source}: ${why.en}`, zh: `无法读取 ${source}：${why.zh}` },
      { cause },
    );
  }
}
