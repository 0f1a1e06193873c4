/** Tables are named: what stands for standard input elsewhere is not read. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { UsageError } from '../errors.ts';

/** @param names of tables by what names them @throws UsageError for `-`, unless a file is called so */
export function expectFiles(
  names: Readonly<Record<string, string | undefined>>,
  folder: string,
): void {
  const problems = Object.entries(names)
    .filter(([, name]) => name === '-' && !existsSync(resolve(folder, name)))
    .map(
      ([what]) =>
        `${what} is -, but standard input is not read: save the rows as a CSV file and give its name`,
    );
  if (problems.length > 0) throw new UsageError(problems, 'classify');
}
