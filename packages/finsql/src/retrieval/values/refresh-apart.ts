/**
 * A value store brought up to date by a process of its own: reading a large database takes seconds, in
 * which this process would serve nobody.
 */
import { replyOf } from '../../fork-program.ts';
import type { Schema } from '../../schema/schema.ts';

/** What the process is told. */
export interface RefreshJob {
  readonly file: string;
  readonly schema: Schema;
  readonly folder: string;
}

/** Resolves when the process has ended, whether or not it could do its work. */
export async function refreshApart(job: RefreshJob): Promise<void> {
  await replyOf<never>('refresh-child', import.meta.url, job);
}
