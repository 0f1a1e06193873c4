import type { CommandEntry } from './command.ts';
import { EXIT } from './errors.ts';

/** The page of `quaestor --help`: every command in the table. */
export function overview(commands: readonly CommandEntry[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  return [
    'Questions in plain language over SQLite data, answered by small adapters trained here.',
    '',
    'Usage: quaestor <command> [flags]',
    '',
    ...commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`),
    '',
    `Every command has --help. Exit codes: ${EXIT.ok} ok, ${EXIT.failed} failed, ${EXIT.usage} usage, ${EXIT.refused} input refused, ${EXIT.interrupted} Ctrl-C.`,
    'State is kept in QUAESTOR_HOME (default ~/.quaestor).',
    '',
  ].join('\n');
}
