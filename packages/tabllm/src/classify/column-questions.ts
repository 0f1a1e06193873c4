/**
 * What a language model is asked of a table's columns, as data: the name of each in words, and the values
 * in words that are to be scored. Numbers are asked about by their ends, dates as early and late,
 * categories by their most frequent values; text is not asked about.
 */
import { featureColumns } from '../schema/feature-columns.ts';
import { missingTest } from '../schema/missing.ts';
import { readValue } from '../schema/read-value.ts';
import type { ColumnSchema, TableSchema } from '../schema/table-schema.ts';
import type { Field } from '../serialisers/field.ts';

export interface ColumnQuestion {
  /** Header of the column. */
  readonly column: string;
  /** The column in words. */
  readonly name: string;
  /** What its cells say, in words; of a column that goes from less to more, its two ends. */
  readonly values: readonly string[];
  /** The cell that each value stands for; null: they are ends. */
  readonly cells: readonly string[] | null;
}

/** A table as far as it is asked about. */
export interface AskedRows {
  readonly schema: TableSchema;
  /** Rows as they come, labelled or not, cells in the schema's order. */
  readonly rows: readonly (readonly string[])[];
}

/** Cells in the schema's order → what is to be said of them. */
export type DescribeCells = (cells: readonly string[]) => readonly Field[];

/** Words for the ends of a column, less and more: of numbers, of dates. */
export type Ends = readonly [less: string, more: string];
export const NUMBER_ENDS: Ends = ['low', 'high'];
export const DATE_ENDS: Ends = ['early', 'late'];

/** Rows that are counted, those at the end. */
export const COUNTED_ROWS = 2000;
/** Of the values of a category so many are asked about, the most frequent. */
const MOST_VALUES = 40;

/** Of a wide table so many columns are asked about, the first. */
const MOST_COLUMNS = 100;
/** A column is read once for each class: with more of them that takes too long. */
export const MOST_CLASSES_ASKED = 10;

/** Whether a table has columns that can be asked about: free text, and what has many classes, can only be read. */
export function canAskColumns(schema: TableSchema, classes: number): boolean {
  return classes <= MOST_CLASSES_ASKED && askedColumns(schema).length > 0;
}

function askedColumns(schema: TableSchema): ReturnType<typeof featureColumns> {
  return featureColumns(schema)
    .filter(({ column }) => column.kind !== 'text')
    .slice(0, MOST_COLUMNS);
}

/** @returns a question for each feature that has words, in the schema's order; of a wide table for the first */
export function columnQuestions(
  { schema, rows }: AskedRows,
  describe: DescribeCells,
): readonly ColumnQuestion[] {
  const counted = rows.slice(-COUNTED_ROWS);
  return askedColumns(schema).flatMap(({ column, index }) => {
    const cells = counted.map((row) => row[index] ?? '');
    const said = { columns: schema.columns.length, describe };
    const goes = column.kind === 'numeric' || column.kind === 'date';
    const question = goes
      ? endsOf(column, cells, (cell) => fieldOf(index, cell, said))
      : valuesOf(mostFrequent(cells, missingTest(schema.missing)), (cell) =>
          fieldOf(index, cell, said),
        );
    return question ? [{ column: column.name, ...question }] : [];
  });
}

type Words = Omit<ColumnQuestion, 'column'>;
type Say = (cell: string) => ReturnType<typeof fieldOf>;

/** null without a cell to take the words from. */
function endsOf(column: ColumnSchema, cells: readonly string[], say: Say): Words | null {
  const example = cells.find((cell) => readValue(cell, column) !== null);
  const field = example === undefined ? null : say(example);
  const values = column.kind === 'date' ? DATE_ENDS : NUMBER_ENDS;
  return field && { name: field.name, values, cells: null };
}

/** null where no cell has words. */
function valuesOf(cells: readonly string[], say: Say): Words | null {
  const fields = cells.flatMap((cell) => {
    const field = say(cell);
    return field ? [{ cell, ...field }] : [];
  });
  const [first] = fields;
  if (first === undefined) return null;
  return {
    name: first.name,
    values: fields.map(({ value }) => value),
    cells: fields.map(({ cell }) => cell),
  };
}

function mostFrequent(
  cells: readonly string[],
  isMissing: (cell: string) => boolean,
): readonly string[] {
  const counts = new Map<string, number>();
  for (const cell of cells) if (!isMissing(cell)) counts.set(cell, (counts.get(cell) ?? 0) + 1);
  return [...counts.keys()]
    .sort()
    .sort((a, b) => (counts.get(b) as number) - (counts.get(a) as number))
    .slice(0, MOST_VALUES);
}

/** What is said of one cell where all others are empty. */
export function fieldOf(
  index: number,
  cell: string,
  { columns, describe }: { readonly columns: number; readonly describe: DescribeCells },
): { readonly name: string; readonly value: string } | null {
  const cells = new Array<string>(columns).fill('');
  cells[index] = cell;
  for (const { name, value } of describe(cells)) if (value) return { name: name.trim(), value };
  return null;
}
