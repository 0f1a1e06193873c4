/** Saved classifiers as clients see them. */
import { text } from '@quaestor/peft';
import { tableSchema } from '@quaestor/tabllm';
import * as z from 'zod';
import { component } from '../api/component.ts';

/** A name that is a folder of the state, and a word of the command line. */
export const classifierName = z
  .string()
  .regex(
    /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,79}$/u,
    'must be letters, digits, dots, dashes and underscores, at most 80',
  );

export const CLASSIFIER_FILES = ['model.json', 'lists.safetensors', 'README.md'] as const;

/** As much of `model.json` as is told. */
export const modelFacts = z.object({
  kind: z.enum(['classifier', 'regressor']),
  date: z.string(),
  target: z.string(),
  labelled: z.int(),
  classes: z.array(z.string()).default([]),
  counts: z.array(z.int()).default([]),
  schema: tableSchema,
  warnings: z.array(text),
  threshold: z.number().nullish(),
  language: z.unknown(),
});

export type ModelFacts = z.output<typeof modelFacts>;

export const classifierSchema = component(
  'Classifier',
  z.object({
    name: z.string(),
    kind: z.enum(['classes', 'quantity']),
    target: z.string().describe('column that it predicts'),
    made_at: z.string().describe('ISO 8601'),
    labelled: z.int().describe('labelled rows that it learned from'),
    classes: z
      .array(z.object({ label: z.string(), rows: z.int() }))
      .describe('with their labelled rows; empty for a quantity'),
    threshold: z.number().nullable().describe('the second of two classes is said from here on'),
    features: z.array(z.object({ name: z.string(), kind: z.string() })),
    asks_language_model: z.boolean(),
    warnings: z.array(text),
    bytes: z.int(),
  }),
);

export type Classifier = Readonly<z.output<typeof classifierSchema>>;

export const classifierCheck = z.object({
  fits: z.boolean().describe('whether the table has every column that it needs'),
  problems: z.array(text),
  warnings: z.array(text),
});

export type ClassifierCheck = Readonly<z.output<typeof classifierCheck>>;
