/** Cases of what is read off a question, as texts of three lines: the question, the statement, its rows. */

export interface ReadOffCase {
  readonly question: string;
  readonly sql: string;
  /** As JSON. */
  readonly rows: string;
}

export function readOffCases(text: string): ReadOffCase[] {
  const lines = text.trim().split('\n');
  return lines.flatMap((question, at) => {
    const [sql = '', rows = ''] = lines.slice(at + 1, at + 3);
    return at % 3 === 0 ? [{ question, sql: sql.trim(), rows: rows.trim() }] : [];
  });
}
