import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import type { Command, Completes } from './command.ts';
import { UsageError } from './errors.ts';
import { suggest } from './suggest.ts';

/** A flag or argument as read from a command's schema. */
export interface Flag {
  /** Key in the schema: `maxTokens`. */
  readonly key: string;
  /** As typed, without dashes: `max-tokens`. */
  readonly name: string;
  readonly kind: 'boolean' | 'number' | 'string';
  /** Given more than once, each value counts. */
  readonly many: boolean;
  readonly argument: boolean;
  readonly required: boolean;
  readonly description: string;
  /** Default as shown in help; null = none. */
  readonly fallback: string | null;
  /** Allowed words of an enumeration. */
  readonly choices: readonly string[];
  /** What a shell offers for it. */
  readonly completes: Completes;
}

/** The flags of a command, in the order of its schema. */
export function flagsOf(command: Command): readonly Flag[] {
  return Object.entries(command.options.shape).map(([key, schema]) =>
    describeFlag(key, schema as z.ZodType),
  );
}

/**
 * Reads the words after a command's name. `--no-x` says that the switch x is off.
 *
 * @throws UsageError listing every unknown flag, missing value and value out of range.
 */
export function parseFlags(
  name: string,
  command: Command,
  words: readonly string[],
  cwd: string = process.cwd(),
): Record<string, unknown> {
  const flags = flagsOf(command);
  const named = new Map(flags.filter((flag) => !flag.argument).map((flag) => [flag.name, flag]));
  const { tokens } = parseArgs({
    args: [...words],
    options: Object.fromEntries(
      [...named].map(([name, flag]) => [
        name,
        { type: flag.kind === 'boolean' ? 'boolean' : 'string', multiple: flag.many } as const,
      ]),
    ),
    strict: false,
    tokens: true,
  });

  const problems: string[] = [];
  const values: Record<string, unknown> = {};
  const positionals: string[] = [];
  let afterUnknown = -1;
  for (const token of tokens) {
    // The word after an unknown flag is most likely its value.
    if (token.kind === 'positional' && token.index !== afterUnknown) positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const flag = named.get(token.name);
    const negated = named.get(token.name.replace(/^no-/, ''));
    if (flag === undefined && negated?.kind === 'boolean') {
      if (token.value !== undefined) problems.push(`${token.rawName} takes no value`);
      values[negated.key] = false;
    } else if (flag === undefined) {
      problems.push(unknownFlag(token.rawName, named.keys()));
      afterUnknown = token.index + 1;
    } else addValue(flag, token.value, token.inlineValue === true, values, problems);
  }
  placeArguments(flags, positionals, values, problems);
  if (typeof values.config === 'string') {
    const file = readConfigFile(resolve(cwd, values.config), flags, problems);
    for (const [key, value] of Object.entries(file)) values[key] ??= value;
  }

  const parsed = command.options.safeParse(values);
  for (const issue of parsed.error?.issues ?? []) {
    const { flag, text } = describeIssue(issue, flags, values);
    // What was already said of a flag, or guessed to be it, is not said again.
    if (flag === null || !problems.some((problem) => problem.includes(flag))) problems.push(text);
  }
  if (problems.length > 0 || !parsed.success) throw new UsageError(problems, name);
  return parsed.data;
}

function addValue(
  flag: Flag,
  text: string | undefined,
  inline: boolean,
  values: Record<string, unknown>,
  problems: string[],
): void {
  if (flag.kind === 'boolean') {
    if (inline) problems.push(`--${flag.name} takes no value`);
    values[flag.key] = true;
    return;
  }
  if (text === undefined || (!inline && /^--?[a-z]/i.test(text))) {
    problems.push(`--${flag.name} needs a value`);
    return;
  }
  const value = flag.kind === 'number' ? toNumber(text) : text;
  if (!flag.many && flag.key in values) problems.push(`--${flag.name} was given twice`);
  values[flag.key] = flag.many ? [...((values[flag.key] as unknown[]) ?? []), value] : value;
}

