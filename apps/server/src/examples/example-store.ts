/** Examples and feedback in SQLite. */
import { randomBytes } from 'node:crypto';
import { questionKey } from '@quaestor/finsql';
import type { Database } from '@quaestor/finsql/sqlite';
import { pieceOfRows } from '../numbered-rows.ts';
import { openStateDatabase } from '../state-database.ts';
import type { Example, ExampleState, Feedback } from './example.ts';

const VERSIONS: readonly string[] = [
  `CREATE TABLE example (
     number INTEGER PRIMARY KEY AUTOINCREMENT,
     id TEXT NOT NULL UNIQUE,
     state TEXT NOT NULL,
     database TEXT NOT NULL,
     question TEXT NOT NULL,
     question_key TEXT NOT NULL, -- the same for the same question in another form
     sql TEXT NOT NULL,
     source TEXT NOT NULL,
     author TEXT NOT NULL,
     created_at TEXT NOT NULL,
     reviewer TEXT,
     reviewed_at TEXT
   );
   CREATE INDEX example_by_question ON example (database, question_key, state);
   CREATE TABLE feedback (
     number INTEGER PRIMARY KEY AUTOINCREMENT,
     id TEXT NOT NULL UNIQUE,
     verdict TEXT NOT NULL,
     database TEXT NOT NULL,
     question TEXT NOT NULL,
     sql TEXT,
     comment TEXT,
     answer_id TEXT,
     author TEXT NOT NULL,
     created_at TEXT NOT NULL,
     example_id TEXT
   );`,
];

const COLUMNS =
  'id, state, database, question, sql, source, author, created_at, reviewer, reviewed_at';

/** An example as it is stored; what a reviewer should know is found out when it is shown. */
export type StoredExample = Omit<Example, 'notes' | 'held_out'>;

export interface Piece<Item> {
  readonly items: readonly Item[];
  /** Before which place the next piece begins; null at the end. */
  readonly next: number | null;
}

type Numbered<Item> = Item & { readonly number: number };

export class ExampleStore {
  readonly #database: Database;

  constructor(path: string) {
    this.#database = openStateDatabase(path, VERSIONS);
    this.#renewKeys();
  }

  close(): void {
    this.#database.close();
  }

