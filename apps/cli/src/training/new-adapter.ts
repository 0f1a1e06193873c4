/** What every training command settles before it begins: a free name, and a folder to go on in. */
import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { stateFolder } from '@quaestor/peft';
import { openAdapters } from '../adapters.ts';
import { InputError } from '../errors.ts';

interface NewAdapter {
  readonly out: string;
  readonly replace: boolean;
  readonly restart: boolean;
  readonly json: boolean;
}

/**
 * @returns folder for the checkpoints of this very run: they fit only the same examples and settings
 * @throws InputError when there is an adapter of that name that is not to be replaced
 */
export function prepareRun(options: NewAdapter): string {
  const taken = openAdapters()
    .list()
    .find(({ name }) => name === options.out);
  if (taken !== undefined && !(options.replace && !taken.readOnly)) {
    throw new InputError(
      `There is already an adapter ${options.out}; choose another name${taken.readOnly ? '' : ', or --replace it'}.`,
    );
  }
  const unfinished = stateFolder('training', options.out);
  if (options.restart) rmSync(unfinished, { recursive: true, force: true });
  const { json: _json, replace: _replace, restart: _restart, ...run } = options;
  return join(unfinished, fingerprint(run));
}

/** Without the fields that were not given, so that they do not hide a default. */
export function defined(options: object): object {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

function fingerprint(run: object): string {
  return createHash('sha256').update(JSON.stringify(run)).digest('hex').slice(0, 12);
}
