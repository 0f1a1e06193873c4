import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { knownSettings, type Tuner } from '@quaestor/peft';
import * as z from 'zod';
import { openAdapters } from '../adapters.ts';
import { InputError } from '../errors.ts';
import { suggest } from '../suggest.ts';

/**
 * Fields of a method's configuration as typed: `r=16`, `target_modules=all-linear`,
 * `target_modules=["q_proj","v_proj"]`. What is JSON is read as such, the rest is text.
 *
 * @throws InputError for a word without `=`
 */
export function readSettings(words: readonly string[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    words.map((word) => {
      const at = word.indexOf('=');
      if (at <= 0) throw new InputError(`--set ${word}: expected FIELD=VALUE, as in r=16.`);
      return [word.slice(0, at), readValue(word.slice(at + 1))];
    }),
  );
}

/**
 * The same for a method, whose fields alone are taken. Where one takes a list, `q_proj,v_proj` is one, and
 * `q_proj` a list of one.
 * @throws InputError as `readSettings`, and naming every field that the method lacks, with the values beside
 *   them that no field takes
 */
export function readMethodSettings(
  words: readonly string[],
  tuner: Pick<Tuner, 'name' | 'config'>,
): Readonly<Record<string, unknown>> {
  const { name, config } = tuner;
  const settings = readSettings(words);
  const fields: Readonly<Record<string, z.ZodType>> =
    config instanceof z.ZodObject ? config.shape : {};
  const known = knownSettings(tuner, settings);
  const unknown = Object.keys(settings).filter((field) => !Object.hasOwn(known, field));
  const read = Object.entries(settings).map(
    ([field, value]) => [field, asList(value, fields[field])] as const,
  );
  // Wrong values alone are told of by the method itself, which sees them together.
  if (unknown.length > 0) {
    const wrong = read.flatMap(([field, value]) => wrongValue(field, value, fields[field]));
    const missing = unknown.map((field) => noSetting(name, field, fields));
    throw new InputError([...missing, ...wrong].join('\n'));
  }
  return Object.fromEntries(read);
}

/** What is wrong with the value of a field, as one line; nothing where there is no such field. */
function wrongValue(field: string, value: unknown, schema: z.ZodType | undefined): string[] {
  const { error } = schema?.safeParse(value) ?? {};
  return error ? [`${field}: ${error.issues.map(({ message }) => message).join('; ')}`] : [];
}

function noSetting(
  method: string,
  field: string,
  fields: Readonly<Record<string, z.ZodType>>,
): string {
  const near = suggest(field, Object.keys(fields));
  if (near !== null) return `${method} has no setting ${field}; did you mean ${near}?`;
  const names = Object.keys(fields).filter((known) => fields[known]?.description !== undefined);
  return `${method} has no setting ${field}; it has ${names.join(', ')}.`;
}

/** No name and no regular expression for names has a comma between plain words; alone they are a name. */
const WORDS = /^[\w.]+(,[\w.]+)+$|^\w+(\.\w+)*$/;

function asList(value: unknown, field: z.ZodType | undefined): unknown {
  if (typeof value !== 'string' || !WORDS.test(value)) return value;
  const list = value.split(',').map(readValue);
  return field?.safeParse(list).success ? list : value;
}

/**
 * Settings in which the adapters of the field `adapters` are folders: each may be given as one, or by
 * its name in the hub.
 *
 * @param cwd what folders are relative to
 * @throws PeftError 'not-found' for a name that neither has
 */
export function resolveAdapters(
  settings: Readonly<Record<string, unknown>>,
  cwd: string,
): Readonly<Record<string, unknown>> {
  const { adapters } = settings;
  if (typeof adapters !== 'object' || adapters === null) return settings;
  const folder = (given: unknown): unknown => {
    if (typeof given !== 'string') return given;
    const path = resolve(cwd, given);
    return existsSync(path) ? path : openAdapters().get(given).path;
  };
  const resolved = Object.entries(adapters).map(([name, given]) => [name, folder(given)]);
  return { ...settings, adapters: Object.fromEntries(resolved) };
}

function readValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
