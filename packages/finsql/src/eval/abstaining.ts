/** Asks questions that the data can answer and questions that it can't, and counts where it is abstained. */
import type { z } from 'zod';
import {
  type AbstainConfig,
  type AbstentionCode,
  abstainConfig,
  afterAnswering,
  beforeWriting,
  measureCoverage,
} from '../abstain/abstention.ts';
import type { Coverage } from '../abstain/coverage.ts';
import { unknownValues } from '../abstain/unknown-values.ts';
import { type ConfidenceModel, confidenceOf } from '../consistency/confidence.ts';
import type { UnanswerableQuestion } from '../data/question-file.ts';
import { contextsOf } from '../data/set-contexts.ts';
import type { TextToSqlItem, TextToSqlSet } from '../data/text-to-sql-set.ts';
import { FinSqlError } from '../errors.ts';
import { exemplarsNow } from '../latest-index.ts';
import type { DatabaseContext } from '../retrieval/context.ts';
import { buildExemplarIndex } from '../retrieval/exemplars.ts';
import { retrieve } from '../retrieval/retrieve.ts';
import { evidenceOf } from './confidence.ts';
import { type EvaluatedItem, type EvaluateOptions, evaluate } from './evaluate.ts';

export interface MeasureAbstainingOptions
  extends Omit<EvaluateOptions, 'set' | 'limit'>,
    z.input<typeof abstainConfig> {
  /** Questions that the data answers, and the databases of both kinds. */
  readonly set: TextToSqlSet;
  readonly unanswerable: readonly UnanswerableQuestion[];
  /** The adapter's figures; without them no answer has a confidence. */
  readonly confidence?: ConfidenceModel | undefined;
}

export interface AbstainedItem {
  readonly question: string;
  readonly db: string;
  /** Of an unanswerable question, why it is; null for one that the data answers. */
  readonly kind: string | null;
  /** Why it was abstained from; null where an answer was given. */
  readonly code: AbstentionCode | null;
  /** How much of the question the data has words for, 0 … 1. */
  readonly coverage: number;
  /** Empty where nothing was written. */
  readonly sql: string;
  /** Whether the statement is right, shown or not; null where that does not count. */
  readonly correct: boolean | null;
}

interface Question {
  readonly item: TextToSqlItem;
  readonly kind: string | null;
  readonly context: DatabaseContext;
  readonly coverage: Coverage;
}

/**
 * Yields each question when it is decided: first those abstained from before anything is written. The
 * checkpoint holds what was written, so that other thresholds need no model.
 * @throws FinSqlError `bad-config`, or `bad-data` when the checkpoint is of another run
 */
export async function* measureAbstaining(
  options: MeasureAbstainingOptions,
): AsyncGenerator<AbstainedItem> {
  const { set, unanswerable, confidence = {}, ...rest } = options;
  const { abstain, minCoverage, minAgreement, minConfidence, ...others } = rest;
  const thresholds = abstainConfig.parse({ abstain, minCoverage, minAgreement, minConfidence });
  const open: Question[] = [];
  for (const question of examined(options, thresholds)) {
    const abstained = beforeWriting(question.context, question.coverage, thresholds);
    if (abstained === undefined) open.push(question);
    else yield decided(question, abstained.code, undefined);
  }
  const items = open.map(({ item }) => item);
  for await (const written of evaluate({ ...others, set: { ...set, items } })) {
    const question = open[written.index];
    if (question !== undefined) {
      const code = codeFor(question, written, confidence, thresholds, others.candidates ?? 1);
      yield decided(question, code, written);
    }
  }
}

function examined(
  { set, unanswerable, exemplars }: MeasureAbstainingOptions,
  thresholds: AbstainConfig,
): Question[] {
  const contextOf = contextsOf(set, exemplars && buildExemplarIndex(exemplarsNow(exemplars)));
  const all = [
    ...set.items.map((item) => ({ item, kind: null })),
    ...unanswerable.map(({ question, db, kind }) => ({ item: { question, db, sql: '' }, kind })),
  ];
  return all.map(({ item, kind }) => {
    const context = contextOf(item.db);
    if (context === undefined) {
      throw new FinSqlError('no-such-database', {
        en: `The set has no database ${item.db}.`,
        zh: `问题集中没有数据库 ${item.db}。`,
      });
    }
    const coverage = measureCoverage(context, retrieve(context, item.question), thresholds);
    return { item, kind, context, coverage };
  });
}

function codeFor(
  { context, coverage }: Question,
  written: EvaluatedItem,
  confidence: ConfidenceModel,
  thresholds: AbstainConfig,
  candidates: number,
): AbstentionCode | null {
  const { sql, error, found, repaired, vote } = written;
  const shown = evidenceOf(written);
  const evidence = {
    coverage,
    failure: error,
    found,
    repaired,
    unknownValues: unknownValues(sql, context),
    votes: vote === null ? null : { agreement: vote.agreement, candidates },
    confidence: shown && confidenceOf(confidence, shown),
  };
  return afterAnswering(context, evidence, thresholds)?.code ?? null;
}

function decided(
  { item, kind, coverage }: Question,
  code: AbstentionCode | null,
  written: EvaluatedItem | undefined,
): AbstainedItem {
  const counts = written !== undefined && written.skipped === null;
  return {
    question: item.question,
    db: item.db,
    kind,
    code,
    coverage: coverage.share,
    sql: written?.sql ?? '',
    correct: counts ? written.correct : null,
  };
}
