/** How rows were put into words for an adapter: kept in its card, so that later rows are asked alike. */
import * as z from 'zod';
import { PROMPT_STYLES } from '../scoring/label-prompt.ts';

export const rowRecipe = z.object({
  style: z.enum(PROMPT_STYLES).describe('order of row and question in the prompt'),
  tables: z
    .array(
      z.object({
        target: z.string().describe('column of the labels'),
        columns: z.array(z.string()).describe('the other columns'),
        classes: z.array(z.string()).describe('labels as they stand in the column'),
        question: z.string(),
        words: z.array(z.string()).describe('answer for each class'),
        serialiser: z.string().describe('layout of a row'),
        template: z.string().nullable().describe('layout of one’s own, instead of it'),
        preset: z.string().nullable().describe('table of the paper whose words are used'),
      }),
    )
    .min(1),
});

export type RowRecipe = z.infer<typeof rowRecipe>;
export type TableRecipe = RowRecipe['tables'][number];

/** The table of a recipe that is about these classes of this column; null where there is none. */
export function tableOfRecipe(
  { tables }: RowRecipe,
  target: string,
  classes: readonly string[],
): TableRecipe | null {
  const same = (table: TableRecipe) =>
    table.target === target &&
    table.classes.length === classes.length &&
    classes.every((name) => table.classes.includes(name));
  const found = tables.filter(same);
  // Several tables may call their target alike; then none is meant more than another.
  return found.length === 1 ? (found[0] as TableRecipe) : null;
}
