/** Rows by the columns that can be learned from, and what is said of the others. */
import type { Translated } from '@quaestor/peft';
import { emptyWithoutLabel, filledWithLabel, withoutColumns } from '../schema/filled-with-label.ts';
import { inferSchema } from '../schema/infer.ts';
import { tellingColumns } from '../schema/leak.ts';
import { severalWritings } from '../schema/several-writings.ts';
import type { TableSchema } from '../schema/table-schema.ts';
import { countUnread, unreadWarnings } from '../schema/unread-cells.ts';
import type { FitTableOptions } from './fit-options.ts';
import { freshRows } from './fresh-rows.ts';
import type { RowGroups } from './row-groups.ts';
import type { RowsByLabel } from './rows-by-label.ts';
import { tellingColumn, unusedColumns } from './table-warnings.ts';

type Rows = readonly (readonly string[])[];

export interface RowsToLearn {
  readonly schema: TableSchema;
  /** Those that have a label. */
  readonly rows: Rows;
  /** All others, of the table that is to be predicted, too. */
  readonly unlabelled: Rows;
  /** Of these, the ones that are not met among the labelled rows. */
  readonly fresh: Rows;
  readonly warnings: readonly Translated[];
  /** What is said of cells that cannot be read and of columns that are not used, by a model of columns. */
  readonly ofColumns: () => Translated[];
}

/** With the rows that belong together. */
export type GroupedToLearn = RowsToLearn & Pick<RowGroups, 'groups'>;

export function rowsToLearn(
  { columns, target, missing, kinds, predicted: given }: FitTableOptions,
  { rows, labels, rowNumbers, beside }: RowsByLabel,
): RowsToLearn {
  const predicted = given ?? { rows: [], labelled: [] };
  const unlabelled = [...beside, ...predicted.rows];
  const all = [...rows, ...unlabelled];
  const apart = given !== undefined && rows.length > 0;
  const inferred = inferSchema(columns, all, {
    ...(missing && { missing }),
    ...(kinds && { kinds }),
    ...(apart && { deciding: rows.length, tableEnd: rows.length + beside.length }),
  });
  const met = freshRows(inferred, predicted, [...rows, ...beside]);
  const late = filledWithLabel(inferred, rows, [...beside, ...met.others]);
  const schema = withoutColumns(inferred, late);
  // Those of another table are told of when it is predicted.
  const told = apart ? rows : all;
  return {
    schema,
    rows,
    unlabelled,
    fresh: [...beside, ...met.fresh],
    warnings: [
      ...late.map((place) => emptyWithoutLabel(columns[place] as string, target)),
      ...tellingColumns(schema, rows, labels).map((name) => tellingColumn(name, target)),
    ],
    ofColumns: () => [
      ...unreadWarnings(schema, countUnread(schema, told), {
        rows: told.length,
        share: 0,
        numberOfRow: (row) => rowNumbers?.[row] ?? null,
      }),
      ...severalWritings(schema, told),
      ...unusedColumns(schema, all),
    ],
  };
}
