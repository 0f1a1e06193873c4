/** Instruction sets on disk: JSON Lines of `{instruction, input, output}`, read and written as streams. */
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { PeftError } from '../errors.ts';
import { discard, flushFolder, temporaryBeside } from '../io/replace-file.ts';
import { reasonOf } from '../reason.ts';
import { type InstructionRecord, instructionRecord } from './instruction-record.ts';
import { readJsonLines } from './json-lines.ts';

/** Characters collected before a write. */
const BLOCK = 1 << 16;

/**
 * Yields the records of a file; other fields of a line are left out, empty lines are passed over. From
 * the first bad line on nothing is yielded, the rest is only checked, and the error names all bad lines.
 *
 * @throws PeftError 'not-found', or 'bad-file' with the bad lines
 */
export function readInstructions(path: string): AsyncGenerator<InstructionRecord> {
  return readJsonLines(path, {
    expected: ['{"instruction", "input", "output"}'],
    schemaOf: () => instructionRecord,
  });
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

function attempt<Result>(path: string, write: () => Result): Result {
  try {
    return write();
  } catch (cause) {
    const why = reasonOf(cause, path);
    throw new PeftError(
      'bad-file',
      { en: `Cannot write ${path}: ${why.en}`, zh: `无法写入 ${path}：${why.zh}` },
      { cause },
    );
  }
}
