/**
 * Rows → numbers for the tabular baselines. Numbers and dates are standardised, (x − mean) / sd, with
 * missing ones at the mean; categories and yes or no are one-hot, with a column of their own for
 * missing; text is left out. Means and categories may come from rows without labels, too: with
 * 4 labels that is worth .03 of AUC.
 */
import { readDate } from '../schema/date-format.ts';
import { missingTest } from '../schema/missing.ts';
import { readNumber } from '../schema/number-format.ts';
import { type ColumnSchema, featureColumns, type TableSchema } from '../schema/table-schema.ts';
import { emptyMatrix, type Matrix, rowOf } from './matrix.ts';

export interface Encoder {
  readonly columns: readonly string[];
  /** @param rows cells in the schema's order */
  encode(rows: readonly (readonly string[])[]): Matrix;
}

/** What was learned of the columns; data, to be kept with a model. */
export type EncodedColumn =
  | { readonly index: number; readonly kind: 'scaled'; readonly mean: number; readonly sd: number }
  | { readonly index: number; readonly kind: 'one-hot'; readonly values: readonly string[] };

/** @param rows all rows that there are, labelled or not */
export function fitEncoder(
  schema: TableSchema,
  rows: readonly (readonly string[])[],
): readonly EncodedColumn[] {
  const isMissing = missingTest(schema.missing);
  return featureColumns(schema).flatMap(({ column, index }): EncodedColumn[] => {
    if (column.kind === 'text') return [];
    if (column.kind === 'numeric' || column.kind === 'date') {
      return [
        { index, kind: 'scaled', ...moments(rows.map((row) => read(row[index] ?? '', column))) },
      ];
    }
    const cells = new Set(rows.map((row) => row[index] ?? '').filter((cell) => !isMissing(cell)));
    return [{ index, kind: 'one-hot', values: [...cells].sort() }];
  });
}

/** The encoder of what was learned. */
export function encoderOf(schema: TableSchema, fitted: readonly EncodedColumn[]): Encoder {
  const isMissing = missingTest(schema.missing);
  const starts: number[] = [];
  const columns: string[] = [];
  const places = fitted.map((encoded) =>
    encoded.kind === 'one-hot' ? new Map(encoded.values.map((value, i) => [value, i])) : null,
  );
  for (const encoded of fitted) {
    const { name } = schema.columns[encoded.index] as ColumnSchema;
    starts.push(columns.length);
    if (encoded.kind === 'scaled') columns.push(name);
    else columns.push(...encoded.values.map((value) => `${name}=${value}`), `${name} missing`);
  }
  const fill = (into: Float64Array, row: readonly string[]): void => {
    for (const [i, encoded] of fitted.entries()) {
      const cell = row[encoded.index] ?? '';
      const start = starts[i] as number;
      if (encoded.kind === 'scaled') {
        const value = read(cell, schema.columns[encoded.index] as ColumnSchema);
        into[start] = value === null ? 0 : (value - encoded.mean) / encoded.sd;
      } else {
        // A value never seen sets nothing.
        const place = isMissing(cell) ? encoded.values.length : places[i]?.get(cell);
        if (place !== undefined) into[start + place] = 1;
      }
    }
  };
  return {
    columns,
    encode: (rows) => {
      const matrix = emptyMatrix(rows.length, columns.length);
      for (const [i, row] of rows.entries()) fill(rowOf(matrix, i), row);
      return matrix;
    },
  };
}

function read(cell: string, column: ColumnSchema): number | null {
  if (column.kind === 'numeric') return readNumber(cell, column.format);
  return column.kind === 'date' ? readDate(cell, column.format) : null;
}

/** Mean and standard deviation of the population; 1 where nothing varies. */
function moments(values: readonly (number | null)[]): { mean: number; sd: number } {
  const known = values.filter((value) => value !== null);
  const count = Math.max(1, known.length);
  const mean = known.reduce((sum, value) => sum + value, 0) / count;
  const variance = known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count;
  return { mean, sd: Math.sqrt(variance) || 1 };
}
