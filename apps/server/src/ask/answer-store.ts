/** What was asked and answered, in a SQLite file of the state folder: history, permalinks, rows. */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { Database } from '@quaestor/finsql/sqlite';
import type { AskedAnswer, Outcome } from './running-answer.ts';

/** Answers kept, and the bytes of them all; the oldest are dropped first. */
const MOST = 1000;
const MOST_BYTES = 256 * 1024 * 1024;

export interface AnswerRecord {
  /** Place in the history. */
  readonly place: number;
  readonly id: string;
  readonly created: string;
  /** Client that asked. */
  readonly owner: string;
  readonly database: string;
  readonly question: string;
  readonly status: 'answered' | 'abstained' | 'failed';
  readonly sql: string | null;
}

export interface AnswerStore {
  add(asked: Omit<AnswerRecord, 'place' | 'status' | 'sql'>, outcome: Outcome): void;
  /** Newest first, before a place. @param owner whose; null: everybody's */
  list(
    owner: string | null,
    options: { readonly limit: number; readonly before?: number | undefined },
  ): readonly AnswerRecord[];
  get(id: string): { readonly record: AnswerRecord; readonly outcome: Outcome } | null;
  remove(id: string): void;
  close(): void;
}

const COLUMNS = 'place, id, created, owner, "database", question, status, sql';

const CREATE = `create table if not exists answers (
    place integer primary key autoincrement,
    id text not null unique,
    created text not null,
    owner text not null,
    "database" text not null,
    question text not null,
    status text not null check (status in ('answered', 'abstained', 'failed')),
    sql text,
    bytes integer not null,
    outcome text not null
  )`;

/** @param file a path, or `:memory:` */
export function openAnswerStore(file: string): AnswerStore {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
  const database = new Database(file);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = NORMAL');
  database.transaction(() => {
    const old = outdated(database);
    if (old) database.exec('alter table answers rename to answers_before');
    database.exec(CREATE);
    if (!old) return;
    database.exec('insert into answers select * from answers_before; drop table answers_before');
  })();
  const insert = database.prepare(
    'insert into answers (id, created, owner, "database", question, status, sql, bytes, outcome) values (?, ?, ?, ?, ?, ?, ?, ?, ?)',
  );
  // The newest that fit, and always the newest of all.
  const prune = database.prepare(
    `delete from answers where place <= (
       select place from (
         select place, row_number() over newest as number, sum(bytes) over newest as total
         from answers window newest as (order by place desc)
       ) where number > ? or (total > ? and number > 1) order by place desc limit 1
     )`,
  );
  const select = database.prepare<[string], AnswerRecord & { readonly outcome: string }>(
    `select ${COLUMNS}, outcome from answers where id = ?`,
  );
  const page = database.prepare<[string | null, number, number], AnswerRecord>(
    `select ${COLUMNS} from answers where owner = coalesce(?, owner) and place < ? order by place desc limit ?`,
  );
  const remove = database.prepare('delete from answers where id = ?');
  return {
    add({ id, created, owner, database: name, question }, outcome) {
      const answered = 'answer' in outcome;
      const sql = answered ? outcome.answer.sql : null;
      const status = answered ? outcome.answer.kind : 'failed';
      const text = JSON.stringify(outcome);
      insert.run(id, created, owner, name, question, status, sql, Buffer.byteLength(text), text);
      prune.run(MOST, MOST_BYTES);
    },
    list: (owner, { limit, before = Number.MAX_SAFE_INTEGER }) => page.all(owner, before, limit),
    get(id) {
      const found = select.get(id);
      if (found === undefined) return null;
      const { outcome, ...record } = found;
      return { record, outcome: readOutcome(outcome) };
    },
    remove(id) {
      remove.run(id);
    },
    close() {
      database.close();
    },
  };
}

/** Answers were once kept without their language, and warnings as their texts alone. */
function readOutcome(text: string): Outcome {
  const outcome = JSON.parse(text) as Outcome;
  if (!('answer' in outcome)) return outcome;
  const { answer } = outcome;
  const warnings: readonly unknown[] = answer.warnings;
  const coded = warnings.map((one) =>
    typeof one === 'string' ? { code: 'noted', text: one } : one,
  );
  const { language = 'en' } = answer as Partial<AskedAnswer>;
  return { answer: { ...answer, language, warnings: coded as AskedAnswer['warnings'] } };
}

/** Whether the table was made before answers could abstain, which its check refuses. */
function outdated(database: Database): boolean {
  const sql = database
    .prepare<[], string>("select sql from sqlite_schema where name = 'answers'")
    .pluck()
    .get();
  return sql !== undefined && !sql.includes('abstained');
}
