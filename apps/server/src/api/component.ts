import * as z from 'zod';

/** Schemas that the description of the interface has under a name. */
export const components = z.registry<{ id: string }>();

/** Names a schema. Only the description knows: elsewhere, `id` would be a keyword of old JSON Schema. */
export function component<Schema extends z.ZodType>(id: string, schema: Schema): Schema {
  components.add(schema, { id });
  return schema;
}
