import { description, meaning } from '@quaestor/finsql';
import { described } from '@quaestor/peft';
import * as z from 'zod';
import { component } from '../component.ts';

const MOST = 1000;

export const descriptionSchema = component(
  'Description',
  z.object({
    ...description.shape,
    known: z.boolean().apply(described, {
      en: 'false: the database lacks it by now, so it counts for nothing until it is back',
      zh: 'false：数据库中已没有它，恢复之前不起作用',
    }),
  }),
);

export const descriptionsBody = z.strictObject({
  descriptions: z
    .array(
      z.strictObject({
        ...description.shape,
        column: description.shape.column.default(null),
        text: meaning.nullable().apply(described, {
          en: 'what it means, as plain text; null: take it away',
          zh: '含义，纯文本；null：删除',
        }),
      }),
    )
    .min(1)
    .max(MOST),
});
