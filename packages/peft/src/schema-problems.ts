import * as z from 'zod';
import type { Translated } from './translated.ts';

/** Zod's own words; a schema's own messages stay as they are. */
const { localeError } = z.locales.zhCN();

/**
 * Every problem of a value that does not fit its schema, with the field that it is in.
 * @param error what the schema said against the value
 */
export function schemaProblems(schema: z.ZodType, value: unknown, error: z.ZodError): Translated[] {
  // The words of one parse: a locale of Zod's configuration would be that of all.
  const inChinese = schema.safeParse(value, { error: localeError }).error ?? error;
  return error.issues.map(({ path, message }, i) => {
    const field = path.join('.');
    const zh = inChinese.issues[i]?.message ?? message;
    return { en: `${field}: ${message}`, zh: `${field}：${zh}` };
  });
}
