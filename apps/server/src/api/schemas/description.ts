import { description, meaning } from '@quaestor/finsql';
import * as z from 'zod';
import { component } from '../component.ts';

const MOST = 1000;

export const descriptionSchema = component(
  'Description',
  z.object({
    ...description.shape,
    known: z
      .boolean()
      .describe('false: the database lacks it by now, so it counts for nothing until it is back'),
  }),
);

export const descriptionsBody = z.strictObject({
  descriptions: z
    .array(
      z.strictObject({
        ...description.shape,
        column: description.shape.column.default(null),
        text: meaning.nullable().describe('what it means, as plain text; null: take it away'),
      }),
    )
    .min(1)
    .max(MOST),
});
