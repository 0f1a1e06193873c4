/** What was asked and answered, in a SQLite file of the state folder: history, permalinks, rows. */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { Database } from '@quaestor/finsql/sqlite';
import type { AskedAnswer, Outcome } from './running-answer.ts';

/** What is kept; the oldest are dropped first, and nobody's for another's sake while all fit. */
export interface AnswerLimits {
  /** Answers of one owner. */
  readonly most: number;
  /** Bytes of the answers of one owner. */
  readonly mostBytes: number;
  /** Bytes of everybody's answers; beyond them who has the most bytes loses first. */
  readonly mostBytesOfAll: number;
}

const LIMITS: AnswerLimits = { most: 1000, mostBytes: 2 ** 28, mostBytesOfAll: 2 ** 30 };

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

/** With it, sums are taken without reading the answers. */
const INDEX = 'create index if not exists answers_by_owner on answers (owner, place desc, bytes)';

/** @param file a path, or `:memory:` */
export function openAnswerStore(file: string, limits: AnswerLimits = LIMITS): AnswerStore {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
  const database = new Database(file);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = NORMAL');
  database.transaction(() => {
    const old = outdated(database);
    if (old) database.exec('alter table answers rename to answers_before');
    database.exec(CREATE);
    if (old) {
      database.exec('insert into answers select * from answers_before; drop table answers_before');
    }
    database.exec(INDEX);
  })();
  const insert = database.prepare(
    'insert into answers (id, created, owner, "database", question, status, sql, bytes, outcome) values (?, ?, ?, ?, ?, ?, ?, ?, ?)',
  );
  // The newest of the owner that fit, and always the newest of all.
  const prune = database.prepare(
    `delete from answers where owner = @owner and place <= (
       select place from (
         select place, row_number() over newest as number, sum(bytes) over newest as total
         from answers where owner = @owner window newest as (order by place desc)
       ) where number > @most or (total > @mostBytes and number > 1) order by place desc limit 1
     )`,
  );
  const total = database.prepare<[], number>('select sum(bytes) from answers').pluck();
  const dropFromBiggest = database.prepare(
    `delete from answers where place = (
       select min(place) from answers where owner = (
         select owner from answers group by owner order by sum(bytes) desc limit 1
       )
     ) and place < (select max(place) from answers)`,
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
      const { most, mostBytes, mostBytesOfAll } = limits;
      database.transaction(() => {
        insert.run(id, created, owner, name, question, status, sql, Buffer.byteLength(text), text);
        prune.run({ owner, most, mostBytes });
        while ((total.get() ?? 0) > mostBytesOfAll && dropFromBiggest.run().changes > 0);
      })();
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

/** Answers were once kept without their language or near questions, and warnings as their texts alone. */
function readOutcome(text: string): Outcome {
  const outcome = JSON.parse(text) as Outcome;
  if (!('answer' in outcome)) return outcome;
  const { answer } = outcome;
  const warnings: readonly unknown[] = answer.warnings;
  const coded = warnings.map((one) =>
    typeof one === 'string' ? { code: 'noted', text: one } : one,
  );
  const { language = 'en', near_questions = [] } = answer as Partial<AskedAnswer>;
  const now = { language, warnings: coded as AskedAnswer['warnings'], near_questions };
  return { answer: { ...answer, ...now } };
}

/** Whether the table was made before answers could abstain, which its check refuses. */
function outdated(database: Database): boolean {
  const sql = database
    .prepare<[], string>("select sql from sqlite_schema where name = 'answers'")
    .pluck()
    .get();
  return sql !== undefined && !sql.includes('abstained');
}
