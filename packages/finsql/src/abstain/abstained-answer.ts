import type { Answer } from '../answer.ts';
import { explainSql } from '../explain/explain.ts';
import type { Language } from '../language.ts';
import type { Schema } from '../schema/schema.ts';
import type { Trace } from '../trace.ts';
import { type Refusal, sentenceFor } from '../wording/messages.ts';
import { wordingOf } from '../wording/wording.ts';
import type { Coverage } from './coverage.ts';

/** An answer without rows: the reason, and the draft where one was written. The trace tells why. */
export async function abstainedAnswer(
  refusal: Refusal,
  {
    coverage,
    trace,
    schema,
    standalone,
    language,
    near,
    written,
  }: {
    readonly coverage: Coverage;
    readonly trace: Trace;
    readonly schema: Schema;
    readonly standalone: string | null;
    readonly language: Language;
    /** See `near_questions` of an answer. */
    readonly near: readonly string[];
    readonly written: Partial<Answer>;
  },
): Promise<Answer> {
  const { code } = refusal;
  const reason = sentenceFor(wordingOf(language).refusals, refusal);
  const { share, unknown } = coverage;
  await trace.note('abstain', { code, reason, coverage: share, unknown });
  const { sql = '', confidence = null, warnings = [] } = written;
  return {
    kind: 'abstained',
    abstained: { code, reason },
    standalone_question: standalone,
    language,
    sql,
    columns: [],
    rows: [],
    truncated: false,
    trace: trace.stages,
    explanation: sql === '' ? [] : explainSql(sql, schema, language),
    confidence,
    warnings: [{ code, text: reason }, ...warnings],
    near_questions: near,
  };
}
