/** The tables of `jobs.sqlite`. */
import type { Database } from '@quaestor/finsql/sqlite';
import { openStateDatabase } from '../state-database.ts';

/** Each entry brings the file from one version to the next. */
const VERSIONS: readonly string[] = [
  `CREATE TABLE job (
     number INTEGER PRIMARY KEY AUTOINCREMENT,
     id TEXT NOT NULL UNIQUE,
     kind TEXT NOT NULL,
     lane TEXT NOT NULL,
     params TEXT NOT NULL,
     priority INTEGER NOT NULL,
     state TEXT NOT NULL,
     created_at TEXT NOT NULL,
     started_at TEXT,
     finished_at TEXT,
     attempts INTEGER NOT NULL DEFAULT 0,
     stalls INTEGER NOT NULL DEFAULT 0, -- attempts in a row that were killed before a step was kept
     progress_text TEXT,
     progress_fraction REAL,
     result TEXT,
     error_code TEXT,
     error_message TEXT,
     idempotency_key TEXT UNIQUE,
     request_hash TEXT,
     owner TEXT, -- server that looks after it: { pid, started }
     worker TEXT, -- process that does it: { pid, started }
     log_offset INTEGER NOT NULL DEFAULT 0, -- bytes of the attempt's log that are in event
     cancel_requested INTEGER NOT NULL DEFAULT 0
   );
   CREATE INDEX job_by_state ON job (state, lane, priority DESC, number);
   CREATE TABLE event (
     job INTEGER NOT NULL REFERENCES job (number) ON DELETE CASCADE,
     seq INTEGER NOT NULL,
     at TEXT NOT NULL,
     type TEXT NOT NULL,
     data TEXT NOT NULL,
     PRIMARY KEY (job, seq)
   ) WITHOUT ROWID;`,
  // The error's own words in Chinese; null where its code has to do.
  'ALTER TABLE job ADD COLUMN error_chinese TEXT;',
  'ALTER TABLE job ADD COLUMN progress_chinese TEXT; -- null: progress_text has been said in English alone',
];

/** Opens or makes the file. Several servers may have it open. */
export function openJobDatabase(path: string): Database {
  return openStateDatabase(path, VERSIONS);
}
