/** A value that does not fit its schema → every problem of it, in English and in Chinese. */
import * as z from 'zod';
import { SCHEMA_WORDS } from './schema-words.ts';

export interface SchemaProblems {
  readonly english: readonly string[];
  readonly chinese: readonly string[];
}

/** Zod's own words; a schema of ours that brings its own message keeps it. */
const { localeError } = z.locales.zhCN();

/**
 * @param error what the schema said against the value
 * @param at the fields that the value itself stands under; what a problem of the whole is told of
 */
export function schemaProblems(
  schema: z.ZodType,
  value: unknown,
  error: z.ZodError,
  at: { readonly under?: readonly string[]; readonly whole: string },
): SchemaProblems {
  const say = (issues: readonly z.core.$ZodIssue[], words: (message: string) => string) =>
    issues.map(({ path, message }) => {
      const field = [...(at.under ?? []), ...path].join('.') || at.whole;
      return `${field} ${words(message)}`.trim();
    });
  // The words of one parse: a locale of Zod's configuration would be that of every request.
  const again = schema.safeParse(value, { error: localeError });
  return {
    english: say(error.issues, (message) => message),
    chinese: say((again.error ?? error).issues, (message) => SCHEMA_WORDS[message] ?? message),
  };
}
