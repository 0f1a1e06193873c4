/** A CSV file → one typed table of a SQLite file, in two passes: types first, then rows. */
import { type Database, quoteIdentifier } from '@quaestor/finsql/sqlite';
import type { Translated } from '@quaestor/peft';
import { type CsvTable, inRow, moreFaults, openCsv } from '@quaestor/tabllm';
import { ServerError } from '../errors.ts';
import { AmountColumns } from './amount-columns.ts';
import { type CellType, plainAmount, toValue, widen } from './cell-type.ts';

export interface CsvImport {
  readonly rows: number;
  /** What the reader and SQLite had to change or could not understand. */
  readonly warnings: readonly Translated[];
}

/** SQLite's own limit. */
const MOST_COLUMNS = 2000;
const LONGEST_NAME = 200;
const LONGEST_ROW = 16 * 1024 * 1024;
/** A database keeps whatever cells a row has room for. */
const LONGEST = { longestRow: LONGEST_ROW, longestCell: LONGEST_ROW };
/** Faulty rows that are told one by one. */
const SHOWN = 5;

/**
 * @param onRows told how many rows were read in this pass
 * @throws TabLlmError 'bad-csv'; ServerError 'bad-upload' for a table that SQLite cannot hold
 */
export async function csvToTable(
  file: string,
  database: Database,
  table: string,
  onRows: (pass: 'types' | 'rows', rows: number) => void,
): Promise<CsvImport> {
  const scan = await scanTypes(await openCsv(file, LONGEST), (rows) => onRows('types', rows));
  const { names, warnings } = columnNames(scan.columns);
  const columns = names.map((name, i) => `${quoteIdentifier(name)} ${scan.types[i]}`);
  database.exec(`CREATE TABLE ${quoteIdentifier(table)} (${columns.join(', ')})`);
  const insert = database.prepare(
    `INSERT INTO ${quoteIdentifier(table)} VALUES (${names.map(() => '?').join(', ')})`,
  );
  const source = await openCsv(file, LONGEST);
  let rows = 0;
  for await (const piece of source.rows()) {
    database.transaction(() => {
      for (const { cells } of piece) {
        insert.run(cells.map((cell, i) => scan.readers[i]?.(cell)));
      }
    })();
    rows += piece.length;
    onRows('rows', rows);
  }
  return { rows, warnings: [...source.warnings, ...warnings, ...scan.warnings] };
}

interface Scan {
  readonly columns: readonly string[];
  readonly types: readonly CellType[];
  /** What is stored for a cell of each column. */
  readonly readers: readonly ((cell: string) => ReturnType<typeof toValue>)[];
  readonly warnings: readonly Translated[];
}

async function scanTypes(source: CsvTable, onRows: (rows: number) => void): Promise<Scan> {
  const { columns } = source;
  if (columns.length > MOST_COLUMNS) {
    await source.close();
    throw new ServerError('bad-upload', {
      en: `The table has ${columns.length} columns; SQLite holds ${MOST_COLUMNS}. Leave some out.`,
      zh: `表格有 ${columns.length} 列，SQLite 最多 ${MOST_COLUMNS} 列，请去掉一些列。`,
    });
  }
  const types: (CellType | null)[] = columns.map(() => null);
  const amounts = new AmountColumns(columns, source.dialect.delimiter);
  /** The first cell that made a column of numbers one of text. */
  const spoilers = new Map<number, { readonly row: number; readonly cell: string }>();
  const faults: Translated[] = [];
  let faulty = 0;
  let rows = 0;
  for await (const piece of source.rows()) {
    for (const { row, cells, problems } of piece) {
      amounts.look(cells);
      for (const [i, cell] of cells.entries()) {
        const before = types[i] ?? null;
        if (before === 'TEXT') continue;
        const after = widen(before, cell);
        types[i] = after;
        if (after === 'TEXT' && before !== null) {
          spoilers.set(i, { row, cell: JSON.stringify(cell.slice(0, 40)) });
        }
      }
      if (problems.length > 0 && faulty++ < SHOWN) faults.push(inRow(row, together(problems)));
    }
    rows += piece.length;
    onRows(rows);
  }
  const told = [...spoilers].filter(([i]) => amounts.typeOf(i) === null);
  const mixed = told.map(([i, { row, cell }]) => ({
    en: `column ${columns[i]} is text, because not every cell is a plain number (row ${row}: ${cell})`,
    zh: `列“${columns[i]}”按文本存储，因为有的单元格不是普通数字（第 ${row} 行：${cell}）`,
  }));
  if (faulty > SHOWN) faults.push(moreFaults(faulty - SHOWN));
  const found = columns.map((_, i): CellType => amounts.typeOf(i) ?? types[i] ?? 'TEXT');
  const readers = found.map((type, i) =>
    amounts.typeOf(i) === null
      ? (cell: string) => toValue(cell, type)
      : (cell: string) => toValue(plainAmount(cell) ?? '', type),
  );
  return {
    columns,
    types: found,
    readers,
    warnings: [...faults, ...mixed, ...amounts.warnings()],
  };
}

/** SQLite takes names that differ in case only for the same. */
function columnNames(columns: readonly string[]): {
  readonly names: readonly string[];
  readonly warnings: readonly Translated[];
} {
  const used = new Set<string>();
  const warnings: Translated[] = [];
  const names = columns.map((column) => {
    const plain = column
      .replaceAll(/\p{Cc}/gu, ' ')
      .trim()
      .slice(0, LONGEST_NAME);
    const base = plain || 'column';
    let name = base;
    for (let n = 2; used.has(name.toLowerCase()); n++) name = `${base}_${n}`;
    used.add(name.toLowerCase());
    if (name !== column) {
      const given = JSON.stringify(column);
      warnings.push({ en: `column ${given} is called ${name}`, zh: `列 ${given} 已改称 ${name}` });
    }
    return name;
  });
  return { names, warnings };
}

function together(problems: readonly Translated[]): Translated {
  return {
    en: problems.map(({ en }) => en).join('; '),
    zh: problems.map(({ zh }) => zh).join('；'),
  };
}
