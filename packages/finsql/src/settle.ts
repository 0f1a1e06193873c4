/**
 * From a first draft of SQL to rows: run it; when SQLite rejects it, repair it by rule and run it
 * again; when that fails, sample once more and take the result that most candidates agree on. So, too,
 * when it runs and yet can hardly be meant (`consistency/flaws.ts`).
 */

import type { Asked } from './abstain/passed-over.ts';
import { calibrate, rulesFor } from './calibrate/calibrate.ts';
import { knownAnswer } from './calibrate/known-answer.ts';
import { movedTexts, moveValues } from './calibrate/move-values.ts';
import type { CalibrationContext } from './calibrate/rule.ts';
import { asksForUnknown, flawsOf, hasEqualRows, isFound, isNothing } from './consistency/flaws.ts';
import { runCandidate } from './consistency/unmeant.ts';
import { vote } from './consistency/vote.ts';
import type { QueryResult } from './database/execute.ts';
import { forbidden, tooLong } from './database/guard.ts';
import { FinSqlError, refuse } from './errors.ts';
import type { Attempt, StatementRunner } from './run-statement.ts';
import { joinsEverything } from './sql/conditions.ts';
import type { Trace } from './trace.ts';
import { type AnotherReading, type Caution, sentenceFor } from './wording/messages.ts';
import { sqliteInChinese } from './wording/sqlite-in-chinese.ts';
import { wordingOf } from './wording/wording.ts';

export interface SettleTools extends StatementRunner {
  readonly calibration: CalibrationContext;
  readonly trace: Trace;
  /** Candidates of the second try; 0: there is none. */
  readonly samples: number;
  /** Asks for that many, best first. */
  readonly resample: () => Promise<readonly string[]>;
  /** What the rows are to answer. */
  readonly asked: Asked;
  /** Drafts that were written and not kept: candidates of another reading. */
  readonly others: readonly string[];
  /** What another generator wrote, which answers where the draft finds nothing and this does. */
  readonly alternative?: string | undefined;
}

/**
 * Candidates that must agree on another reading. One alone with rows is no evidence that there are any:
 * where nothing is stored, a sampled slip finds something, too.
 */
const AGREEING = 2;

export interface Settled {
  readonly sql: string;
  readonly result: QueryResult;
  /** What had to be done for them. */
  readonly cautions: readonly Caution[];
}

/**
 * Rows for a draft.
 * @throws FinSqlError `refused`, `sql-error` when no candidate runs, `timeout`, `out-of-memory`
 */
export async function settle(written: string, tools: SettleTools): Promise<Settled> {
  // The rules would take long to read what is refused in any case.
  const long = tooLong(written);
  if (long !== undefined) throw refuse(long, written);
  const { draft, notes } = await applyAlwaysRules(written, tools);
  const settled = await settleDraft(draft, tools);
  const found = (await tryAlternative(settled, tools)) ?? (await resampleFlawed(settled, tools));
  if (found !== undefined) return found;
  // What was mended in a draft that did not run says nothing of the one in its place.
  const isAnother = settled.cautions.some(({ code }) => code === 'another-attempt');
  return isAnother ? settled : { ...settled, cautions: [...notes, ...settled.cautions] };
}

/** What another generator wrote, where the statement finds nothing and that does. */
async function tryAlternative(
  { sql, result }: Settled,
  tools: SettleTools,
): Promise<Settled | undefined> {
  if (isFound(result) || asksForUnknown(sql, tools.asked)) return undefined;
  if (knownAnswer(sql, tools.calibration) !== undefined) return undefined;
  const other = await settleAlternative(tools);
  const note: Caution = { code: 'another-reading', because: 'other-adapter' };
  return other && { ...other, cautions: [note, ...other.cautions] };
}

/** The rows of what another generator wrote; undefined where that does not run or finds nothing. */
async function settleAlternative(tools: SettleTools): Promise<Settled | undefined> {
  const { alternative, ...rest } = tools;
  if (alternative === undefined) return undefined;
  const { draft, notes } = await applyAlwaysRules(alternative, tools);
  const other = await settleDraft(draft, { ...rest, samples: 0 }).catch(unlessOfSql);
  if (other === undefined || !isFound(other.result)) return undefined;
  return { ...other, cautions: [...notes, ...other.cautions] };
}

function unlessOfSql(error: unknown): undefined {
  if (error instanceof FinSqlError && error.code === 'sql-error') return undefined;
  throw error;
}

/** Another statement for one with flaws, where candidates agree on one that has fewer. */
async function resampleFlawed(settled: Settled, tools: SettleTools): Promise<Settled | undefined> {
  const { asked, trace, samples, others, calibration } = tools;
  if (samples === 0) return undefined;
  if (settled.cautions.some(({ code }) => code === 'another-attempt')) return undefined;
  const flaws = flawsOf(settled.sql, settled.result, asked);
  if (flaws === 0 || asksForUnknown(settled.sql, asked)) return undefined;
  if (knownAnswer(settled.sql, calibration) !== undefined) return undefined;
  const isBetter = (sql: string, result: QueryResult) =>
    isFound(result) && flawsOf(sql, result, asked) < flaws;
  const { best } = await trace.run(
    'repair',
    async () => {
      const candidates = [...others, ...(await tools.resample())];
      const voted = await vote(candidates, { ...tools, prefers: isBetter });
      const agreeing = Math.round(voted.agreement * candidates.length);
      const better = voted.best !== undefined && isBetter(voted.best.sql, voted.best.result);
      return { ...voted, best: better && agreeing >= AGREEING ? voted.best : undefined };
    },
    ({ candidates, best: chosen }) => ({ candidates, sql: chosen?.sql ?? null }),
  );
  const because = whyRejected(settled);
  return best && { ...best, cautions: [{ code: 'another-reading', because }] };
}

