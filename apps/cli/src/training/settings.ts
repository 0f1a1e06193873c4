import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { openAdapters } from '../adapters.ts';
import { InputError } from '../errors.ts';

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
