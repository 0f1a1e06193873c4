/** Measures retrievers: recall of the tables and columns that gold SQL uses, and the time a question takes. */
import { contextsOf } from '../data/set-contexts.ts';
import type { TextToSqlItem, TextToSqlSet } from '../data/text-to-sql-set.ts';
import { FinSqlError } from '../errors.ts';
import { buildPrompt } from '../prompt/build.ts';
import type { DatabaseContext } from '../retrieval/context.ts';
import { buildExemplarIndex, questionKey } from '../retrieval/exemplars.ts';
import { RETRIEVERS } from '../retrieval/retrievers/index.ts';
import type { Ranking, Retriever } from '../retrieval/retrievers/retriever.ts';
import { quantile } from './report.ts';

export const RECALL_AT = [1, 3, 5, 10] as const;

export interface Recall {
  /** Mean part of what gold uses among the first k, in percent. */
  readonly recall: Readonly<Record<number, number>>;
  /** Questions with all of it among the first k, in percent. */
  readonly complete: Readonly<Record<number, number>>;
}

export interface RetrieverFigures {
  readonly retriever: string;
  /** Whether known questions guided it. */
  readonly trainingPairs: boolean;
  readonly tables: Recall;
  readonly columns: Recall;
  readonly milliseconds: { readonly p50: number; readonly p95: number };
}

export interface PromptFigures {
  readonly trainingPairs: boolean;
  /** Questions whose prompt shows all tables, and all columns, that gold uses, in percent. */
  readonly allTables: number;
  readonly allColumns: number;
  readonly meanTokens: number;
  readonly milliseconds: { readonly p50: number; readonly p95: number };
}

export interface RetrievalReport {
  readonly questions: number;
  /** Questions whose SQL uses no table of the schema. */
  readonly skipped: number;
  readonly trainingPairs: number;
  /** Training pairs that ask the same as a measured question; they were not looked at for it. */
  readonly leaks: number;
  readonly databases: number;
  /** Milliseconds to index the values of all databases, from nothing. */
  readonly indexMilliseconds: number;
  readonly retrievers: readonly RetrieverFigures[];
  readonly prompts: readonly PromptFigures[];
}

export interface MeasureOptions {
  /** Questions with known SQL of the same databases. */
  readonly train?: readonly TextToSqlItem[];
  /** More retrievers than those that need no model. */
  readonly also?: readonly Retriever[];
  readonly countTokens?: (text: string) => number;
  readonly signal?: AbortSignal;
  readonly onQuestion?: (done: number, total: number) => void;
}

interface Case {
  readonly item: TextToSqlItem;
  readonly context: DatabaseContext;
  readonly tables: readonly string[];
  readonly columns: readonly string[];
  readonly skip: (other: TextToSqlItem) => boolean;
}

/**
 * Measures each retriever without training pairs and, where they are given and help, with them.
 * @throws FinSqlError `bad-data` when nothing is left to measure; the signal's reason
 */
