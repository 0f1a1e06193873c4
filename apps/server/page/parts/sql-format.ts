import { format } from 'sql-formatter';

/**
 * The statement with each clause on a line of its own; loaded when it is first wanted.
 *
 * @throws Error when it is no SQL that can be read
 */
export function formatSql(statement: string): string {
  return format(statement, { language: 'sqlite', keywordCase: 'upper', tabWidth: 2 });
}
