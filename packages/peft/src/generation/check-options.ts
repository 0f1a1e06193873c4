import * as z from 'zod';
import { PeftError } from '../errors.ts';
import { schemaProblems } from '../schema-problems.ts';
import type { GenerateOptions } from './generate-options.ts';

const ids = z.array(z.int().min(0));

/** The part of the options that is data. */
const generateSettings = z.object({
  n: z.int().min(0).optional(),
  temperature: z.number().min(0).optional(),
  topK: z.int().min(0).optional(),
  topP: z.number().min(0).max(1).optional(),
  maxTokens: z.int().positive().optional(),
  endIds: ids.optional(),
  stop: z.array(z.string().min(1)).optional(),
  seed: z.int().optional(),
  tags: ids.optional(),
  lookup: z.int().min(0).optional(),
  streams: z.int().positive().optional(),
});

/** @throws PeftError 'bad-config' with every problem */
export function checkOptions(options: GenerateOptions): void {
  const parsed = generateSettings.safeParse(options);
  if (parsed.success) return;
  throw new PeftError(
    'bad-config',
    { en: 'the options of the generation are not valid', zh: '生成的选项无效' },
    { problems: schemaProblems(generateSettings, options, parsed.error) },
  );
}
