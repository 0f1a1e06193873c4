import { readJson } from '@quaestor/peft';
import * as z from 'zod';
import { InputError } from './errors.ts';

/**
 * A JSON file as what it is meant to be.
 *
 * @param what the file is, as in "x.json is no transfer experiment"
 * @throws PeftError 'not-found' or 'bad-file' when there is no such file or it is not JSON; InputError
 *   with everything that is wrong with what it holds
 */
export function readJsonAs<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
  what: string,
): z.output<Schema> {
  const parsed = schema.safeParse(readJson(path));
  if (parsed.success) return parsed.data;
  throw new InputError(`${path} is no ${what}:\n${z.prettifyError(parsed.error)}`);
}

/** For a file with results that cannot stand beside new ones, so that it is not written over. */
export function cannotGoOn(path: string, why: string): InputError {
  return new InputError(
    `${path} cannot be gone on with: ${why}. Give another --out, or remove it.`,
  );
}
