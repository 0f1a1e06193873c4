/**
 * Text-to-SQL set → what the language model is trained on. Each prompt is built as it will be
 * at answering time, except that the item itself (and its repetitions) can't be its own exemplar,
 * that what gold uses is always shown, and that seeded parts of the items go without exemplars or
 * see the tables in random order.
 */
import { openReadOnly } from '../database/open.ts';
import type { Database } from '../database/sqlite.ts';
import { secondPrompt } from '../generate/second-draft.ts';
import { withSkeleton } from '../generate/skeleton-first.ts';
import { buildPrompt } from '../prompt/build.ts';
import type { DatabaseContext, KnownItem } from '../retrieval/context.ts';
import { buildExemplarIndex, questionKey } from '../retrieval/exemplars.ts';
import { withoutLiterals } from '../sql/skeleton.ts';
import { chance, shuffled } from './chance.ts';
import { whyNotRunnable } from './examine-set.ts';
import { contextsOf } from './set-contexts.ts';
import type { TextToSqlItem, TextToSqlSet } from './text-to-sql-set.ts';

export interface TrainingExample {
  readonly prompt: string;
  /** ` <sql>` in normal form, or ` <skeleton> | <sql>`, without an end token. */
  readonly completion: string;
  readonly db: string;
  readonly question: string;
}

export interface TrainingExampleOptions {
  /** Default 1. */
  readonly seed?: number;
  /** Part of the items whose prompt is built without exemplars. Default 0.15. */
  readonly withoutExemplar?: number;
  /** Part of the items whose tables stand in random order instead of best first. Default 0.15. */
  readonly shuffleTables?: number;
  /**
   * Exemplars with the same SQL are passed over. Default false. For sets that ask the same twice in
   * other words, while the databases asked about later are new: copying must not be what is learnt.
   */
  readonly skipSameSql?: boolean;
  /**
   * Part of the items whose exemplars must differ from their SQL in more than literals. Default 0. For
   * sets made from patterns, where the nearest question nearly always has the answer's very form.
   */
  readonly skipSameForm?: number;
  /**
   * Part of the items with exemplars whose prompt is that of a second draft, the first one having been
   * right: longer, and beside the exemplar nearest to question and SQL. Default 0.
   */
  readonly redrafted?: number;
  /** The skeleton before each statement, as `skeletonFirst` expects it. Default false. */
  readonly skeletonFirst?: boolean;
  /**
   * Further questions with known SQL that prompts may show, as they will when questions are answered.
   * Nothing is learnt of them. Default none.
   */
  readonly beside?: readonly TextToSqlItem[];
  /** Which of the items whose gold runs are made into examples, in what order. Default: all, in theirs. */
  readonly choose?: <Item extends { readonly db: string }>(
    items: readonly Item[],
  ) => readonly Item[];
  /** Tokens of the whole prompt. Default 280. */
  readonly budget?: number;
  readonly countTokens?: (text: string) => number;
}

/** Items left out because gold doesn't run on the database. */
type Skipped = readonly { readonly item: TextToSqlItem; readonly reason: string }[];

/** Examples of which each is built when it is asked for: a prompt takes some milliseconds. */
export interface PlannedExamples {
  readonly count: number;
  /** @param place from 0; one that was built before is not built again */
  readonly build: (place: number) => TrainingExample;
  readonly skipped: Skipped;
}

export interface TrainingExamples {
  readonly examples: readonly TrainingExample[];
  readonly skipped: Skipped;
}

/**
 * Builds the examples; one that is chosen repeatedly is built once.
 * @throws FinSqlError when a database can't be opened
 */
export function buildTrainingExamples(
  set: TextToSqlSet,
  options: TrainingExampleOptions = {},
): TrainingExamples {
  const { count, build, skipped } = planTrainingExamples(set, options);
  return { examples: Array.from({ length: count }, (_, place) => build(place)), skipped };
}

/**
 * Which examples there are, none of them built yet.
 * @throws FinSqlError when a database can't be opened
 */
export function planTrainingExamples(
  set: TextToSqlSet,
  options: TrainingExampleOptions = {},
): PlannedExamples {
  const seed = options.seed ?? 1;
  const shown = [...set.items, ...(options.beside ?? [])];
  const contextOf = contextsOf(set, buildExemplarIndex(shown));
  const keys = shown.map((item) => questionKey(item.question));
  const runnable: { db: string; position: number; known: KnownItem; context: DatabaseContext }[] =
    [];
  const built = new Map<number, TrainingExample>();
  const skipped: { item: TextToSqlItem; reason: string }[] = [];
  const forms = shown.map((item) => withoutLiterals(item.sql));
  const databases = new Map<string, Database>();
  try {
    for (const [position, item] of set.items.entries()) {
      const context = contextOf(item.db);
      const file = set.databases.get(item.db)?.instances[0];
      if (context === undefined || file === undefined) continue;
      const known = context.known(item);
      const database = remember(databases, item.db, () => openReadOnly(file));
      const reason = whyNotRunnable(database, known.sql);
      if (reason === undefined) runnable.push({ db: item.db, position, known, context });
      // In the words of the set, where its own SQL fails, too.
      else skipped.push({ item, reason: whyNotRunnable(database, item.sql) ?? reason });
    }
    const chosen = options.choose?.(runnable) ?? runnable;
    return {
      count: chosen.length,
      build: (place) => {
        const from = chosen[place];
        if (from === undefined) throw new RangeError(`There is no example ${place}.`);
        return remember(built, from.position, () => build(from));
      },
      skipped,
    };
  } finally {
    for (const database of databases.values()) database.close();
  }

  function build({ position, known, context }: (typeof runnable)[number]): TrainingExample {
    const item = set.items[position] as TextToSqlItem;
    if (item.prompt !== undefined) {
      const { prompt, db, question } = item;
      return { prompt, completion: item.answer ?? known.sql, db, question };
    }
    const alone = chance(seed, position, 'alone') < (options.withoutExemplar ?? 0.15);
    const shuffles = chance(seed, position, 'shuffle') < (options.shuffleTables ?? 0.15);
    const rendering = {
      required: new Set([...known.references.tables, ...known.references.columns]),
      ...(options.countTokens === undefined ? {} : { countTokens: options.countTokens }),
      ...(shuffles ? { order: <T>(items: readonly T[]) => shuffled(items, seed, position) } : {}),
    };
    const otherForm = chance(seed, position, 'form') < (options.skipSameForm ?? 0);
    const first = buildPrompt(context, item.question, {
      exemplars: !alone,
      skip: (other, at) =>
        keys[at] === keys[position] ||
        (otherForm && forms[at] === forms[position]) ||
        (options.skipSameSql === true && context.known(other).sql === known.sql),
      ...rendering,
      ...(options.budget === undefined ? {} : { budget: options.budget }),
    });
    const again = chance(seed, position, 'redraft') < (options.redrafted ?? 0);
    const draft = { sql: known.sql, logProbability: 0 };
    const prompt = (again && secondPrompt(context, first, draft, rendering)) || first;
    return {
      prompt: prompt.text,
      completion: ` ${options.skeletonFirst ? withSkeleton(known.sql) : known.sql}`,
      db: item.db,
      question: item.question,
    };
  }
}

function remember<Key, T>(cache: Map<Key, T>, key: Key, make: () => T): T {
  const found = cache.get(key) ?? make();
  cache.set(key, found);
  return found;
}
