import { resolve } from 'node:path';
import {
  buildTrainingExamples,
  readTextToSqlSet,
  type TrainingExample,
  type TrainingExampleOptions,
} from '@quaestor/finsql';
import { InputError } from '../errors.ts';

/** Where training questions lie; the n-th of each list belong together. */
export interface SetPaths {
  readonly questions: readonly string[];
  readonly databases: readonly string[];
  readonly tables: readonly string[];
}

/**
 * Training examples of one or several text-to-SQL sets.
 *
 * @param limit examples of each set at most
 * @throws InputError when the lists do not fit, FinSqlError with every problem of a set
 */
export function readTrainingSets(
  { questions, databases, tables }: SetPaths,
  limit: number | undefined,
  cwd: string,
  options: TrainingExampleOptions,
): { readonly examples: readonly TrainingExample[]; readonly skipped: number } {
  if (databases.length !== questions.length || ![0, questions.length].includes(tables.length)) {
    throw new InputError(
      `${questions.length} question files need as many --databases (got ${databases.length}), and as many --tables or none (got ${tables.length}).`,
    );
  }
  let skipped = 0;
  const examples = questions.flatMap((file, index) => {
    const set = readTextToSqlSet({
      questions: resolve(cwd, file),
      databases: resolve(cwd, databases[index] as string),
      ...(tables[index] === undefined ? {} : { tables: resolve(cwd, tables[index]) }),
    });
    const items = limit === undefined ? set.items : set.items.slice(0, limit);
    const built = buildTrainingExamples({ ...set, items }, options);
    skipped += built.skipped.length;
    return built.examples;
  });
  return { examples, skipped };
}
