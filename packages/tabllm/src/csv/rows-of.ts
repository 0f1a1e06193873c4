/** Records → rows: lines without content left out, a cell for each column, and what is wrong with a row told with it. */
import type { Translated } from '@quaestor/peft';
import type { CsvDialect } from './dialect.ts';
import { type CsvRecord, isEmpty, type RecordPiece, recordsOf } from './records-of.ts';

/** What is known of all rows of a table; plain data. */
export interface RowShape {
  readonly dialect: CsvDialect;
  readonly columns: number;
  /** Characters that a cell may have. */
  readonly longest: number;
  /** Cells of the header, which tables that were put together have again between their rows. */
  readonly header: readonly string[];
}

export interface RowContent {
  /** One for each column. */
  readonly cells: readonly string[];
  /** Each goes on from “row 7 …”. */
  readonly problems: readonly Translated[];
}

const NO_PROBLEMS: readonly Translated[] = [];
/** What a decoder makes of bytes that are not of its encoding. */
const UNREADABLE = '\ufffd';

/** The rows of a piece, one after the other. */
export function* rowsOf(piece: RecordPiece, shape: RowShape): Generator<RowContent> {
  const { text } = piece;
  // Most pieces need no look at each cell.
  const suspicious = text === null || text.length > shape.longest || text.includes(UNREADABLE);
  for (const record of recordsOf(piece, shape.dialect)) {
    if (shape.columns > 1 && isEmpty(record)) continue;
    const sound =
      !suspicious &&
      !record.badQuotes &&
      record.cells.length === shape.columns &&
      record.cells[0] !== shape.header[0];
    yield sound ? { cells: record.cells, problems: NO_PROBLEMS } : examined(record, shape);
  }
}

function examined(
  { cells: read, badQuotes }: CsvRecord,
  { columns, longest, header }: RowShape,
): RowContent {
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
  if (cells.some((cell) => cell.includes(UNREADABLE))) {
    problems.push({
      en: 'has bytes that are not of the encoding of the file',
      zh: '有不属于文件编码的字节',
    });
  }
  if (isHeader(cells, header)) problems.push({ en: 'repeats the header', zh: '与表头相同' });
  if (cells.length === columns) return { cells, problems };
  if (cells.length > columns && cells.slice(columns).every((cell) => cell === '')) {
    return { cells: cells.slice(0, columns), problems };
  }
  problems.push({
    en: `has ${cells.length} cells where the header has ${columns}`,
    zh: `有 ${cells.length} 个单元格，而表头有 ${columns} 个`,
  });
  const filled = Array.from({ length: columns }, (_, i) => cells[i] ?? '');
  return { cells: filled, problems };
}

/** Whether a row is the header once more. */
export function isHeader(cells: readonly string[], header: readonly string[]): boolean {
  return header.length > 1 && header.every((name, i) => cells[i] === name);
}
