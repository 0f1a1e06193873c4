/** What a language model said of a table's columns, as data that can be kept and given to another process. */
import * as z from 'zod';
import type { ColumnExpert } from './column-expert.ts';

export const columnAnswer = z
  .object({
    column: z.string().describe('header'),
    name: z.string().describe('the column in words'),
    values: z.array(z.string()).readonly().describe('in words; of numbers and dates the two ends'),
    cells: z.array(z.string()).readonly().nullable().describe('of the values; null: of ends'),
    scores: z.array(z.array(z.number()).readonly()).readonly().describe('[values][classes]'),
  })
  .refine(({ values, cells }) => values.length === (cells?.length ?? 2), {
    path: ['values'],
    message: 'expected one for each cell, or two ends',
  })
  .refine(({ values, scores }) => scores.length === values.length, {
    path: ['scores'],
    message: 'expected a list for each value',
  });

/** Log-scores of the classes; only differences between the values of a column mean something. */
export type ColumnAnswer = Readonly<z.output<typeof columnAnswer>>;

export const answeredColumns = z
  .object({
    target: z.string(),
    classes: z.array(z.string()).min(2).readonly(),
    question: z.string(),
    words: z.array(z.string()).readonly().describe('of the classes'),
    columns: z.array(columnAnswer).readonly(),
  })
  .refine(({ classes, words }) => words.length === classes.length, {
    path: ['words'],
    message: 'expected one for each class',
  })
  .refine(
    ({ classes, columns }) =>
      columns.every(({ scores }) => scores.every((ofValue) => ofValue.length === classes.length)),
    { path: ['columns'], message: 'expected a score for each class' },
  );

/** All that was said of a table, and what was asked. */
export type AnsweredColumns = Readonly<z.output<typeof answeredColumns>>;

/**
 * An expert that was asked before.
 * @param classes in the order that scores are wanted in
 * @returns null where it was not asked about one of them
 */
export function askedBefore(
  { classes: asked, columns }: AnsweredColumns,
  classes: readonly string[],
): ColumnExpert | null {
  const places = classes.map((name) => asked.indexOf(name));
  if (places.includes(-1)) return null;
  const answers = columns.map((answer) => ({
    ...answer,
    scores: answer.scores.map((ofValue) => places.map((place) => ofValue[place] as number)),
  }));
  return () => answers;
}
