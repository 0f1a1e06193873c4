/**
 * Columns of labelled rows that are not learned from, such as the number of a customer. They tell all the
 * same which rows belong together: without it a model knows customers by what else is said of them.
 */
import { TabLlmError } from '../errors.ts';
import { columnList } from '../schema/column-list.ts';
import { type InferOptions, inferSchema } from '../schema/infer.ts';
import type { TableSchema } from '../schema/table-schema.ts';
import { freshRows, type PredictedRows } from './fresh-rows.ts';

type Rows = readonly (readonly string[])[];

interface Columned extends InferOptions {
  readonly columns: readonly string[];
  readonly rows: Rows;
  readonly unlabelled?: Rows;
  readonly predicted?: PredictedRows;
  readonly without?: readonly string[];
}

/** The same of the other columns alone. @throws TabLlmError 'bad-config' for one that is no column */
export function learnedColumns<Options extends Columned>(options: Options): Options {
  const { columns, rows, unlabelled, predicted, without = [] } = options;
  if (without.length === 0) return options;
  const unknown = without.filter((name) => !columns.includes(name));
  if (unknown.length > 0) throw noSuchColumns(unknown, columns);
  const places = [...columns.keys()].filter((i) => !without.includes(columns[i] as string));
  const cellsOf = (some: Rows) => some.map((row) => places.map((i) => row[i] ?? ''));
  return {
    ...options,
    columns: places.map((i) => columns[i]),
    rows: cellsOf(rows),
    ...(unlabelled && { unlabelled: cellsOf(unlabelled) }),
    ...(predicted && { predicted: { ...predicted, rows: cellsOf(predicted.rows) } }),
  };
}

export interface AllColumns {
  readonly schema: TableSchema;
  readonly rows: Rows;
  readonly unlabelled: Rows;
}

/** Every column of the rows, by which they are grouped. @param known of each row whether it has a label */
export function allColumns(options: Columned, known: readonly boolean[]): AllColumns {
  const { columns, missing } = options;
  const rows = options.rows.filter((_, i) => known[i]);
  const beside = [...(options.unlabelled ?? []), ...options.rows.filter((_, i) => !known[i])];
  const predicted = options.predicted ?? { rows: [], labelled: [] };
  const all = [...rows, ...beside, ...predicted.rows];
  const schema = inferSchema(columns, all, {
    ...(missing && { missing }),
    tableEnd: rows.length + beside.length,
  });
  const { fresh } = freshRows(schema, predicted, [...rows, ...beside]);
  return { schema, rows, unlabelled: [...beside, ...fresh] };
}

function noSuchColumns(names: readonly string[], columns: readonly string[]): TabLlmError {
  return new TabLlmError('bad-config', {
    en: `The table has no column ${names.map((name) => `"${name}"`).join(', ')} to leave out; it has ${columnList(columns).en}.`,
    zh: `表格中没有要排除的列${names.map((name) => `“${name}”`).join('、')}，现有的列：${columnList(columns).zh}。`,
  });
}
