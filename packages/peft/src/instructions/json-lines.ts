/** JSON Lines read as a stream: what is wrong in a file is told at once, line by line. */
import { createReadStream } from 'node:fs';
import type * as z from 'zod';
import { PeftError } from '../errors.ts';

const LONGEST_LINE = 16 * 2 ** 20;
const MOST_PROBLEMS = 20;

/** How the lines of a file are read. */
export interface LineForm<Value> {
  /** As named in messages: `{"prompt", "completion"}`. */
  readonly expected: string;
  /** The schema of a line, which may depend on the fields that it has. */
  schemaOf(line: unknown): z.ZodType<Value>;
}

/**
 * Yields the values of a file; empty lines are passed over. From the first bad line on nothing is
 * yielded, the rest is only checked, and the error names all bad lines.
 *
 * @throws PeftError 'not-found', or 'bad-file' with the bad lines
 */
export async function* readJsonLines<Value>(
  path: string,
  form: LineForm<Value>,
): AsyncGenerator<Value> {
  const problems: string[] = [];
  let bad = 0;
  let number = 0;
  for await (const line of lines(path)) {
    number++;
    if (line.trim() === '') continue;
    const result = parseLine(line, form);
    if ('problem' in result) {
      if (++bad <= MOST_PROBLEMS) problems.push(`line ${number}: ${result.problem}`);
    } else if (bad === 0) {
      yield result.value;
    }
  }
  if (bad > MOST_PROBLEMS) problems.push(`and ${bad - MOST_PROBLEMS} more`);
  if (bad > 0) {
    throw new PeftError(
      'bad-file',
      `${path} is not JSON Lines of ${form.expected}: correct these lines.`,
      { problems },
    );
  }
}

/** The value of a line, or what is wrong with it. */
function parseLine<Value>(
  line: string,
  form: LineForm<Value>,
): { readonly value: Value } | { readonly problem: string } {
  let content: unknown;
  try {
    content = JSON.parse(line);
  } catch (error) {
    return { problem: (error as Error).message };
  }
  const parsed = form.schemaOf(content).safeParse(content);
  if (parsed.success) return { value: parsed.data };
  const problem = parsed.error.issues
    .map(({ path, message }) => [path.join('.'), message].filter(Boolean).join(': '))
    .join('; ');
  return { problem };
}

/** The lines of a file, without their ends and a byte order mark. */
async function* lines(path: string): AsyncGenerator<string> {
  let rest = '';
  let first = true;
  try {
    for await (const chunk of createReadStream(path, 'utf8') as AsyncIterable<string>) {
      rest += first ? chunk.replace(/^\uFEFF/, '') : chunk;
      first = false;
      const parts = rest.split('\n');
      rest = parts.pop() ?? '';
      yield* parts;
      if (rest.length > LONGEST_LINE) break;
    }
  } catch (cause) {
    throw new PeftError('not-found', `Cannot read ${path}: ${(cause as Error).message}`, { cause });
  }
  if (rest.length > LONGEST_LINE) {
    throw new PeftError('bad-file', `${path} has a line of more than ${LONGEST_LINE} characters.`);
  }
  if (rest !== '') yield rest;
}
