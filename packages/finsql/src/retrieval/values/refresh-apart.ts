/**
 * A value store brought up to date by a process of its own: reading a large database takes seconds, in
 * which this process would serve nobody.
 */
import { forkProgram, silent } from '../../fork-program.ts';
import type { Schema } from '../../schema/schema.ts';

/** What the process is told. */
export interface RefreshJob {
  readonly file: string;
  readonly schema: Schema;
  readonly folder: string;
}

/** Resolves when the process has ended, whether or not it could do its work. */
export function refreshApart(job: RefreshJob): Promise<void> {
  const child = forkProgram('refresh-child', import.meta.url, [], silent());
  return new Promise((resolve) => {
    child.once('error', () => resolve()).once('exit', () => resolve());
    child.send(job);
  });
}
