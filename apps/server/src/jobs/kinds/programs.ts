/** The programs that jobs run. */
import { fileURLToPath } from 'node:url';
import { inRepository } from '../../repository.ts';

/**
 * The command line, as a program: `quaestor serve` starts this server in the same way. Its commands are
 * complete (they check what they are given, go on after a stop, write whole files or none), and a
 * process of its own is what a job needs anyway; a second home for all that in a package would be
 * called by nobody else.
 */
export const QUAESTOR = inRepository('apps/cli/src/main.ts');

export const IMPORT_PROGRAM = beside('../../databases/import-program');
export const PROFILE_PROGRAM = beside('../../databases/profile-program');

function beside(path: string): string {
  const ending = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  return fileURLToPath(new URL(`${path}.${ending}`, import.meta.url));
}
