/** What SQLite runs and yet can be no answer to a question about data. */
import type { CalibrationContext } from '../calibrate/rule.ts';
import { FinSqlError } from '../errors.ts';
import { type Attempt, runStatement, type StatementRunner } from '../run-statement.ts';
import { findTable, type Schema } from '../schema/schema.ts';
import { analyse } from '../sql/scopes.ts';
import { tokenizeSql } from '../sql/tokenize.ts';
import { sqliteInChinese } from '../wording/sqlite-in-chinese.ts';

/** Stands where bytes were no text: a sampled token may end within a character. */
const BROKEN = '\uFFFD';

/** Runs a statement that a model wrote; what can't be meant fails as what SQLite rejects does. */
export async function runCandidate(
  sql: string,
  runner: StatementRunner & { readonly calibration: CalibrationContext },
): Promise<Attempt> {
  const broken = hasBrokenCharacter(sql, runner.calibration);
  if (broken) return { error: rejected('the statement has a broken character (U+FFFD)') };
  const done = await runStatement(sql, runner);
  const { schema } = runner.calibration;
  const isIdle = 'result' in done && schema.tables.length > 0 && !readsTable(sql, schema);
  return isIdle ? { error: rejected('the statement reads no table') } : done;
}

/** Whether a character of it is broken that is not so in the data, or in the question. */
function hasBrokenCharacter(
  sql: string,
  { schema, values, question = '' }: CalibrationContext,
): boolean {
  if (!sql.includes(BROKEN) || question.includes(BROKEN)) return false;
  const names = new Set(
    schema.tables.flatMap(({ name, columns }) => [name, ...columns.map((column) => column.name)]),
  );
  return tokenizeSql(sql).some(
    ({ text, value }) =>
      text.includes(BROKEN) && !names.has(value) && values.holders(value).length === 0,
  );
}

/** Whether a statement that runs reads a table, or a view, of the database. */
function readsTable(sql: string, schema: Schema): boolean {
  const tokens = tokenizeSql(sql);
  const named = analyse(tokens, schema).scopes.flatMap(({ tables }) => tables);
  // It runs, so what is neither defined by WITH nor called is there.
  const isThere = named.some(
    ({ at, opaque }) => at !== undefined && !opaque && tokens[at + 1]?.text !== '(',
  );
  return isThere || tokens.some(({ text }, at) => isMember(text, tokens[at + 1]?.value, schema));
}

/** `x in t`. */
function isMember(word: string, name: string | undefined, schema: Schema): boolean {
  return /^in$/i.test(word) && name !== undefined && findTable(schema, name) !== undefined;
}

function rejected(reason: string): FinSqlError {
  return new FinSqlError('sql-error', { en: reason, zh: sqliteInChinese(reason) });
}
