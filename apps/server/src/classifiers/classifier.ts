/** Saved classifiers as clients see them. */
import { described, text } from '@quaestor/peft';
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
  encoding: z.array(z.object({ meanings: z.unknown().optional() })).default([]),
});

export type ModelFacts = z.output<typeof modelFacts>;

export const classifierSchema = component(
  'Classifier',
  z.object({
    name: z.string(),
    kind: z.enum(['classes', 'quantity']),
    target: z.string().apply(described, { en: 'column that it predicts', zh: '所预测的列' }),
    made_at: z.string().apply(described, { en: 'ISO 8601', zh: 'ISO 8601 时间' }),
    labelled: z
      .int()
      .apply(described, { en: 'labelled rows that it learned from', zh: '学习所用的已标注行数' }),
    classes: z.array(z.object({ label: z.string(), rows: z.int() })).apply(described, {
      en: 'with their labelled rows; empty for a quantity',
      zh: '附各自的已标注行数；预测数值时为空',
    }),
    threshold: z.number().nullable().apply(described, {
      en: 'the second of two classes is said from here on; 1: never',
      zh: '达到此值即判为两个类别中的第二个；1：永远不判',
    }),
    features: z.array(z.object({ name: z.string(), kind: z.string() })),
    asks_language_model: z.boolean(),
    warnings: z.array(text),
    bytes: z.int(),
  }),
);

export type Classifier = Readonly<z.output<typeof classifierSchema>>;

export const classifierCheck = z.object({
  fits: z.boolean().apply(described, {
    en: 'whether the table has every column that it needs',
    zh: '表格是否有所需的每一列',
  }),
  problems: z.array(text),
  warnings: z.array(text),
});

export type ClassifierCheck = Readonly<z.output<typeof classifierCheck>>;
