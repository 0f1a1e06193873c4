/** What a language model is asked of a table's columns, whichever of its rows have a label. */
import { seededRandom } from '@quaestor/peft';
import { type ColumnQuestion, columnQuestions, describeRow, inferSchema } from '@quaestor/tabllm';
import type { BoundedTable } from './bounded-table.ts';

export interface QuestionsRequest {
  readonly file: string;
  readonly features: readonly string[];
}

/** Rows that tell what cells of a column look like. */
const SAMPLE = 2000;

export function questionsOf(
  table: BoundedTable,
  features: readonly string[],
): readonly ColumnQuestion[] {
  const places = features.map((name) => table.columns.indexOf(name));
  const rows = seededRandom(0)
    .shuffle([...table.rows])
    .slice(0, SAMPLE)
    .map((row) => places.map((place) => row[place] ?? ''));
  const schema = inferSchema(features, rows);
  return columnQuestions({ schema, rows }, describeRow(schema));
}
