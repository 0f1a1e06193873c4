/** Checks of what is read off questions about a small database, and of questions that nothing is read off. */
import { expect, it } from 'vitest';
import { retrieve } from '../retrieval/retrieve.ts';
import { composeStatement } from '../word-by-word/compose-statement.ts';
import { Unread } from '../word-by-word/model/unread.ts';
import { readOffCases } from './read-off-cases.ts';
import type { OpenedDatabase } from './shop-database.ts';

/** @param read questions, each with the statement read off it and the rows of that, as `readOffCases` reads them */
export function itReads(database: OpenedDatabase, read: string): void {
  it.each(readOffCases(read))('$question', ({ question, sql, rows }) => {
    expect(composed(database, question)).toMatchObject({ sql });
    expect(JSON.stringify(database.run(sql))).toBe(rows);
  });
}

/** @param unread questions, each with the reason why nothing is read off it */
export function itLeavesUnread(
  database: OpenedDatabase,
  unread: readonly (readonly [question: string, reason: string])[],
): void {
  it.each(unread)('%s (%s)', (question, reason) => {
    expect(reasonFor(database, question)).toBe(reason);
  });
}

/** Why nothing is read off a question; what is, otherwise. */
export function reasonFor(database: OpenedDatabase, question: string): string {
  const read = composed(database, question);
  return read instanceof Unread ? read.message : `read as ${read.sql}`;
}

function composed({ context }: OpenedDatabase, question: string) {
  const retrieval = retrieve(context, question, { exemplars: false, today: '2024-06-30' });
  return composeStatement(context, retrieval);
}
