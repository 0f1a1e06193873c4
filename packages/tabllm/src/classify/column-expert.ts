/** What a language model says of a table's columns: each put into words, and given as the reason for every class. */

import { type ReasonScorerOptions, reasonScorer } from '../scoring/reason-scorer.ts';
import type { Field } from '../serialisers/field.ts';

/** Log-scores of the classes; only differences between the values of a column mean something. */
export interface ColumnExpert {
  /** Of cells of a column [cells][classes]; null for a cell that has no words. */
  ofCells(index: number, cells: readonly string[]): readonly (readonly number[] | null)[];
  /**
   * Of the two ends of a column that goes from less to more: [2][classes].
   * @param example a cell of it @returns null for a column that has no words
   */
  ofEnds(index: number, example: string, ends: Ends): readonly (readonly number[])[] | null;
}

/** Words for the ends of a column: of numbers, of dates. */
export type Ends = readonly [less: string, more: string];
export const NUMBER_ENDS: Ends = ['low', 'high'];
export const DATE_ENDS: Ends = ['early', 'late'];

export interface ColumnExpertOptions extends ReasonScorerOptions {
  /** Columns of the table. */
  readonly columns: number;
  /** Cells in the schema's order → what is to be said of them. */
  readonly describe: (cells: readonly string[]) => readonly Field[];
}

/** @throws TabLlmError 'bad-config' for a model without a tokenizer */
export function columnExpert({ columns, describe, ...asked }: ColumnExpertOptions): ColumnExpert {
  const score = reasonScorer(asked);
  return {
    ofCells: (index, cells) => {
      const fields = cells.map((cell) => fieldOf(index, cell, { columns, describe }));
      const [name] = fields.flatMap((field) => field?.name ?? []);
      if (name === undefined) return cells.map(() => null);
      const scores = score(
        name,
        fields.flatMap((field) => field?.value ?? []),
      );
      let at = 0;
      return fields.map((field) => (field ? (scores[at++] as number[]) : null));
    },
    ofEnds: (index, example, ends) => {
      const field = fieldOf(index, example, { columns, describe });
      return field && score(field.name, ends);
    },
  };
}

/** What is said of one cell where all others are empty. */
export function fieldOf(
  index: number,
  cell: string,
  { columns, describe }: Pick<ColumnExpertOptions, 'columns' | 'describe'>,
): { readonly name: string; readonly value: string } | null {
  const cells = new Array<string>(columns).fill('');
  cells[index] = cell;
  for (const { name, value } of describe(cells)) if (value) return { name: name.trim(), value };
  return null;
}
