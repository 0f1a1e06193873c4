/** What fields mean, said in each language where they are defined. */
import * as z from 'zod';
import type { Text, Translated } from './translated.ts';

/** A registry of its own: the command line and other JSON schemas say no more than the English. */
const inEachLanguage = z.registry<Translated>();

/** Describes a field, as zod's own `describe` does, in each language: `z.int().apply(described, { en, zh })`. */
export function described<Schema extends z.ZodType>(schema: Schema, said: Translated): Schema {
  const field = schema.describe(said.en);
  inEachLanguage.add(field, said);
  return field;
}

/** What a field means, as far as that has been said; undefined where it has not been. */
export function descriptionOf(schema: z.core.$ZodType): Text | undefined {
  const english = z.globalRegistry.get(schema)?.description;
  const said = inEachLanguage.get(schema);
  // A field that was described anew in English alone still inherits the words of the one before.
  return said?.en === english ? said : english;
}

/**
 * What a configuration may be given, as JSON Schema for forms; a description that is known in each
 * language is a `Translated`.
 */
export function formSchema(schema: z.ZodType): Record<string, unknown> {
  return z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    override: describeInEachLanguage,
  });
}

/** For Zod's `toJSONSchema`: a description that is known in each language is a `Translated`. */
export function describeInEachLanguage({
  zodSchema,
  jsonSchema,
}: {
  readonly zodSchema: z.core.$ZodType;
  readonly jsonSchema: object;
}): void {
  const description = descriptionOf(zodSchema);
  // Zod's types know descriptions in one language.
  if (description !== undefined) Object.assign(jsonSchema, { description });
}
