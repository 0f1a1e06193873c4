import { existsSync, readFileSync } from 'node:fs';
import { DEMO_EXEMPLARS, parseQuestions, type TextToSqlItem } from '@quaestor/finsql';
import { InputError } from './errors.ts';
import { inRepository } from './repository.ts';

/**
 * Questions with known SQL, which guide retrieval and are shown in prompts: those of a file in
 * Spider's form, else the demo database's.
 *
 * @throws InputError when the file is not such a list
 */
export function readExemplars(file: string | undefined): readonly TextToSqlItem[] {
  if (file !== undefined) return readQuestions(file);
  return DEMO_EXEMPLARS.map(inRepository)
    .filter((path) => existsSync(path))
    .flatMap(readQuestions);
}

/** Pairs of a file in Spider's form. @throws InputError when it is none */
export function readQuestions(path: string): readonly TextToSqlItem[] {
  try {
    return parseQuestions(JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    throw new InputError(
      `${path} is no question file: expected a JSON list of { question, db_id, query }.`,
      { cause },
    );
  }
}