function placeArguments(
  flags: readonly Flag[],
  words: readonly string[],
  values: Record<string, unknown>,
  problems: string[],
): void {
  const places = flags.filter((flag) => flag.argument);
  for (const [index, flag] of places.entries()) {
    if (flag.many) values[flag.key] = words.slice(index);
    else if (words[index] !== undefined) values[flag.key] = words[index];
    else if (flag.required) problems.push(`<${flag.name}> is missing: ${flag.description}`);
  }
  const extra = places.some((flag) => flag.many) ? [] : words.slice(places.length);
  if (extra.length > 0) {
    problems.push(`unexpected ${extra.map((word) => `"${word}"`).join(', ')} (quotes missing?)`);
  }
}

/** Flags from the JSON file that `--config` names, under their keys in the schema. */
function readConfigFile(
  path: string,
  flags: readonly Flag[],
  problems: string[],
): Readonly<Record<string, unknown>> {
  try {
    const content: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (typeof content !== 'object' || content === null || Array.isArray(content)) {
      problems.push(`--config ${path}: expected a JSON object`);
      return {};
    }
    const known = new Set(flags.map(({ key }) => key));
    for (const key of Object.keys(content)) {
      if (!known.has(key)) problems.push(`--config ${path}: unknown field ${key}`);
    }
    return content as Record<string, unknown>;
  } catch (error) {
    problems.push(`--config ${path}: ${(error as Error).message}`);
    return {};
  }
}

function unknownFlag(raw: string, known: Iterable<string>): string {
  const near = suggest(raw.replace(/^-+/, ''), known);
  return `unknown flag ${raw}${near === null ? '' : `; did you mean --${near}?`}`;
}

function describeIssue(
  issue: z.core.$ZodIssue,
  flags: readonly Flag[],
  values: Readonly<Record<string, unknown>>,
): { readonly flag: string | null; readonly text: string } {
  const flag = flags.find(({ key }) => key === issue.path[0]);
  if (flag === undefined) return { flag: null, text: issue.message };
  const shown = flag.argument ? `<${flag.name}>` : `--${flag.name}`;
  const value = values[flag.key];
  const isMissing = value === undefined || (Array.isArray(value) && value.length === 0);
  const text = isMissing
    ? `${shown} is missing: ${flag.description}`
    : flag.choices.length > 0
      ? noChoice(shown, Array.isArray(value) ? value : [value], flag.choices)
      : `${shown}: ${issue.message.replace(/^Invalid input: /, '')}`;
  return { flag: shown, text };
}

function noChoice(shown: string, given: readonly unknown[], choices: readonly string[]): string {
  const wrong = given.map(String).find((word) => !choices.includes(word)) ?? '';
  const near = suggest(wrong, choices);
  const guess = near === null ? '' : `; did you mean ${near}?`;
  return `${shown}: "${wrong}" is none of ${choices.join(', ')}${guess}`;
}

function toNumber(text: string): number | string {
  const number = Number(text);
  return text.trim() === '' || Number.isNaN(number) ? text : number;
}

function describeFlag(key: string, schema: z.ZodType): Flag {
  const inner = unwrap(schema);
  const many = inner instanceof z.ZodArray;
  const element = many ? unwrap(inner.element as z.ZodType) : inner;
  const number = element instanceof z.ZodNumber;
  const optional = schema.safeParse(undefined);
  const fallback = optional.success ? optional.data : undefined;
  const meta = schema.meta() as { argument?: boolean; completes?: Completes } | undefined;
  const argument = meta?.argument === true;
  return {
    key,
    name: key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`).replaceAll('_', '-'),
    kind: element instanceof z.ZodBoolean ? 'boolean' : number ? 'number' : 'string',
    many,
    argument,
    required: !optional.success,
    description: schema.description ?? '',
    fallback: showFallback(fallback),
    choices: element instanceof z.ZodEnum ? element.options.map(String) : [],
    completes: meta?.completes ?? (number || argument ? 'nothing' : 'files'),
  };
}

function showFallback(value: unknown): string | null {
  if (value === undefined || value === null || value === false || value === '') return null;
  if (Array.isArray(value)) return value.length === 0 ? null : value.join(' ');
  return String(value);
}

/** The schema under `optional`, `default` and the like. */
function unwrap(schema: z.ZodType): z.ZodType {
  let inner = schema;
  while (
    inner instanceof z.ZodOptional ||
    inner instanceof z.ZodNullable ||
    inner instanceof z.ZodDefault
  ) {
    inner = inner.unwrap() as z.ZodType;
  }
  return inner;
}
