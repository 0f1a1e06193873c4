/**
 * The schema of a large database, read by a process of its own: rows are counted, and from a slow disk
 * that takes as long as the file is large. Meanwhile this process serves others.
 */
import { statIfThere } from '@quaestor/peft';
import { replyOf } from '../fork-program.ts';
import type { Schema } from '../schema/schema.ts';
import { whenFree } from './in-use.ts';
import { introspect } from './introspect.ts';

/** Bytes that are read, even from a slow disk, in about the time that the start of a process takes. */
const LARGE = 1 << 26;

/** What the process is told. */
export interface IntrospectJob {
  readonly file: string;
  readonly name: string;
}

/** One such process at a time: several would only share the disk. Never rejected, so that the next one begins. */
let last: Promise<unknown> = Promise.resolve();

const readApart = (job: IntrospectJob) => replyOf<Schema>('introspect-child', import.meta.url, job);

/**
 * As `introspect`, without keeping others waiting for a large file, or for a lock.
 * @throws FinSqlError `no-such-database`, `not-a-database`, or `database-in-use` after a few attempts
 */
export async function introspectApart(file: string, name: string): Promise<Schema> {
  const { size = 0 } = statIfThere(file) ?? {};
  return whenFree(() => (size < LARGE ? introspect(file, name) : introspectLarge(file, name)));
}

async function introspectLarge(file: string, name: string): Promise<Schema> {
  const read = last.then(() => readApart({ file, name }));
  last = read.catch(() => undefined);
  // What that process could not read is tried here, where the reason is told.
  return (await read) ?? introspect(file, name);
}
