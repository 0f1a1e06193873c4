import type { Command, CommandEntry } from './command.ts';
import { type Flag, flagsOf } from './flags.ts';
import { hangingLines, type PageOptions } from './page.ts';
import { PLAIN } from './style.ts';

/** Words that take more columns than this are listed behind the description. */
const WIDEST_CHOICES = 28;

/** What stands for a value, by what may be meant. */
const VALUES: Readonly<Partial<Record<Flag['completes'], string>>> = {
  adapters: 'ADAPTER',
  databases: 'DATABASE',
  models: 'MODEL',
};

/** The page of one command. */
export function commandHelp(
  { name, summary }: CommandEntry,
  command: Command,
  { width, style = PLAIN }: PageOptions = {},
): string {
  const flags = flagsOf(command);
  const places = flags.filter((flag) => flag.argument);
  const named = flags.filter((flag) => !flag.argument);
  const needed = named.filter(({ required }) => required);
  const usage = [
    name,
    ...places.map(showArgument),
    ...needed.map(showFlag),
    ...(named.length > needed.length ? ['[flags]'] : []),
  ];
  const rows = [
    ...places.map((flag) => [showArgument(flag), explain(flag)] as const),
    ...[...needed, ...named.filter(({ required }) => !required)].map(
      (flag) => [showFlag(flag), explain(flag)] as const,
    ),
  ];
  return [
    `${summary}.`,
    '',
    `${style.bold('Usage:')} quaestor ${usage.join(' ')}`,
    '',
    ...hangingLines(rows, width),
    ...(command.examples.length === 0
      ? []
      : ['', style.bold('Examples:'), ...command.examples.map((line) => `  quaestor ${line}`)]),
    '',
  ].join('\n');
}

function showArgument({ name, many, required }: Flag): string {
  const word = `<${name}>${many ? '…' : ''}`;
  return required ? word : `[${word}]`;
}

function showFlag({ name, kind, choices, fallback, completes }: Flag): string {
  if (kind === 'boolean') return fallback === 'true' ? `--no-${name}` : `--${name}`;
  if (choices.length > 0) return `--${name} ${isWide(choices) ? 'WORD' : choices.join('|')}`;
  return `--${name} ${kind === 'number' ? 'N' : (VALUES[completes] ?? 'VALUE')}`;
}

function isWide(choices: readonly string[]): boolean {
  return choices.join('|').length > WIDEST_CHOICES;
}

function explain(flag: Flag): string {
  const { kind, description, fallback, required, argument, many, choices } = flag;
  if (kind === 'boolean' && fallback === 'true') return `do not ${description}`;
  const listed = choices.length > 0 && (argument || isWide(choices));
  const separator = choices.some((word) => word.includes(',')) ? ' · ' : ', ';
  const notes = [
    ...(listed ? [`one of ${choices.join(separator)}`] : []),
    ...(fallback === null ? [] : [`default ${fallback}`]),
    ...(required && !argument ? ['required'] : []),
    ...(many && !argument ? ['may be repeated'] : []),
  ];
  return notes.length === 0 ? description : `${description} (${notes.join('; ')})`;
}
