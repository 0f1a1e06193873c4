import { described, text } from '@quaestor/peft';
import * as z from 'zod';
import { component } from '../component.ts';
import { descriptionSchema } from './description.ts';

export const databaseSummary = component(
  'DatabaseSummary',
  z.object({
    name: z.string(),
    bytes: z.int().min(0),
    tables: z.int().nullable(),
    rows: z.int().nullable(),
    uploaded: z.boolean().apply(described, {
      en: 'it lies in the server’s own folder and can be removed',
      zh: '位于服务器自己的文件夹中，可以删除',
    }),
    problem: text
      .nullable()
      .apply(described, { en: 'why it cannot be asked', zh: '无法提问的原因' }),
  }),
);

const column = component(
  'Column',
  z.looseObject({
    name: z.string(),
    type: z.string(),
    kind: z.string(),
    comment: z.string().apply(described, {
      en: 'what it means: its description, else the comment of the file',
      zh: '含义：取其说明，没有则取文件中的注释',
    }),
    primaryKey: z.boolean(),
    samples: z.array(z.string()).readonly(),
  }),
);

const foreignKey = z.object({ column: z.string(), table: z.string(), target: z.string() });

const table = component(
  'Table',
  z.looseObject({
    name: z.string(),
    comment: z.string().apply(described, {
      en: 'what it means: its description, else the comment of the file',
      zh: '含义：取其说明，没有则取文件中的注释',
    }),
    rowCount: z.int().optional().apply(described, { en: 'absent for views', zh: '视图没有此项' }),
    columns: z.array(column).readonly(),
    foreignKeys: z.array(foreignKey).readonly(),
  }),
);

export const databaseDetail = component(
  'Database',
  z.looseObject({
    name: z.string(),
    tables: z.array(table).readonly(),
    descriptions: z.array(descriptionSchema).readonly().apply(described, {
      en: 'what people said that tables and columns mean',
      zh: '人们对表和列含义的说明',
    }),
    examples: z
      .array(text)
      .readonly()
      .apply(described, { en: 'questions to start with', zh: '可以先问的问题' }),
    profiled: z.boolean().nullable().apply(described, {
      en: 'whether its profile is there; null for keys that may not see it',
      zh: '是否已有统计；对无权查看的密钥为 null',
    }),
  }),
);
