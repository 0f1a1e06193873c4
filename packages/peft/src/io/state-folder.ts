import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/**
 * A folder of Quaestor's state: `QUAESTOR_HOME`, or `.quaestor` in the user's home, and below
 * it what is asked for. Nothing is created.
 */
export function stateFolder(...parts: readonly string[]): string {
  return resolve(process.env.QUAESTOR_HOME || join(homedir(), '.quaestor'), ...parts);
}
