/** What tells the work of a run from other work under the same file name. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { statIfThere } from '@quaestor/peft';

/**
 * Changes with what is in the files and with the settings that predictions depend on. The times of a file
 * say neither: they may be set, and change with links that come and go.
 */
export async function fingerprintOf(
  files: readonly (string | undefined)[],
  settings: object,
): Promise<string> {
  const contents: unknown[] = [];
  for (const file of files)
    contents.push([file, file === undefined ? null : await contentOf(file)]);
  return createHash('sha256')
    .update(JSON.stringify([contents, settings]))
    .digest('hex');
}

/** Of what can be read once, the moment; null: it is not there. */
async function contentOf(file: string): Promise<string | null> {
  const state = statIfThere(file);
  if (state === undefined) return null;
  if (!state.isFile()) return `${state.ino} ${state.mtimeMs}`;
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
