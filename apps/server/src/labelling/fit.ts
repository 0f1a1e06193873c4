/** What a model that was quickly learned from the labels so far is, says, and how good it is. */
import { text } from '@quaestor/peft';
import * as z from 'zod';
import { component } from '../api/component.ts';

const figure = z.number().nullable().describe('null: cannot be told');

export const fitReport = component(
  'ClassifierReport',
  z.object({
    kind: z.enum(['classes', 'quantity']),
    rows: z.int().describe('labelled rows that were predicted by models that have not seen them'),
    figures: z
      .record(z.string(), z.object({ value: figure, low: figure, high: figure }))
      .describe('with 95 % bootstrap intervals'),
    alone: z.record(z.string(), figure).describe('the same figures of class shares or mean alone'),
    confusion: z
      .array(z.array(z.int()).readonly())
      .readonly()
      .nullable()
      .describe('rows by [true][predicted]; null for a quantity'),
    by_class: z
      .array(z.object({ precision: figure, recall: figure, f1: figure, rows: z.int() }))
      .readonly()
      .nullable(),
    reliability: z
      .array(z.object({ rows: z.int(), confidence: z.number(), accuracy: z.number() }))
      .readonly()
      .describe('how often it is right where it is so sure'),
  }),
);

export type FitReport = Readonly<z.output<typeof fitReport>>;

export const fitSchema = component(
  'LabellingFit',
  z.object({
    revision: z.int().describe('of the labelling that was learned from'),
    kind: z.enum(['classes', 'quantity']),
    classes: z.array(z.string()).readonly(),
    labelled: z.int(),
    used: z.int().describe('labelled rows of this quick look; a classification uses them all'),
    report: fitReport.nullable().describe('null: too few labels to tell'),
    threshold: z.number().nullable().describe('the second class is said from here on'),
    held: z
      .array(z.object({ probability: z.number(), is_second: z.boolean() }))
      .readonly()
      .describe('two classes: what models said of labelled rows that they have not seen'),
    shares: z
      .array(z.object({ label: z.string(), count: z.int() }))
      .readonly()
      .describe('what it says of a sample of the rows without a label'),
    suggestions: z
      .array(z.object({ row: z.int(), margin: z.number().nullable() }))
      .readonly()
      .describe('rows to label next: those it is least sure of'),
    warnings: z.array(text).readonly(),
    milliseconds: z.int(),
  }),
);

export type Fit = Readonly<z.output<typeof fitSchema>>;

export const reasonSchema = z.object({
  column: z.string(),
  cell: z.string(),
  with: z.number().describe('probability of the predicted class, or the quantity'),
  without: z.number(),
  words: z.string(),
});

export const opinionSchema = z.object({
  row: z.int(),
  predicted: z.string(),
  probabilities: z.array(z.number()).readonly().describe('in the order of the classes'),
  margin: z.number().nullable(),
  interval: z.tuple([z.number(), z.number()]).readonly().nullable().describe('of a quantity, 90 %'),
  learned_from: z
    .boolean()
    .describe('its label was learned from: what is said of it proves nothing'),
  reasons: z.array(reasonSchema).readonly(),
});

export type RowOpinion = Readonly<z.output<typeof opinionSchema>>;

export const importanceSchema = z.object({
  column: z.string(),
  fall: z.number().describe('fall of the AUC, or of R², when the column is shuffled'),
  sd: z.number(),
});

export type ColumnImportance = Readonly<z.output<typeof importanceSchema>>;
