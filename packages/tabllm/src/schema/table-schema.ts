/** What is known of a table: kept with a model, checked against every table that is to be predicted. */
import * as z from 'zod';
import { DATE_FORMATS } from './date-format.ts';
import { MEASURES } from './measures.ts';

export const numberFormat = z.object({
  decimal: z.enum(['.', ',']).describe('between whole and decimals'),
  group: z.string().max(1).describe('between groups of three digits; empty: none'),
  prefix: z.string().describe('before the digits, such as $'),
  suffix: z.string().describe('after the digits, such as %'),
  myriads: z.boolean().optional().describe('whether 万, 亿, K, M or bn may follow the digits'),
  plus: z.boolean().optional().describe('whether + may stand before the digits'),
  sides: z.boolean().optional().describe('whether CR or DR may follow the digits'),
  mixed: z.boolean().optional().describe('whether decimals stand behind points and commas'),
  measure: z.enum(MEASURES).optional().describe('what cells measure in several units'),
});

const base = z.object({
  name: z.string().describe('header, made unique'),
  missing: z.int().min(0).describe('cells without a value, of those looked at'),
  role: z
    .enum(['feature', 'identifier', 'constant'])
    .describe('only features say something about a row'),
  alike: z
    .record(z.string(), z.string())
    .optional()
    .describe('words of another table, in lower case, and what was learned in their place'),
});

export const columnSchema = z.discriminatedUnion('kind', [
  base.extend({
    kind: z.literal('numeric'),
    format: numberFormat,
    decimals: z.int().min(0).describe('most decimals that matter'),
    min: z.number(),
    max: z.number(),
  }),
  base.extend({
    kind: z.literal('category'),
    values: z.array(z.string()).describe('most frequent first'),
  }),
  base.extend({ kind: z.literal('boolean'), yes: z.string(), no: z.string() }),
  base.extend({
    kind: z.literal('date'),
    format: z.enum(DATE_FORMATS),
    others: z.array(z.enum(DATE_FORMATS)).optional().describe('in which some cells are written'),
    min: z.number(),
    max: z.number(),
  }),
  base.extend({ kind: z.literal('text') }),
]);

export const tableSchema = z.object({
  columns: z.array(columnSchema),
  rows: z.int().min(0).describe('rows looked at'),
  missing: z.array(z.string()).describe('cells that stand for nothing'),
});

export type ColumnSchema = z.output<typeof columnSchema>;
export type ColumnKind = ColumnSchema['kind'];
export type TableSchema = z.output<typeof tableSchema>;

/** What kinds are called where Chinese is read; in English, their names do. */
export const KINDS_IN_CHINESE: Readonly<Record<ColumnKind, string>> = {
  numeric: '数字',
  category: '类别',
  boolean: '是或否',
  date: '日期',
  text: '文本',
};
