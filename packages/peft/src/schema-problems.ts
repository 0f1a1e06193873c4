/** A value that does not fit its schema → every problem of it, in each language. */
import * as z from 'zod';
import type { Translated } from './translated.ts';

/** Zod's own words. */
const { localeError } = z.locales.zhCN();

interface SchemaIssue {
  readonly path: readonly PropertyKey[];
  readonly said: Translated;
}

/** What a schema says itself, where Zod has no word for it → Chinese; what is not in it stays. */
export type OwnWords = Readonly<Record<string, string>>;

/** @param error what the schema said against the value */
export function schemaIssues(
  schema: z.ZodType,
  value: unknown,
  error: z.ZodError,
  own: OwnWords = {},
): SchemaIssue[] {
  // The words of one parse: a locale of Zod's configuration would be that of all.
  const again = schema.safeParse(value, { error: localeError }).error ?? error;
  return error.issues.map(({ path, message }, i) => ({
    path,
    said: { en: message, zh: own[message] ?? again.issues[i]?.message ?? message },
  }));
}

/** The same as Zod lays it out for people: what is wrong, and below it where. */
export function schemaReport(schema: z.ZodType, value: unknown, error: z.ZodError): Translated[] {
  const again = schema.safeParse(value, { error: localeError }).error ?? error;
  const chinese = z.prettifyError(again).split('\n');
  return z
    .prettifyError(error)
    .split('\n')
    .map((line, i) => ({ en: line, zh: chinese[i]?.replace('→ at', '→') ?? line }));
}

/** The same in lines, each with its field. */
export function schemaProblems(
  schema: z.ZodType,
  value: unknown,
  error: z.ZodError,
  own: OwnWords = {},
): Translated[] {
  return schemaIssues(schema, value, error, own).map(({ path, said }) =>
    path.length === 0
      ? said
      : { en: `${path.join('.')}: ${said.en}`, zh: `${path.join('.')}：${said.zh}` },
  );
}
