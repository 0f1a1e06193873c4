import { readFileSync } from 'node:fs';
import { parseQuestions, type TextToSqlItem } from '@quaestor/finsql';
import { replaceFile } from '@quaestor/peft';
import { InputError } from '../errors.ts';

/** Pairs of a file in Spider's form. @throws InputError when it is none */
export function readQuestionList(path: string): readonly TextToSqlItem[] {
  try {
    return parseQuestions(JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    throw new InputError(
      `${path} is no question file: expected a JSON list of { question, db_id, query }.`,
      { cause },
    );
  }
}

/** Writes a list in Spider's form, one pair a line; the file is the old one or whole. */
export function writeQuestionList(path: string, lines: readonly object[]): void {
  const text = `[\n${lines.map((line) => JSON.stringify(line)).join(',\n')}\n]\n`;
  replaceFile(path, Buffer.from(text));
}
