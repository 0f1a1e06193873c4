/** A table → predictions, in its order and at the pace of whoever takes them. */
import type { Translated } from '@quaestor/peft';
import { type CsvRow, type CsvTable, openCsv, type ReadCsvOptions } from '../csv/read.ts';
import { type CheckedTable, checkTable } from '../schema/check.ts';
import { missingTest } from '../schema/missing.ts';
import { featureColumns, type TableSchema } from '../schema/table-schema.ts';
import { type Reason, reasonsOf, withoutEach } from './explain.ts';
import type { LearnedTable } from './fit-table.ts';
import type { Opinion } from './predict-rows.ts';
import { type RowPredictor, rowPredictor } from './row-predictor.ts';

export type Prediction = Opinion & {
  /** Counted from 1, without the header. */
  readonly row: number;
  /** Cell of the column that tells rows apart; null where no such column was named. */
  readonly id: string | null;
  /** The label that stands in the table; null where there is none. */
  readonly label: string | null;
  readonly warnings: readonly Translated[];
  /** Only where they were asked for. */
  readonly reasons?: readonly Reason[];
};

export interface PredictOptions {
  readonly csv?: ReadCsvOptions;
  /** Column that tells rows apart. */
  readonly id?: string;
  /** Rows that are done already. */
  readonly skip?: number;
  /** Whether to tell why; default false. */
  readonly explain?: boolean;
  /**
   * Threads that large tables are spread over; default: as many as there are cores. With 1 the calling
   * thread does everything, as it does wherever the language model is asked.
   */
  readonly threads?: number;
}

export interface PredictedTable {
  readonly warnings: readonly Translated[];
  /** In pieces, once. */
  predictions(): AsyncGenerator<readonly Prediction[]>;
}

/**
 * @throws TabLlmError 'mismatch' when the table lacks columns that were learned from; 'thread-failed' while
 * predictions are taken
 */
export async function predictTable(
  learned: LearnedTable,
  file: string,
  { csv, id, skip = 0, explain = false, threads }: PredictOptions = {},
): Promise<PredictedTable> {
  const table = await openCsv(file, csv);
  const checked = await checkOrClose(learned.schema, table);
  const ownLabel = table.columns.indexOf(learned.target);
  const idPlace = id === undefined ? -1 : table.columns.indexOf(id);
  const isMissing = missingTest(learned.schema.missing);
  const warnings = [
    ...table.warnings,
    ...checked.warnings.filter((_, i) => checked.extra[i] !== learned.target),
  ];
  return { warnings, predictions };

  async function* predictions(): AsyncGenerator<readonly Prediction[]> {
    const predictor = rowPredictor(learned, threads);
    // Reasons take a prediction more for each feature.
    const views = explain ? 1 + featureColumns(learned.schema).length : 1;
    const waiting: Promise<readonly Prediction[]>[] = [];
    try {
      for await (const rows of pieces(Math.ceil(predictor.piece / views))) {
        const piece = predictPiece(predictor, rows);
        // Who leaves early hears of no failure that comes later.
        piece.catch(() => {});
        waiting.push(piece);
        while (waiting.length > predictor.ahead) yield (await waiting.shift()) ?? [];
      }
      for (const piece of waiting) yield await piece;
    } finally {
      await predictor.close();
    }
  }

  /** The rows that are to be predicted. */
  async function* pieces(size: number): AsyncGenerator<readonly CsvRow[]> {
    let passed = 0;
    for await (const read of table.rows()) {
      const rows = read.filter(
        ({ cells }) =>
          (!learned.fromItself || isMissing(cells[ownLabel] ?? '')) && passed++ >= skip,
      );
      for (let start = 0; start < rows.length; start += size) {
        yield rows.slice(start, start + size);
      }
    }
  }

  async function predictPiece(
    { predict }: RowPredictor,
    rows: readonly CsvRow[],
  ): Promise<readonly Prediction[]> {
    const arranged = rows.map((row) => checked.arrange(row.cells));
    const [opinions, left] = await Promise.all([
      predict(arranged),
      explain ? predict(withoutEach(learned, arranged)) : null,
    ]);
    const reasons = left && reasonsOf(learned, arranged, opinions, left);
    return rows.map(({ row, cells, problems }, i): Prediction => {
      const known = learned.seen.labelOf(arranged[i] as string[]);
      const label = cells[ownLabel] ?? '';
      const warnings = known === null ? problems : [...problems, learnedFrom(known)];
      const told = {
        ...(opinions[i] as Opinion),
        row,
        id: cells[idPlace] ?? null,
        label: isMissing(label) ? null : label.trim(),
        warnings,
      };
      return reasons ? { ...told, reasons: reasons[i] as Reason[] } : told;
    });
  }
}

function learnedFrom(label: string): Translated {
  return {
    en: `the same row was learned from, with label ${label}`,
    zh: `学习过相同的一行，其标签为“${label}”`,
  };
}

async function checkOrClose(schema: TableSchema, table: CsvTable): Promise<CheckedTable> {
  try {
    return checkTable(schema, table.columns);
  } catch (error) {
    await table.close();
    throw error;
  }
}
