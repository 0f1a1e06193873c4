import { description, meaning } from '@quaestor/finsql';
import { described } from '@quaestor/peft';
import * as z from 'zod';
import { component } from '../component.ts';

const MOST = 1000;

const fields = {
  ...description.shape,
  column: description.shape.column.apply(described, {
    en: 'null: the table itself',
    zh: 'null：表本身',
  }),
  text: description.shape.text.apply(described, { en: 'what it means', zh: '含义' }),
};

export const descriptionSchema = component(
  'Description',
  z.object({
    ...fields,
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
        ...fields,
        column: fields.column.default(null),
        text: meaning.nullable().apply(described, {
          en: 'what it means, as plain text; null: take it away',
          zh: '含义，纯文本；null：删除',
        }),
      }),
    )
    .min(1)
    .max(MOST),
});
