/** Patterns → a set of checked pairs, drawn in turn from all patterns by their weight. */
import { seededRandom } from '@quaestor/peft';
import type { Database } from '../../database/sqlite.ts';
import { questionKey } from '../../retrieval/exemplars.ts';
import type { Schema } from '../../schema/schema.ts';
import { normalizeSql } from '../../sql/normalize.ts';
import type { TextToSqlItem } from '../text-to-sql-set.ts';
import { checkPair, type Rejection } from './check-pair.ts';
import { chineseColumns, fillPattern } from './fill-pattern.ts';
import { heldOut } from './leaks.ts';
import type { Pattern } from './pattern-file.ts';
import type { Language, Slots } from './slots.ts';

export interface GeneratedPair {
  readonly question: string;
  readonly sql: string;
  readonly lang: Language;
}

export interface PairReport {
  readonly added: number;
  readonly rejected: Readonly<Record<string, number>>;
  /** By pattern, in their order. */
  readonly patterns: readonly {
    readonly name: string;
    readonly added: number;
    readonly rejected: number;
  }[];
}

export interface GenerateOptions {
  readonly count: number;
  readonly seed: number;
  /** Share of Chinese questions among the patterns that have Chinese wordings. */
  readonly chinese: number;
  /** Existing pairs, which are not made again. */
  readonly existing?: readonly TextToSqlItem[];
  /** Pairs that must not leak into the set. */
  readonly held?: readonly TextToSqlItem[];
}

/** A pattern is spent after so many draws in a row that added nothing. */
const PATIENCE = 12;

/** Draws until `count` pairs are together or every pattern is spent. */
export function generatePairs(
  patterns: readonly Pattern[],
  slots: Slots,
  schema: Schema,
  databases: readonly Database[],
  options: GenerateOptions,
): { readonly pairs: readonly GeneratedPair[]; readonly report: PairReport } {
  const random = seededRandom(options.seed);
  const columns = chineseColumns(schema);
  const held = heldOut(options.held ?? [], schema);
  const questions = new Set((options.existing ?? []).map(({ question }) => questionKey(question)));
  const statements = new Map(
    (options.existing ?? []).map(({ sql }) => [normalizeSql(sql, schema), 1]),
  );
  const pairs: GeneratedPair[] = [];
  const tallies = patterns.map((pattern) => ({ pattern, added: 0, rejected: 0, misses: 0 }));
  const rejected = new Map<string, number>();

  const refuse = (pair: GeneratedPair): Rejection | 'repeated' | 'held out' | undefined => {
    if (questions.has(questionKey(pair.question))) return 'repeated';
    // The same statement in other words teaches wording; a third time adds little.
    if ((statements.get(pair.sql) ?? 0) >= 2) return 'repeated';
    if (held.leaks(pair.question, pair.sql)) return 'held out';
    return checkPair(databases, pair.sql);
  };

  let credit = tallies.map(() => 0);
  while (pairs.length < options.count && tallies.some(({ misses }) => misses < PATIENCE)) {
    credit = credit.map((sum, index) => sum + (tallies[index]?.pattern.weight ?? 0));
    for (const [index, tally] of tallies.entries()) {
      for (; (credit[index] ?? 0) >= 1; credit[index] = (credit[index] ?? 0) - 1) {
        if (tally.misses >= PATIENCE || pairs.length >= options.count) continue;
        const { wordings } = tally.pattern;
        const inChinese = wordings.en.length === 0 || random.next() < options.chinese;
        const lang = inChinese && wordings.zh.length > 0 ? 'zh' : 'en';
        for (let attempt = 0; attempt < 4; attempt++) {
          const filled = fillPattern(tally.pattern, slots, lang, columns, random);
          if (filled === undefined) {
            tally.misses++;
            break;
          }
          const pair = { ...filled, sql: normalizeSql(filled.sql, schema) };
          const reason = refuse(pair);
          if (reason === undefined) {
            pairs.push(pair);
            questions.add(questionKey(pair.question));
            statements.set(pair.sql, (statements.get(pair.sql) ?? 0) + 1);
            tally.added++;
            tally.misses = 0;
            break;
          }
          rejected.set(reason, (rejected.get(reason) ?? 0) + 1);
          tally.rejected++;
          tally.misses++;
        }
      }
    }
  }
  return {
    pairs,
    report: {
      added: pairs.length,
      rejected: Object.fromEntries([...rejected].sort(([a], [b]) => a.localeCompare(b))),
      patterns: tallies.map(({ pattern, added, rejected: no }) => ({
        name: pattern.name,
        added,
        rejected: no,
      })),
    },
  };
}
