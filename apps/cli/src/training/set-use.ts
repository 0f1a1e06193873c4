import { resolve } from 'node:path';
import type { TrainingExampleOptions } from '@quaestor/finsql';
import { seededRandom } from '@quaestor/peft';
import * as z from 'zod';
import { InputError } from '../errors.ts';
import { readQuestions } from '../read-exemplars.ts';
import { readSettings } from './settings.ts';

/** How the questions of one set are used in a mixture of several. */
const setUse = z.strictObject({
  db: z.string().min(1).optional().describe('only questions about this database'),
  take: z.int().positive().optional().describe('so many examples, drawn at random'),
  takeSeed: z.int().default(1).describe('seed of that draw'),
  beside: z
    .string()
    .min(1)
    .optional()
    .describe('file of further known questions that prompts may show'),
  repeat: z.int().positive().default(1).describe('how often each example appears'),
  withoutExemplar: z
    .number()
    .min(0)
    .max(1)
    .default(0.15)
    .describe('share of prompts without exemplars'),
  skipSameForm: z
    .number()
    .min(0)
    .max(1)
    .default(0)
    .describe('share of prompts that show no exemplar with the wanted SQL up to literals'),
  redrafted: z
    .number()
    .min(0)
    .max(1)
    .default(0)
    .describe('share of prompts as for a second draft: longer, the exemplar nearest to the SQL'),
  skipSameSql: z.boolean().default(false).describe('show no exemplar with the very SQL wanted'),
});

export type SetUse = z.infer<typeof setUse>;

/**
 * Reads `take=2600 withoutExemplar=0.7`; an empty text means the defaults.
 * @throws InputError naming every unknown or malformed field
 */
export function readSetUse(text: string): SetUse {
  const parsed = setUse.safeParse(readSettings(text.split(/\s+/).filter(Boolean)));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) =>
    `${path.join('.')} ${message}`.trim(),
  );
  const known = Object.keys(setUse.shape).join(', ');
  throw new InputError(`--use "${text}": ${problems.join('; ')}. The fields are ${known}.`);
}

/**
 * How the examples are made of the set.
 * @throws InputError when the file of questions beside it is none
 */
export function exampleOptions(use: SetUse, cwd: string): TrainingExampleOptions {
  const { withoutExemplar, skipSameForm, redrafted, skipSameSql, beside } = use;
  return {
    withoutExemplar,
    skipSameForm,
    redrafted,
    skipSameSql,
    ...(beside === undefined ? {} : { beside: readQuestions(resolve(cwd, beside)) }),
    choose: (items) => useExamples(items, use),
  };
}

/** The examples of a set as the mixture uses them. */
export function useExamples<Example extends { readonly db: string }>(
  examples: readonly Example[],
  use: SetUse,
): readonly Example[] {
  const { db, take, takeSeed, repeat } = use;
  const asked = db === undefined ? examples : examples.filter((example) => example.db === db);
  const taken = take === undefined ? asked : seededRandom(takeSeed).shuffle(asked).slice(0, take);
  return Array.from({ length: repeat }, () => taken).flat();
}
