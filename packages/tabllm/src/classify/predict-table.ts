/** A table → predictions, in its order and at the pace of whoever takes them. */
import { type CsvTable, openCsv, type ReadCsvOptions } from '../csv/read.ts';
import { type CheckedTable, checkTable } from '../schema/check.ts';
import { missingTest } from '../schema/missing.ts';
import type { TableSchema } from '../schema/table-schema.ts';
import { explainRows, type Reason } from './explain.ts';
import type { LearnedTable } from './fit-table.ts';
import { type Opinion, predictRows } from './predict-rows.ts';

export type Prediction = Opinion & {
  /** Counted from 1, without the header. */
  readonly row: number;
  /** Cell of the column that tells rows apart; null where no such column was named. */
  readonly id: string | null;
  /** The label that stands in the table; null where there is none. */
  readonly label: string | null;
  readonly warnings: readonly string[];
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
}

export interface PredictedTable {
  readonly warnings: readonly string[];
  /** In pieces, once. */
  predictions(): AsyncGenerator<readonly Prediction[]>;
}

/** Rows that a pass of the model gets at most. */
const PIECE = 256;

/** @throws TabLlmError 'mismatch' when the table lacks columns that were learned from */
export async function predictTable(
  learned: LearnedTable,
  file: string,
  { csv, id, skip = 0, explain = false }: PredictOptions = {},
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
    let passed = 0;
    for await (const read of table.rows()) {
      const rows = read.filter(
        ({ cells }) =>
          (!learned.fromItself || isMissing(cells[ownLabel] ?? '')) && passed++ >= skip,
      );
      for (let start = 0; start < rows.length; start += PIECE) {
        const piece = rows.slice(start, start + PIECE);
        const arranged = piece.map((row) => checked.arrange(row.cells));
        const opinions = predictRows(learned, arranged);
        const reasons = explain ? explainRows(learned, arranged, {}, opinions) : [];
        yield piece.map(({ row, cells, problems }, i): Prediction => {
          const known = learned.seen.labelOf(arranged[i] as string[]);
          const label = cells[ownLabel] ?? '';
          return {
            ...(opinions[i] as Opinion),
            row,
            id: cells[idPlace] ?? null,
            label: isMissing(label) ? null : label.trim(),
            warnings:
              known === null
                ? problems
                : [...problems, `the same row was learned from, with label ${known}`],
            ...(explain && { reasons: reasons[i] as Reason[] }),
          };
        });
      }
    }
  }
}

async function checkOrClose(schema: TableSchema, table: CsvTable): Promise<CheckedTable> {
  try {
    return checkTable(schema, table.columns);
  } catch (error) {
    await table.close();
    throw error;
  }
}
