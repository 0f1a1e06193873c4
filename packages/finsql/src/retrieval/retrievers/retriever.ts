/** One way to find what of a schema a question needs, as rankings that can be measured side by side. */
import type { TextToSqlItem } from '../../data/text-to-sql-set.ts';
import type { DatabaseContext } from '../context.ts';

export interface Ranking {
  /** Folded names, best first; what has nothing to do with the question may be missing. */
  readonly tables: readonly string[];
  /** `table.column`, folded, best first. */
  readonly columns: readonly string[];
}

export interface Retriever {
  readonly name: string;
  /** What it goes by, in one line. */
  readonly summary: string;
  /** Whether questions with known SQL help it: `never` or `always` needed, or `maybe`. */
  readonly exemplars: 'never' | 'maybe' | 'always';
  rank(
    context: DatabaseContext,
    question: string,
    options: RankOptions,
  ): Ranking | Promise<Ranking>;
}

export interface RankOptions {
  /** False: known questions are not looked at. */
  readonly exemplars: boolean;
  /** Known questions that must not be looked at. */
  readonly skip?: (item: TextToSqlItem, index: number) => boolean;
}

/** Names by falling score; those without any score are left out. */
export function byScore(scored: Iterable<readonly [string, number]>): string[] {
  return [...scored]
    .filter(([, score]) => score > 0)
    .sort(([, a], [, b]) => b - a)
    .map(([name]) => name);
}
