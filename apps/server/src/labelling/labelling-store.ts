/** Labellings and the labels that were given, in SQLite; each table lies in a folder of its own. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from '@quaestor/finsql/sqlite';
import type { AnsweredColumns } from '@quaestor/tabllm';
import { removeLeftovers } from '../remove-leftovers.ts';
import { openStateDatabase } from '../state-database.ts';
import type { Labelling, LabellingSummary } from './labelling.ts';
import type { TableDescription } from './learning-protocol.ts';

const VERSIONS: readonly string[] = [
  `CREATE TABLE labelling (
     number INTEGER PRIMARY KEY AUTOINCREMENT,
     id TEXT NOT NULL UNIQUE,
     name TEXT NOT NULL,
     created_at TEXT NOT NULL,
     bytes INTEGER NOT NULL,
     description TEXT NOT NULL, -- JSON: columns, problems
     settings TEXT, -- JSON: target, classes, features, threshold
     revision INTEGER NOT NULL DEFAULT 0
   );
   CREATE TABLE label (
     labelling TEXT NOT NULL REFERENCES labelling (id) ON DELETE CASCADE,
     target TEXT NOT NULL, -- labels of a target outlast a look at another one
     row INTEGER NOT NULL,
     label TEXT NOT NULL,
     PRIMARY KEY (labelling, target, row)
   ) WITHOUT ROWID;`,
  'ALTER TABLE labelling ADD COLUMN answers TEXT; -- JSON: what a language model said of the columns; null: not asked',
];

const COLUMNS = 'id, name, created_at, bytes, description, settings, revision';

export type StoredSettings = NonNullable<Labelling['settings']>;

export interface StoredLabelling {
  readonly id: string;
  readonly name: string;
  readonly created_at: string;
  readonly bytes: number;
  readonly description: TableDescription;
  readonly settings: StoredSettings | null;
  readonly revision: number;
}

/** What a language model said, and the columns that it was asked about. */
export interface StoredAnswers {
  readonly features: readonly string[];
  readonly answers: AnsweredColumns;
}

interface Row {
  readonly id: string;
  readonly name: string;
  readonly created_at: string;
  readonly bytes: number;
  readonly description: string;
  readonly settings: string | null;
  readonly revision: number;
}

export class LabellingStore {
  readonly #database: Database;
  readonly #folder: string;

  constructor(home: string) {
    this.#folder = join(home, 'labellings');
    mkdirSync(this.#folder, { recursive: true });
    this.#database = openStateDatabase(join(home, 'labellings.sqlite'), VERSIONS);
    removeLeftovers(this.#folder, (id) => this.get(id) !== undefined);
  }

  close(): void {
    this.#database.close();
  }

  /** A new id, and the file that its table is to be written to. */
  place(): { readonly id: string; readonly file: string } {
    const id = `labelling_${randomBytes(9).toString('hex')}`;
    mkdirSync(join(this.#folder, id));
    return { id, file: this.file(id) };
  }

  file(id: string): string {
    return join(this.#folder, id, 'rows.csv');
  }

  add(one: Pick<StoredLabelling, 'id' | 'name' | 'bytes' | 'description'>): void {
    this.#database
      .prepare(
        'INSERT INTO labelling (id, name, created_at, bytes, description) VALUES (?, ?, ?, ?, ?)',
      )
      .run(one.id, one.name, new Date().toISOString(), one.bytes, JSON.stringify(one.description));
  }

  get(id: string): StoredLabelling | undefined {
    const row = this.#database
      .prepare<[string], Row>(`SELECT ${COLUMNS} FROM labelling WHERE id = ?`)
      .get(id);
    return row && fromRow(row);
  }

  /** Newest first. */
  list(): readonly LabellingSummary[] {
    return this.#database
      .prepare<[], LabellingSummary>(
        `SELECT id, name, created_at, bytes, description ->> '$.rows' AS rows,
           settings ->> '$.target' AS target,
           (SELECT count(*) FROM label
            WHERE labelling = id AND label.target = settings ->> '$.target') AS given
         FROM labelling ORDER BY number DESC`,
      )
      .all();
  }

  configure(id: string, settings: StoredSettings): void {
    this.#database
      .prepare('UPDATE labelling SET settings = ?, revision = revision + 1 WHERE id = ?')
      .run(JSON.stringify(settings), id);
  }

  /** Kept until others take their place. */
  keepAnswers(id: string, answers: StoredAnswers): void {
    this.#database
      .prepare('UPDATE labelling SET answers = ? WHERE id = ?')
      .run(JSON.stringify(answers), id);
  }

  answers(id: string): StoredAnswers | undefined {
    const json = this.#database
      .prepare<[string], string | null>('SELECT answers FROM labelling WHERE id = ?')
      .pluck()
      .get(id);
    return json == null ? undefined : JSON.parse(json);
  }

  /** Labels given for a target, by row. */
  labels(id: string, target: string): ReadonlyMap<number, string> {
    return new Map(
      this.#database
        .prepare<unknown[], [number, string]>(
          'SELECT row, label FROM label WHERE labelling = ? AND target = ? ORDER BY row',
        )
        .raw()
        .all(id, target),
    );
  }

  /** All of them, or none. */
  label(
    id: string,
    target: string,
    labels: readonly { readonly row: number; readonly label: string | null }[],
  ): void {
    const put = this.#database.prepare(
      `INSERT INTO label (labelling, target, row, label) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET label = excluded.label`,
    );
    const drop = this.#database.prepare(
      'DELETE FROM label WHERE labelling = ? AND target = ? AND row = ?',
    );
    this.#database
      .transaction(() => {
        for (const { row, label } of labels) {
          if (label === null) drop.run(id, target, row);
          else put.run(id, target, row, label);
        }
        this.#database.prepare('UPDATE labelling SET revision = revision + 1 WHERE id = ?').run(id);
      })
      .immediate();
  }

  remove(id: string): void {
    this.#database.prepare('DELETE FROM labelling WHERE id = ?').run(id);
    this.discard(id);
  }

  /** Removes the folder of one that came to nothing. */
  discard(id: string): void {
    rmSync(join(this.#folder, id), { recursive: true, force: true });
  }
}

function fromRow({ description, settings, ...row }: Row): StoredLabelling {
  return {
    ...row,
    description: JSON.parse(description),
    // Those of an earlier version have no group.
    settings: settings === null ? null : { group: null, ...JSON.parse(settings) },
  };
}
