import { resolve } from 'node:path';
import {
  planTrainingExamples,
  readTextToSqlSet,
  sqliteInChinese,
  type TextToSqlSet,
  type TrainingExampleOptions,
  type TrainingExamples,
} from '@quaestor/finsql';
import { seededRandom } from '@quaestor/peft';
import { descriptionsOf } from '../described-source.ts';
import { InputError } from '../errors.ts';
import { exampleOptions, readSetUse, type SetUse } from './set-use.ts';

/** Where training questions lie; the n-th of each list belong together. */
export interface SetPaths {
  readonly questions: readonly string[];
  readonly databases: readonly string[];
  /** An empty text stands for none. */
  readonly tables: readonly string[];
}

/** How many examples are built, and who is told of it. */
export interface ExamplesWanted {
  /** Drawn by the seed from all of them; the others are not built. Default: all. */
  readonly most?: number;
  /** Called before each one. A prompt takes some milliseconds, so that many take minutes. */
  readonly onBuilt?: (built: number, of: number) => void;
}

/**
 * Reads the sets.
 *
 * @param limit questions of each set at most
 * @throws InputError when the lists do not fit, FinSqlError with every problem of a set
 */
export function readSets(
  { questions, databases, tables }: SetPaths,
  limit: number | undefined,
  cwd: string,
): readonly TextToSqlSet[] {
  if (databases.length !== questions.length || ![0, questions.length].includes(tables.length)) {
    throw new InputError(
      `${questions.length} question files need as many --databases (got ${databases.length}), and as many --tables or none (got ${tables.length}).`,
    );
  }
  return questions.map((file, index) => {
    const set = readTextToSqlSet({
      questions: resolve(cwd, file),
      databases: resolve(cwd, databases[index] as string),
      describe: descriptionsOf,
      ...(tables[index] ? { tables: resolve(cwd, tables[index]) } : {}),
    });
    return limit === undefined ? set : { ...set, items: set.items.slice(0, limit) };
  });
}

/**
 * Prompts and completions of all sets, in their order, and the questions that were left out.
 *
 * @param uses how each set is used, by position; those left out are used whole, once
 * @param cwd what files named in uses are relative to
 * @throws InputError when nothing is left to learn from, or such a file is no question file
 */
export function buildExamples(
  sets: readonly TextToSqlSet[],
  uses: readonly SetUse[],
  options: TrainingExampleOptions,
  cwd: string,
  { most = Number.POSITIVE_INFINITY, onBuilt }: ExamplesWanted = {},
): TrainingExamples {
  const plans = sets.map((set, index) => {
    const use = uses[index] ?? readSetUse('');
    return planTrainingExamples(set, { ...options, ...exampleOptions(use, cwd) });
  });
  const skipped = plans.flatMap((plan) => plan.skipped);
  const all = plans.flatMap(({ count, build }) =>
    Array.from({ length: count }, (_, place) => () => build(place)),
  );
  const examples = drawn(all, most, options.seed ?? 1).map((build, place, { length }) => {
    onBuilt?.(place, length);
    return build();
  });
  if (examples.length > 0) return { examples, skipped };
  const [first] = skipped;
  throw new InputError(
    first === undefined
      ? {
          en: 'The sets are empty: expected at least one question to learn from.',
          zh: '问题集是空的，至少要有一个可学习的问题。',
        }
      : {
          en: `None of ${skipped.length} questions has SQL that runs; the first: ${first.item.question} (${first.reason}).`,
          zh: `${skipped.length} 个问题的 SQL 都无法运行，第一个是：${first.item.question}（${sqliteInChinese(first.reason)}）。`,
        },
  );
}

function drawn<Item>(items: readonly Item[], most: number, seed: number): readonly Item[] {
  return items.length <= most ? items : seededRandom(seed).shuffle(items).slice(0, most);
}