  add(
    example: Pick<Example, 'database' | 'question' | 'sql' | 'source' | 'author'>,
  ): StoredExample {
    const id = `example_${randomBytes(9).toString('hex')}`;
    const { database, question, sql, source, author } = example;
    this.#database
      .prepare(
        `INSERT INTO example (id, state, database, question, question_key, sql, source, author, created_at)
         VALUES (?, 'pending', ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(id, database, question, questionKey(question), sql, source, author, now());
    return this.get(id) as StoredExample;
  }

  get(id: string): StoredExample | undefined {
    return this.#database
      .prepare<[string], StoredExample>(`SELECT ${COLUMNS} FROM example WHERE id = ?`)
      .get(id);
  }

  /** Newest first. @param before what an earlier piece gave as `next` */
  list(
    filter: { readonly state?: ExampleState | undefined; readonly database?: string | undefined },
    limit: number,
    before = Number.MAX_SAFE_INTEGER,
  ): Piece<StoredExample> {
    const rows = this.#database
      .prepare<unknown[], Numbered<StoredExample>>(
        `SELECT number, ${COLUMNS} FROM example WHERE number < ?
         AND state = coalesce(?, state) AND database = coalesce(?, database)
         ORDER BY number DESC LIMIT ?`,
      )
      .all(before, filter.state ?? null, filter.database ?? null, limit + 1);
    return pieceOf(rows, limit);
  }

  /** All that count, oldest first. */
  approved(): readonly StoredExample[] {
    return this.#database
      .prepare<[], StoredExample>(
        `SELECT ${COLUMNS} FROM example WHERE state = 'approved' ORDER BY number`,
      )
      .all();
  }

  /** Others that ask the same of the same database and are not rejected. */
  sameQuestion({ id, database, question }: StoredExample): readonly StoredExample[] {
    return this.#database
      .prepare<unknown[], StoredExample>(
        `SELECT ${COLUMNS} FROM example WHERE database = ? AND question_key = ? AND id <> ?
         AND state IN ('pending', 'approved') ORDER BY number`,
      )
      .all(database, questionKey(question), id);
  }

  /**
   * Approves or rejects. An approved example takes the place of one that answers the same question.
   * @param seen what was looked at: an example that says something else by now stays as it is
   * @returns false when it was in no state to be reviewed, or was changed
   */
  review(
    id: string,
    to: 'approved' | 'rejected',
    { question, sql, reviewer }: Pick<StoredExample, 'question' | 'sql'> & { reviewer: string },
  ): boolean {
    return this.#database
      .transaction(() => {
        const from = to === 'approved' ? "('pending', 'rejected')" : "('pending', 'approved')";
        const { changes } = this.#database
          .prepare(
            `UPDATE example SET state = ?, reviewer = ?, reviewed_at = ?
             WHERE id = ? AND state IN ${from} AND question = ? AND sql = ?`,
          )
          .run(to, reviewer, now(), id, question, sql);
        if (changes === 0) return false;
        if (to === 'approved') {
          this.#database
            .prepare(
              `UPDATE example SET state = 'replaced' WHERE state = 'approved' AND id <> ?
               AND (database, question_key) = (SELECT database, question_key FROM example WHERE id = ?)`,
            )
            .run(id, id);
        }
        return true;
      })
      .immediate();
  }

  /** Changes one that waits for review. @returns false when it does not wait */
  edit(id: string, question: string, sql: string): boolean {
    const { changes } = this.#database
      .prepare(
        "UPDATE example SET question = ?, question_key = ?, sql = ? WHERE id = ? AND state = 'pending'",
      )
      .run(question, questionKey(question), sql, id);
    return changes > 0;
  }

  /** Keys that an earlier version of this program gave: it may have told fewer questions apart. */
  #renewKeys(): void {
    const keys = this.#database.prepare<[], { number: number; question: string; key: string }>(
      'SELECT number, question, question_key AS key FROM example',
    );
    const renew = this.#database.prepare('UPDATE example SET question_key = ? WHERE number = ?');
    this.#database
      .transaction(() => {
        for (const { number, question, key } of keys.all()) {
          const own = questionKey(question);
          if (own !== key) renew.run(own, number);
        }
      })
      .immediate();
  }

  addFeedback(feedback: Omit<Feedback, 'id' | 'created_at'>): Feedback {
    const kept = {
      id: `feedback_${randomBytes(9).toString('hex')}`,
      ...feedback,
      created_at: now(),
    };
    this.#database
      .prepare(
        `INSERT INTO feedback (id, verdict, database, question, sql, comment, answer_id, author, created_at, example_id)
         VALUES (@id, @verdict, @database, @question, @sql, @comment, @answer_id, @author, @created_at, @example_id)`,
      )
      .run(kept);
    return kept;
  }

  /** Newest first. @param before what an earlier piece gave as `next` */
  feedback(limit: number, before = Number.MAX_SAFE_INTEGER): Piece<Feedback> {
    const rows = this.#database
      .prepare<unknown[], Numbered<Feedback>>(
        `SELECT number, id, verdict, database, question, sql, comment, answer_id, author, created_at, example_id
         FROM feedback WHERE number < ? ORDER BY number DESC LIMIT ?`,
      )
      .all(before, limit + 1);
    return pieceOf(rows, limit);
  }
}

/** @param rows one more than the piece has, where there are more */
function pieceOf<Item>(
  rows: readonly Numbered<Item>[],
  limit: number,
): Piece<Omit<Numbered<Item>, 'number'>> {
  const { rows: shown, next } = pieceOfRows(rows, limit);
  return { items: shown.map(({ number: _place, ...item }) => item), next };
}

function now(): string {
  return new Date().toISOString();
}
