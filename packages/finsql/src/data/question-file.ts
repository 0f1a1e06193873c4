import * as z from 'zod';
import type { TextToSqlItem } from './text-to-sql-set.ts';

/** Spider's names of the fields, and those of the BULL set. */
const questionFile = z.array(
  z.looseObject({
    question: z.string(),
    db_id: z.string().optional(),
    db_name: z.string().optional(),
    query: z.string().optional(),
    sql_query: z.string().optional(),
  }),
);

/**
 * The questions of a parsed file in Spider's or BULL's shape, to learn from or to offer; what names
 * no database is left out, and nothing is checked against one (`readTextToSqlSet` does).
 * @throws ZodError when it is no such list
 */
export function parseQuestions(content: unknown): readonly TextToSqlItem[] {
  return questionFile.parse(content).flatMap(({ question, db_id, db_name, query, sql_query }) => {
    const db = db_id ?? db_name;
    return db === undefined ? [] : [{ question, db, sql: query ?? sql_query ?? '' }];
  });
}

/** A question that a database can't answer. */
export interface UnanswerableQuestion {
  readonly question: string;
  readonly db: string;
  /** Why it can't: `missing-column`, `other-topic`, … */
  readonly kind: string;
}

const unanswerableFile = z.array(
  z.looseObject({
    question: z.string().trim().min(1),
    db_id: z.string().min(1),
    kind: z.string().min(1).default('unanswerable'),
  }),
);

/**
 * The questions of a parsed list of `{ question, db_id, kind }`.
 * @throws ZodError when it is no such list
 */
export function parseUnanswerable(content: unknown): readonly UnanswerableQuestion[] {
  return unanswerableFile
    .parse(content)
    .map(({ question, db_id, kind }) => ({ question, db: db_id, kind }));
}
