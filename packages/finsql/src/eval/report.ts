/** Items → figures. */
import { ERROR_CLASSES, type ErrorClass } from './error-classes.ts';
import type { EvaluatedItem } from './evaluate.ts';
import type { ScoredPrediction } from './score-predictions.ts';

export interface ErrorCount {
  readonly name: ErrorClass;
  /** Wrong answers that differ from gold in this class and in none before it. */
  readonly first: number;
  /** Wrong answers that differ in this class, whatever else. */
  readonly any: number;
}

export interface DatabaseScore {
  readonly db: string;
  readonly scored: number;
  readonly correct: number;
  /** Percent. */
  readonly accuracy: number;
}

export interface AccuracyReport {
  readonly items: number;
  /** Items that count: gold runs and is not empty. */
  readonly scored: number;
  readonly goldFails: number;
  readonly goldEmpty: number;
  readonly correct: number;
  /** Execution accuracy in percent of the scored items. */
  readonly accuracy: number;
  /** Percent of the scored items whose statement ran. */
  readonly executable: number;
  /** By name. */
  readonly databases: readonly DatabaseScore[];
  /** What is wrong with the wrong answers, in the order in which a class counts as the first. */
  readonly errors: readonly ErrorCount[];
}

export interface EvaluationReport extends AccuracyReport {
  /** Milliseconds per question; see `EvaluatedItem.milliseconds`. */
  readonly latency: { readonly p50: number; readonly p95: number };
  readonly meanPromptTokens: number;
}

/** The figures of a run. */
export function report(results: readonly EvaluatedItem[]): EvaluationReport {
  const times = results.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
  const tokens = results.reduce((sum, { promptTokens }) => sum + promptTokens, 0);
  return {
    ...accuracyReport(results),
    latency: { p50: quantile(times, 0.5), p95: quantile(times, 0.95) },
    meanPromptTokens: results.length === 0 ? 0 : tokens / results.length,
  };
}

/** How many statements are right, and in what the others are wrong. */
export function accuracyReport(results: readonly ScoredPrediction[]): AccuracyReport {
  const scored = results.filter(({ skipped }) => skipped === null);
  const correct = scored.filter((item) => item.correct).length;
  const ran = scored.filter(({ error }) => error === null).length;
  return {
    items: results.length,
    scored: scored.length,
    goldFails: results.filter(({ skipped }) => skipped === 'gold-fails').length,
    goldEmpty: results.filter(({ skipped }) => skipped === 'gold-empty').length,
    correct,
    accuracy: percent(correct, scored.length),
    executable: percent(ran, scored.length),
    databases: [...new Set(scored.map(({ db }) => db))].sort().map((db) => {
      const own = scored.filter((item) => item.db === db);
      const right = own.filter((item) => item.correct).length;
      return { db, scored: own.length, correct: right, accuracy: percent(right, own.length) };
    }),
    errors: ERROR_CLASSES.map((name) => ({
      name,
      first: scored.filter(({ errorClasses }) => errorClasses[0] === name).length,
      any: scored.filter(({ errorClasses }) => errorClasses.includes(name)).length,
    })),
  };
}

function percent(part: number, whole: number): number {
  return whole === 0 ? 0 : (100 * part) / whole;
}

/** The nearest-rank quantile of sorted values; 0 without any. */
export function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}
