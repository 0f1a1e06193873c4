/** What a command writes, looked at before it begins: over no file that it reads, no two things into one. */
import { closeSync, openSync, readSync } from 'node:fs';
import { resolve } from 'node:path';
import { statIfThere } from '@quaestor/peft';
import type { Terminal } from './command.ts';
import { UsageError } from './errors.ts';
import { isSameFile } from './same-file.ts';

/** A path, and the flag that names it. */
export interface FlagPath {
  readonly flag: string;
  readonly path: string;
}

/** Paths as they were given, by flag; relative ones are meant from the folder of the command. */
type GivenPaths = Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * For a command that replaces its output unasked.
 *
 * @param command as in "see quaestor help …"
 * @param reads what it reads, by flag; not all need be there
 * @param writes the files that it writes, by flag
 * @throws UsageError naming both flags where they lead to one file, by whatever names, and every database
 *   that would be replaced
 */
export function expectOutput(
  command: string,
  { cwd }: Pick<Terminal, 'cwd'>,
  { reads, writes }: { readonly reads: GivenPaths; readonly writes: GivenPaths },
): void {
  const outputs = resolved(writes, cwd);
  const problems = collisions(resolved(reads, cwd), outputs);
  // What is one file with another needs no second complaint.
  if (problems.length === 0) problems.push(...lostDatabases(outputs));
  if (problems.length > 0) throw new UsageError(problems, command);
}

/** Outputs that are files which are read, or one file with each other. */
export function collisions(reads: readonly FlagPath[], writes: readonly FlagPath[]): string[] {
  return writes.flatMap(({ flag, path }, i) => {
    const read = reads.find((one) => isSameFile(one.path, path));
    const other = writes.slice(i + 1).find((one) => isSameFile(one.path, path));
    return [
      ...(read
        ? [`${flag} would replace ${path}, which ${read.flag} names: give another name`]
        : []),
      ...(other ? [`${flag} and ${other.flag} are one file, ${path}: give two names`] : []),
    ];
  });
}

function resolved(given: GivenPaths, cwd: string): FlagPath[] {
  return Object.entries(given).flatMap(([flag, paths]) =>
    [paths ?? []].flat().map((path) => ({ flag, path: resolve(cwd, path) })),
  );
}

/** No command writes a database: one that lies there is meant to stay, whoever made it. */
export function lostDatabases(outputs: readonly FlagPath[]): string[] {
  return outputs
    .filter(({ path }) => isDatabase(path))
    .map(({ flag, path }) => `${flag}: ${path} is a SQLite database: give another name`);
}

const MAGIC = 'SQLite format 3\0';

function isDatabase(path: string): boolean {
  if (statIfThere(path)?.isFile() !== true) return false;
  const file = openSync(path, 'r');
  try {
    const head = Buffer.alloc(MAGIC.length);
    readSync(file, head, 0, MAGIC.length, 0);
    return head.toString('latin1') === MAGIC;
  } finally {
    closeSync(file);
  }
}
