import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';

/** Changes with the files and with the settings that predictions depend on. */
export function fingerprintOf(files: readonly (string | undefined)[], settings: object): string {
  const states = files.map((file) => {
    const state = file === undefined ? undefined : statSync(file, { throwIfNoEntry: false });
    return [file, state?.size, state?.mtimeMs];
  });
  return createHash('sha256')
    .update(JSON.stringify([states, settings]))
    .digest('hex');
}
