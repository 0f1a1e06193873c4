/** JSON Lines read as a stream: what is wrong in a file is told at once, line by line. */
import { createReadStream } from 'node:fs';
import type * as z from 'zod';
import { PeftError } from '../errors.ts';
import { moreProblems } from '../first-problems.ts';
import { reasonOf } from '../reason.ts';
import { type OwnWords, schemaIssues } from '../schema-problems.ts';
import type { Translated } from '../translated.ts';

const LONGEST_LINE = 16 * 2 ** 20;
const MOST_PROBLEMS = 20;

/** How the lines of a file are read. */
export interface LineForm<Value> {
  /** The forms that a line may have, as named in messages: `{"prompt", "completion"}`. */
  readonly expected: readonly string[];
  /** The schema of a line, which may depend on the fields that it has. */
  schemaOf(line: unknown): z.ZodType<Value>;
  /** What the schemas say in words of their own, in Chinese. */
  readonly words?: OwnWords;
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
  const problems: Translated[] = [];
  let bad = 0;
  let number = 0;
  for await (const line of lines(path)) {
    number++;
    if (line.trim() === '') continue;
    const result = parseLine(line, form);
    if ('problem' in result) {
      const { en, zh } = result.problem;
      if (++bad > MOST_PROBLEMS) continue;
      problems.push({ en: `line ${number}: ${en}`, zh: `第 ${number} 行：${zh}` });
    } else if (bad === 0) {
      yield result.value;
    }
  }
  if (bad > MOST_PROBLEMS) problems.push(moreProblems(bad - MOST_PROBLEMS));
  if (bad > 0) {
    throw new PeftError(
      'bad-file',
      {
        en: `${path} is not JSON Lines of ${form.expected.join(' or ')}: correct these lines.`,
        zh: `${path} 不是 ${form.expected.join(' 或 ')} 的 JSON Lines，请更正这些行。`,
      },
      { problems },
    );
  }
}

/** The value of a line, or what is wrong with it. */
function parseLine<Value>(
  line: string,
  form: LineForm<Value>,
): { readonly value: Value } | { readonly problem: Translated } {
  let content: unknown;
  try {
    content = JSON.parse(line);
  } catch (error) {
    const { en, zh } = reasonOf(error);
    return { problem: { en, zh: `不是 JSON：${zh}` } };
  }
  const schema = form.schemaOf(content);
  const parsed = schema.safeParse(content);
  if (parsed.success) return { value: parsed.data };
  const issues = schemaIssues(schema, content, parsed.error, form.words).map(
    ({ path, said: { en, zh } }) => {
      const field = path.join('.');
      return field === '' ? { en, zh } : { en: `${field}: ${en}`, zh: `${field}：${zh}` };
    },
  );
  return {
    problem: {
      en: issues.map(({ en }) => en).join('; '),
      zh: issues.map(({ zh }) => zh).join('；'),
    },
  };
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
    const why = reasonOf(cause, path);
    throw new PeftError(
      'not-found',
      { en: `Cannot read ${path}: ${why.en}`, zh: `无法读取 ${path}：${why.zh}` },
      { cause },
    );
  }
  if (rest.length > LONGEST_LINE) {
    throw new PeftError('bad-file', {
      en: `${path} has a line of more than ${LONGEST_LINE} characters.`,
      zh: `${path} 中有一行超过 ${LONGEST_LINE} 个字符。`,
    });
  }
  if (rest !== '') yield rest;
}
