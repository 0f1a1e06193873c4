/** A table → predictions, in its order and at the pace of whoever takes them. */
import { type CsvTable, openCsv, type ReadCsvOptions } from '../csv/read.ts';
import { likeliest } from '../metrics/probability.ts';
import { type CheckedTable, checkTable } from '../schema/check.ts';
import { missingTest } from '../schema/missing.ts';
import type { TableSchema } from '../schema/table-schema.ts';
import type { LearnedTable } from './learn.ts';

export interface Prediction {
  /** Counted from 1, without the header. */
  readonly row: number;
  /** Cell of the column that tells rows apart; null where no such column was named. */
  readonly id: string | null;
  /** Index among the classes. */
  readonly predicted: number;
  readonly probabilities: readonly number[];
  /** Lead of the predicted class over the next. */
  readonly margin: number;
  /** The label that stands in the table; null where there is none. */
  readonly label: string | null;
  readonly warnings: readonly string[];
}

export interface PredictOptions {
  readonly csv?: ReadCsvOptions;
  /** Column that tells rows apart. */
  readonly id?: string;
  /** Rows that are done already. */
  readonly skip?: number;
}

export interface PredictedTable {
  readonly warnings: readonly string[];
  /** In pieces, once. */
  predictions(): AsyncGenerator<readonly Prediction[]>;
}

/** Rows that a pass of the classifier gets at most. */
const PIECE = 256;

/** @throws TabLlmError 'mismatch' when the table lacks columns that were learned from */
export async function predictTable(
  learned: LearnedTable,
  file: string,
  { csv, id, skip = 0 }: PredictOptions = {},
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
      const rows = read
        .map((row) => ({ ...row, label: row.cells[ownLabel] ?? '' }))
        .filter(({ label }) => !learned.fromItself || isMissing(label))
        .filter(() => passed++ >= skip);
      for (let start = 0; start < rows.length; start += PIECE) {
        const piece = rows.slice(start, start + PIECE);
        const cells = piece.map((row) => checked.arrange(row.cells));
        const probabilities = learned.classifier.predict(cells);
        const classes = learned.classes.length;
        yield piece.map(({ row, cells: own, label, problems }, i): Prediction => {
          const mine = [...probabilities.subarray(i * classes, (i + 1) * classes)];
          const predicted = likeliest(probabilities, i, classes);
          const next = Math.max(...mine.filter((_, k) => k !== predicted));
          const known = learned.seen.labelOf(cells[i] as string[]);
          return {
            row,
            id: own[idPlace] ?? null,
            predicted,
            probabilities: mine,
            margin: (mine[predicted] as number) - next,
            label: isMissing(label) ? null : label.trim(),
            warnings:
              known === null
                ? problems
                : [...problems, `the same row was learned from, with label ${known}`],
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
