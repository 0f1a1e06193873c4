/** What a field of a configuration is for, said in each language where the field is defined. */
import * as z from 'zod';
import type { Translated } from './translated.ts';

/** Where a schema keeps the Chinese, beside the `description`. */
const CHINESE = 'x-description-zh';

/** For Zod's `.meta(…)`: the English is the description, which command line and JSON Schema look for. */
export function fieldHelp({ en, zh }: Translated) {
  return { description: en, [CHINESE]: zh };
}

/**
 * What a configuration may be given, as JSON Schema for forms; a description that is known in each
 * language is a `Translated`.
 */
export function formSchema(schema: z.ZodType): Record<string, unknown> {
  return z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      const { description: en, [CHINESE]: zh } = jsonSchema;
      if (zh === undefined) return;
      delete jsonSchema[CHINESE];
      Object.assign(jsonSchema, { description: { en, zh } });
    },
  });
}
