/** A value that does not fit its schema → every problem of it, in English and in Chinese. */
import { CHECK_WORDS, schemaIssues, type Translated } from '@quaestor/peft';
import type * as z from 'zod';
import { SCHEMA_WORDS } from './schema-words.ts';

/**
 * @param error what the schema said against the value
 * @param at the fields that the value itself stands under; what a problem of the whole is told of
 */
export function schemaProblems(
  schema: z.ZodType,
  value: unknown,
  error: z.ZodError,
  at: { readonly under?: readonly string[]; readonly whole: string },
): readonly Translated[] {
  return schemaIssues(schema, value, error, { ...SCHEMA_WORDS, ...CHECK_WORDS }).map(
    ({ path, said }) => {
      const field = [...(at.under ?? []), ...path].join('.') || at.whole;
      return { en: `${field} ${said.en}`.trim(), zh: `${field} ${said.zh}`.trim() };
    },
  );
}
