/** What fields mean, in each language. */
import type { Text, Translated } from '@quaestor/peft';
import * as z from 'zod';

/** A registry of its own: other JSON schemas made of these fields say no more than before. */
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
