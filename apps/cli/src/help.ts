import type { Command, CommandEntry } from './command.ts';
import { type Flag, flagsOf } from './flags.ts';

/** The page of one command. */
export function commandHelp({ name, summary }: CommandEntry, command: Command): string {
  const flags = flagsOf(command);
  const places = flags.filter((flag) => flag.argument);
  const named = flags.filter((flag) => !flag.argument);
  const usage = [name, ...places.map(showArgument), ...(named.length ? ['[flags]'] : [])];
  const rows = [
    ...places.map((flag) => [showArgument(flag), explain(flag)] as const),
    ...named.map((flag) => [showFlag(flag), explain(flag)] as const),
  ];
  const width = Math.max(0, ...rows.map(([left]) => left.length));
  return [
    `${summary}.`,
    '',
    `Usage: quaestor ${usage.join(' ')}`,
    '',
    ...rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`),
    ...(command.examples.length === 0
      ? []
      : ['', 'Examples:', ...command.examples.map((line) => `  quaestor ${line}`)]),
    '',
  ].join('\n');
}

function showArgument({ name, many, required }: Flag): string {
  const word = `<${name}>${many ? '…' : ''}`;
  return required ? word : `[${word}]`;
}

function showFlag({ name, kind, choices, fallback }: Flag): string {
  if (kind === 'boolean') return fallback === 'true' ? `--no-${name}` : `--${name}`;
  return `--${name} ${choices.length > 0 ? choices.join('|') : kind === 'number' ? 'N' : 'VALUE'}`;
}

function explain({ description, fallback, required, argument, many }: Flag): string {
  const notes = [
    ...(fallback === null ? [] : [`default ${fallback}`]),
    ...(required && !argument ? ['required'] : []),
    ...(many && !argument ? ['may be repeated'] : []),
  ];
  return notes.length === 0 ? description : `${description} (${notes.join(', ')})`;
}
