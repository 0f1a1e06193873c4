import type { CommandEntry } from './command.ts';
import { EXIT } from './errors.ts';
import { hangingLines, type PageOptions } from './page.ts';
import { PLAIN } from './style.ts';

/** The page of `quaestor --help`: every command in the table. */
export function overview(
  commands: readonly CommandEntry[],
  { width, style = PLAIN }: PageOptions = {},
): string {
  const rows = commands.map(({ name, summary }) => [name, summary] as const);
  return [
    'Questions in plain language over SQLite data, answered by small adapters trained here.',
    '',
    `${style.bold('Usage:')} quaestor <command> [flags]`,
    '',
    ...hangingLines(rows, width),
    '',
    `Every command has --help. Exit codes: ${EXIT.ok} ok, ${EXIT.failed} failed, ${EXIT.usage} usage, ${EXIT.refused} input refused, ${EXIT.abstained} no answer given (ask), ${EXIT.interrupted} Ctrl-C.`,
    'State is kept in QUAESTOR_HOME (default ~/.quaestor).',
    '',
  ].join('\n');
}
