import type { Answer } from '../answer.ts';
import { explainSql } from '../explain/explain.ts';
import type { Schema } from '../schema/schema.ts';
import type { Trace } from '../trace.ts';
import type { Abstention } from './abstention.ts';
import type { Coverage } from './coverage.ts';

/** An answer without rows: the reason, and the draft where one was written. The trace tells why. */
export async function abstainedAnswer(
  abstained: Abstention,
  {
    coverage,
    trace,
    schema,
    standalone,
    written,
  }: {
    readonly coverage: Coverage;
    readonly trace: Trace;
    readonly schema: Schema;
    readonly standalone: string | null;
    readonly written: Partial<Answer>;
  },
): Promise<Answer> {
  const detail = { ...abstained, coverage: coverage.share, unknown: coverage.unknown };
  await trace.run(
    'abstain',
    () => detail,
    (found) => found,
  );
  const { sql = '', confidence = null, warnings = [] } = written;
  return {
    kind: 'abstained',
    abstained,
    standalone_question: standalone,
    sql,
    columns: [],
    rows: [],
    truncated: false,
    trace: trace.stages,
    explanation: sql === '' ? [] : explainSql(sql, schema),
    confidence,
    warnings: [abstained.reason, ...warnings],
  };
}