function whyRejected({ sql, result }: Settled): AnotherReading {
  if (!isFound(result)) return 'no-rows';
  return joinsEverything(sql) ? 'joins-everything' : 'passed-over';
}

/** Without what runs and yet can't be meant. */
async function applyAlwaysRules(
  written: string,
  { trace, calibration }: SettleTools,
): Promise<{ readonly draft: string; readonly notes: readonly Caution[] }> {
  const meant = calibrate(written, calibration, rulesFor('always', calibration));
  if (meant.repairs.length > 0 || meant.asKnown !== undefined) await trace.note('calibrate', meant);
  if (meant.repairs.length === 0) return { draft: written, notes: [] };
  const rules = meant.repairs.map(({ rule }) => rule);
  return { draft: meant.sql, notes: [{ code: 'corrected', rules, error: null }] };
}

async function settleDraft(draft: string, tools: SettleTools): Promise<Settled> {
  const first = await attempt(draft, tools);
  if ('result' in first) return correctFound(draft, first.result, tools);
  if (first.error.code !== 'sql-error') throw first.error;
  const error = first.error.message;

  const { sql, repairs } = await tools.trace.run(
    'calibrate',
    () => calibrate(draft, tools.calibration),
    (calibrated) => calibrated,
  );
  // A rule that finds no key between two tables leaves a join of everything: it runs, and answers nothing.
  if (sql !== draft && !joinsEverything(sql)) {
    const second = await attempt(sql, tools);
    if ('result' in second) {
      const rules = repairs.map(({ rule }) => rule);
      const found = await correctFound(sql, second.result, tools);
      return { ...found, cautions: [{ code: 'corrected', rules, error }, ...found.cautions] };
    }
    if (second.error.code !== 'sql-error') throw second.error;
  }
  const other = (await settleAlternative(tools)) ?? (await sampleAgain(tools));
  if (other === undefined) throw hopeless(draft, first.error);
  return { ...other, cautions: [{ code: 'another-attempt', error }, ...other.cautions] };
}

/** What says that a statement must not run, if anything does; the trace has it either way. */
export async function guard(sql: string, trace: Trace): Promise<FinSqlError | undefined> {
  const reason = await trace.run(
    'guard',
    () => forbidden(sql),
    (found) => ({
      refusal: found === undefined ? null : sentenceFor(wordingOf('en').forbidden, found),
      reason: found ?? null,
    }),
  );
  return reason && refuse(reason, sql);
}

async function attempt(sql: string, tools: SettleTools): Promise<Attempt> {
  const error = await guard(sql, tools.trace);
  if (error !== undefined) return { error };
  return tools.trace.run(
    'execute',
    () => runCandidate(sql, tools),
    (done) =>
      'result' in done
        ? { sql, rows: done.result.rows.length }
        : { sql, error: done.error.message },
  );
}

/** What the rows tell of the statement: that it finds nothing, or the same row twice. */
async function correctFound(
  sql: string,
  result: QueryResult,
  tools: SettleTools,
): Promise<Settled> {
  const found: Settled = { sql, result, cautions: [] };
  if (isNothing(result)) {
    const none: Caution[] = result.rows.length === 0 ? [{ code: 'no-rows' }] : [];
    const better = await tryRules('empty', found, tools);
    return better === undefined || isNothing(better.result) ? { ...found, cautions: none } : better;
  }
  return (hasEqualRows(result) ? await tryRules('repeated', found, tools) : undefined) ?? found;
}

/** Rules that only say in which spelling, or in which column, a text is sought. */
const SPELLING: ReadonlySet<string> = new Set(['fix-patterns', 'fix-values', 'move-values']);

/** The rows of a statement after the rules of a moment; undefined where they change nothing, or it does not run. */
async function tryRules(
  moment: 'empty' | 'repeated',
  { sql }: Settled,
  tools: SettleTools,
): Promise<Settled | undefined> {
  const { calibration } = tools;
  const corrected = calibrate(sql, calibration, rulesFor(moment, calibration));
  if (corrected.repairs.length === 0 && corrected.asKnown === undefined) return undefined;
  await tools.trace.note('calibrate', corrected);
  if (corrected.repairs.length === 0) return undefined;
  const again = await attempt(corrected.sql, tools);
  if (!('result' in again)) return undefined;
  const names = corrected.repairs.map(({ rule }) => rule);
  const moved = corrected.repairs.flatMap(({ rule, before }) =>
    rule === moveValues.name ? movedTexts(before, calibration) : [],
  );
  const caution: Caution = names.every((name) => SPELLING.has(name))
    ? { code: 'stored-spelling', ...(moved.length > 0 && { moved }) }
    : { code: 'corrected', rules: names, error: null };
  return { sql: corrected.sql, result: again.result, cautions: [caution] };
}

async function sampleAgain(tools: SettleTools): Promise<Settled | undefined> {
  if (tools.samples === 0) return undefined;
  const { best } = await tools.trace.run(
    'repair',
    async () => vote(await tools.resample(), tools),
    ({ candidates, best: chosen }) => ({ candidates, sql: chosen?.sql ?? null }),
  );
  return best && { ...best, cautions: [] };
}

function hopeless(sql: string, cause: FinSqlError): FinSqlError {
  return new FinSqlError(
    'sql-error',
    {
      en: `No SQL that runs was found for this question. The first try, ${sql}, failed with: ${cause.message}. Ask it in other words, or name the table or column you mean.`,
      zh: `没有为这个问题找到可执行的 SQL。最初的 SQL（${sql}）的报错为：${sqliteInChinese(cause.message)}。请换一种问法，或直接写出对应的表名或列名。`,
    },
    { cause },
  );
}