export async function measureRetrieval(
  set: TextToSqlSet,
  options: MeasureOptions = {},
): Promise<RetrievalReport> {
  const { train = [], also = [], signal } = options;
  const began = performance.now();
  const cases = prepareCases(set, train);
  const indexMilliseconds = performance.now() - began;
  if (cases.length === 0) {
    throw new FinSqlError('bad-data', {
      en: `None of the ${set.items.length} questions has SQL over a table of its database, so there is nothing to measure.`,
      zh: `${set.items.length} 个问题的 SQL 都没有用到各自数据库中的表，因此无从测量。`,
    });
  }
  const runs = [...RETRIEVERS, ...also].flatMap((retriever) =>
    [false, true]
      .filter((pairs) =>
        pairs
          ? train.length > 0 && retriever.exemplars !== 'never'
          : retriever.exemplars !== 'always',
      )
      .map((pairs) => ({ retriever, pairs, rankings: [] as Ranking[], times: [] as number[] })),
  );
  const prompts = [false, true]
    .filter((pairs) => !pairs || train.length > 0)
    .map((pairs) => ({
      pairs,
      shown: [] as ReadonlySet<string>[],
      tokens: [] as number[],
      times: [] as number[],
    }));
  for (const [index, { context, item, skip }] of cases.entries()) {
    signal?.throwIfAborted();
    for (const { retriever, pairs, rankings, times } of runs) {
      const start = performance.now();
      rankings.push(await retriever.rank(context, item.question, { exemplars: pairs, skip }));
      times.push(performance.now() - start);
    }
    for (const { pairs, shown, tokens, times } of prompts) {
      const start = performance.now();
      const { countTokens } = options;
      const prompt = buildPrompt(context, item.question, {
        exemplars: pairs,
        skip,
        ...(countTokens === undefined ? {} : { countTokens }),
      });
      times.push(performance.now() - start);
      tokens.push(prompt.tokens);
      const names = prompt.content.tables.flatMap(({ name, columns }) => [
        name,
        ...columns.map((column) => `${name}.${column.name}`),
      ]);
      shown.push(new Set(names));
    }
    options.onQuestion?.(index + 1, cases.length);
  }
  const keys = new Set(cases.map(({ item }) => `${item.db} ${questionKey(item.question)}`));
  return {
    questions: cases.length,
    skipped: set.items.length - cases.length,
    trainingPairs: train.length,
    leaks: train.filter(({ db, question }) => keys.has(`${db} ${questionKey(question)}`)).length,
    databases: set.databases.size,
    indexMilliseconds,
    retrievers: runs.map(({ retriever, pairs, rankings, times }) => ({
      retriever: retriever.name,
      trainingPairs: pairs,
      tables: recall(
        cases.map(({ tables }) => tables),
        rankings.map(({ tables }) => tables),
      ),
      columns: recall(
        cases.map(({ columns }) => columns),
        rankings.map(({ columns }) => columns),
      ),
      milliseconds: latency(times),
    })),
    prompts: prompts.map(({ pairs, shown, tokens, times }) => ({
      trainingPairs: pairs,
      allTables: percent(
        cases.map(({ tables }, at) => tables.every((name) => shown[at]?.has(name))),
      ),
      allColumns: percent(
        cases.map(({ columns }, at) => columns.every((name) => shown[at]?.has(name))),
      ),
      meanTokens: tokens.reduce((sum, count) => sum + count, 0) / tokens.length,
      milliseconds: latency(times),
    })),
  };
}

function prepareCases(set: TextToSqlSet, train: readonly TextToSqlItem[]): Case[] {
  const contextOf = contextsOf(set, train.length === 0 ? undefined : buildExemplarIndex(train));
  // All of them, whether asked about or not: the time for that is one of the figures.
  for (const db of set.databases.keys()) contextOf(db);
  return set.items.flatMap((item) => {
    const context = contextOf(item.db);
    const references = context?.known(item).references;
    if (context === undefined || references === undefined || references.tables.length === 0) {
      return [];
    }
    const key = questionKey(item.question);
    return [
      {
        item,
        context,
        tables: references.tables,
        columns: [...references.columns],
        skip: (other: TextToSqlItem) => questionKey(other.question) === key,
      },
    ];
  });
}

function recall(
  gold: readonly (readonly string[])[],
  found: readonly (readonly string[])[],
): Recall {
  const at = (k: number, score: (part: number) => number) => {
    const parts = gold.flatMap((wanted, index) => {
      if (wanted.length === 0) return [];
      const first = new Set(found[index]?.slice(0, k));
      return [score(wanted.filter((name) => first.has(name)).length / wanted.length)];
    });
    return (100 * parts.reduce((sum, part) => sum + part, 0)) / Math.max(1, parts.length);
  };
  return {
    recall: Object.fromEntries(RECALL_AT.map((k) => [k, at(k, (part) => part)])),
    complete: Object.fromEntries(RECALL_AT.map((k) => [k, at(k, (part) => (part === 1 ? 1 : 0))])),
  };
}

function percent(flags: readonly boolean[]): number {
  return (100 * flags.filter(Boolean).length) / Math.max(1, flags.length);
}

function latency(times: readonly number[]): { p50: number; p95: number } {
  const sorted = [...times].sort((a, b) => a - b);
  return { p50: quantile(sorted, 0.5), p95: quantile(sorted, 0.95) };
}
