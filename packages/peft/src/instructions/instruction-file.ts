/** Instruction sets on disk: JSON Lines of `{instruction, input, output}`, read and written as streams. */
import {
  closeSync,
  createReadStream,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { PeftError } from '../errors.ts';
import { discard, flushFolder, temporaryBeside } from '../io/replace-file.ts';
import { type InstructionRecord, instructionRecord } from './instruction-record.ts';

const LONGEST_LINE = 16 * 2 ** 20;
const MOST_PROBLEMS = 20;
/** Characters collected before a write. */
const BLOCK = 1 << 16;

/**
 * Yields the records of a file; other fields of a line are left out, empty lines are passed over. From
 * the first bad line on nothing is yielded, the rest is only checked, and the error names all bad lines.
 *
 * @throws PeftError 'not-found', or 'bad-file' with the bad lines
 */
export async function* readInstructions(path: string): AsyncGenerator<InstructionRecord> {
  const problems: string[] = [];
  let bad = 0;
  let number = 0;
  for await (const line of lines(path)) {
    number++;
    if (line.trim() === '') continue;
    const result = parseLine(line);
    if (typeof result === 'string') {
      if (++bad <= MOST_PROBLEMS) problems.push(`line ${number}: ${result}`);
    } else if (bad === 0) {
      yield result;
    }
  }
  if (bad > MOST_PROBLEMS) problems.push(`and ${bad - MOST_PROBLEMS} more`);
  if (bad > 0) {
    throw new PeftError(
      'bad-file',
      `${path} is not JSON Lines of {"instruction", "input", "output"}: correct these lines.`,
      { problems },
    );
  }
}

/**
 * Writes records, one a line. The file appears, or is replaced, only when all are on the disk.
 *
 * @returns how many were written
 * @throws PeftError 'bad-file' when the disk is full or the folder cannot be written; whatever the
 *   source of the records throws
 */
export async function writeInstructions(
  path: string,
  records: Iterable<InstructionRecord> | AsyncIterable<InstructionRecord>,
): Promise<number> {
  const temporary = temporaryBeside(path);
  const file = attempt(path, () => {
    mkdirSync(dirname(path), { recursive: true });
    return openSync(temporary, 'wx');
  });
  let count = 0;
  try {
    try {
      let block = '';
      for await (const { instruction, input, output } of records) {
        block += `${JSON.stringify({ instruction, input, output })}\n`;
        count++;
        if (block.length < BLOCK) continue;
        attempt(path, () => writeFileSync(file, block));
        block = '';
      }
      attempt(path, () => {
        writeFileSync(file, block);
        fsyncSync(file);
      });
    } finally {
      closeSync(file);
    }
    attempt(path, () => {
      renameSync(temporary, path);
      flushFolder(dirname(path));
    });
  } finally {
    discard(temporary);
  }
  return count;
}

/** The record of a line, or what is wrong with it. */
function parseLine(line: string): InstructionRecord | string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    return (error as Error).message;
  }
  const parsed = instructionRecord.safeParse(value);
  if (parsed.success) return parsed.data;
  return parsed.error.issues
    .map(({ path, message }) => [path.join('.'), message].filter(Boolean).join(': '))
    .join('; ');
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

function attempt<Result>(path: string, write: () => Result): Result {
  try {
    return write();
  } catch (cause) {
    throw new PeftError('bad-file', `Cannot write ${path}: ${(cause as Error).message}`, { cause });
  }
}
