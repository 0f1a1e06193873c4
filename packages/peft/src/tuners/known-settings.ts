/** Which fields of a configuration a method has. */
import * as z from 'zod';
import type { Tuner } from './tuner.ts';

type Settings = Readonly<Record<string, unknown>>;

/**
 * Those of some settings that a method has a field for: what is meant for several methods, or kept by
 * another program, may hold more.
 */
export function knownSettings({ config }: Pick<Tuner, 'config'>, settings: Settings): Settings {
  if (!isClosed(config)) return settings;
  return Object.fromEntries(
    Object.entries(settings).filter(([field]) => Object.hasOwn(config.shape, field)),
  );
}

/** What a configuration is checked by: other fields are slips, but for a saved one, which has a `peft_type`. */
export function schemaFor({ config }: Pick<Tuner, 'config'>, settings: Settings): z.ZodType {
  return isClosed(config) && settings.peft_type === undefined ? config.strict() : config;
}

/** Whether its fields are all there are. */
function isClosed(schema: z.ZodType): schema is z.ZodObject {
  return schema instanceof z.ZodObject && schema.def.catchall === undefined;
}
