/** A table whose rows people label: what clients see of it, and what they may say about it. */
import { fieldHelp, text } from '@quaestor/peft';
import * as z from 'zod';
import { component } from '../api/component.ts';

export const labellingId = z.string().regex(/^labelling_[0-9a-f]{18}$/, 'is no id of a labelling');

const time = z.string().describe('ISO 8601');
const columnName = z.string().min(1).max(500);
const label = z.string().trim().min(1).max(200);

export const thresholdRule = z
  .discriminatedUnion('by', [
    z.strictObject({ by: z.enum(['f1', 'youden']) }),
    z.strictObject({
      by: z.literal('cost'),
      false_alarm: z.number().min(0.001).max(1e6),
      miss: z.number().min(0.001).max(1e6),
    }),
  ])
  .meta(
    fieldHelp({
      en: 'where to say the second of two classes: best F1, Youden, or what mistakes cost',
      zh: '何时判为两类中的第二类：F1 最佳、约登指数，或按错误的代价',
    }),
  );

export type LabellingThreshold = z.output<typeof thresholdRule>;

export const columnDescription = z.object({
  name: z.string(),
  kind: z.enum(['numeric', 'category', 'boolean', 'date', 'text']),
  role: z
    .enum(['feature', 'identifier', 'constant'])
    .describe('only features say something about a row'),
  missing: z.int().describe('cells without a value'),
  distinct: z.int().describe('different values'),
  values: z
    .array(z.object({ value: z.string(), count: z.int() }))
    .readonly()
    .describe('the most frequent ones'),
  range: z
    .tuple([z.string(), z.string()])
    .readonly()
    .nullable()
    .describe('least and greatest number or date'),
});

export type ColumnDescription = Readonly<z.output<typeof columnDescription>>;

const counted = z.object({ label: z.string(), count: z.int() });

export const settingsBody = z.strictObject({
  target: columnName.describe('column to predict: one of the table, or a new name'),
  classes: z
    .array(label.regex(/^[^,]*$/, 'has a comma'))
    .min(2)
    .max(50)
    .optional()
    .describe('labels beside those that stand in the column; needed for a new one'),
  features: z
    .array(columnName)
    .min(1)
    .max(2000)
    .optional()
    .describe('columns to learn from; default: all that say something about a row'),
  threshold: thresholdRule.nullable().default(null),
});

export type LabellingSettings = z.output<typeof settingsBody>;

export const labelsBody = z.strictObject({
  labels: z
    .array(
      z.strictObject({
        row: z.int().min(1).describe('counted from 1, without the header'),
        label: label.nullable().describe('null takes a label back that was given here'),
      }),
    )
    .min(1)
    .max(1000),
});

export const labellingSummary = z.object({
  id: z.string(),
  name: z.string(),
  created_at: time,
  bytes: z.int(),
  rows: z.int().describe('rows that can be labelled'),
  target: z.string().nullable().describe('null: not chosen yet'),
  given: z.int().describe('labels that were given here'),
});

export const labellingSchema = component(
  'Labelling',
  labellingSummary.extend({
    truncated: z.boolean().describe('the file has more rows; a classification labels them all'),
    encoding: z.string(),
    delimiter: z.string(),
    warnings: z.array(text).readonly().describe('about the table as a whole'),
    columns: z.array(columnDescription).readonly(),
    problems: z.object({
      rows: z.int().describe('rows with something wrong'),
      first: z.array(z.object({ row: z.int(), problems: z.array(text).readonly() })),
    }),
    settings: z
      .object({
        target: z.string(),
        is_new: z.boolean().describe('the table has no such column'),
        kind: z.enum(['classes', 'quantity']),
        classes: z.array(z.string()).readonly().describe('empty for a quantity'),
        features: z.array(z.string()).readonly(),
        threshold: thresholdRule.nullable(),
      })
      .nullable(),
    labelled: z.int().describe('rows with a label, from the table or given here'),
    counts: z.array(counted).readonly().describe('labelled rows of each class'),
    revision: z.int().describe('grows with each change of labels or settings'),
  }),
);

export type Labelling = Readonly<z.output<typeof labellingSchema>>;
export type LabellingSummary = Readonly<z.output<typeof labellingSummary>>;

export const labellingRow = z.object({
  row: z.int(),
  cells: z.array(z.string()).readonly(),
  problems: z.array(text).readonly(),
  own: z.string().nullable().describe('label that stands in the table'),
  given: z.string().nullable().describe('label that was given here; it counts'),
});

export type LabellingRow = Readonly<z.output<typeof labellingRow>>;
