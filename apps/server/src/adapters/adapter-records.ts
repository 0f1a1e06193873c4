/** Scores of adapters, and which one answers: now and before. */
import type { Database } from '@quaestor/finsql/sqlite';
import { described } from '@quaestor/peft';
import * as z from 'zod';
import { component } from '../api/component.ts';
import { openStateDatabase } from '../jobs/job-schema.ts';

const VERSIONS: readonly string[] = [
  `CREATE TABLE score (
     number INTEGER PRIMARY KEY AUTOINCREMENT,
     adapter TEXT NOT NULL,
     fingerprint TEXT NOT NULL, -- of the files that were scored
     question_set TEXT NOT NULL,
     set_fingerprint TEXT NOT NULL, -- scores of other questions cannot be compared
     accuracy REAL NOT NULL,
     scored INTEGER NOT NULL,
     correct INTEGER NOT NULL,
     executable REAL NOT NULL,
     median_ms REAL NOT NULL,
     job TEXT NOT NULL UNIQUE,
     at TEXT NOT NULL
   );
   CREATE INDEX score_by_adapter ON score (adapter, fingerprint);
   CREATE TABLE activation (
     number INTEGER PRIMARY KEY AUTOINCREMENT,
     adapter TEXT, -- null: the base model alone
     fingerprint TEXT,
     forced INTEGER NOT NULL,
     author TEXT NOT NULL,
     at TEXT NOT NULL
   );`,
];

export const scoreSchema = component(
  'Score',
  z.object({
    set: z.string().apply(described, { en: 'name of the questions', zh: '问题集名称' }),
    set_fingerprint: z.string().apply(described, {
      en: 'the same for the same questions and descriptions',
      zh: '问题和说明相同时，此值相同',
    }),
    accuracy: z.number().apply(described, {
      en: 'percent of the scored questions whose rows are right',
      zh: '评测的问题中，结果正确的百分比',
    }),
    scored: z.int(),
    correct: z.int(),
    executable: z
      .number()
      .apply(described, { en: 'percent whose SQL runs', zh: 'SQL 可执行的百分比' }),
    median_ms: z
      .number()
      .apply(described, { en: 'milliseconds a question', zh: '每个问题的毫秒数' }),
    job: z.string().apply(described, { en: 'the job that measured it', zh: '评测它的任务' }),
    at: z.string(),
  }),
);

export type Score = Readonly<z.output<typeof scoreSchema>>;

export const activationSchema = component(
  'Activation',
  z.object({
    adapter: z
      .string()
      .nullable()
      .apply(described, { en: 'null: the base model alone', zh: 'null：仅基础模型' }),
    forced: z.boolean().apply(described, {
      en: 'although it scored lower, or was not scored',
      zh: '尽管成绩较低，或尚未评测',
    }),
    author: z.string(),
    at: z.string(),
  }),
);

export type Activation = Readonly<z.output<typeof activationSchema>> & {
  readonly fingerprint: string | null;
};

/** How the base model alone is called where an adapter is named. */
export const BASE_MODEL = 'none';

/** The set of questions that people approved: it tells what an adapter has kept of what it was taught. */
export const APPROVED_EXAMPLES = 'approved examples';

export class AdapterRecords {
  readonly #database: Database;

  constructor(path: string) {
    this.#database = openStateDatabase(path, VERSIONS);
  }

  close(): void {
    this.#database.close();
  }

  /** Once for each job, however often it is told. */
  addScore(adapter: string, fingerprint: string, score: Score): void {
    this.#database
      .prepare(
        `INSERT OR IGNORE INTO score (adapter, fingerprint, question_set, set_fingerprint, accuracy,
         scored, correct, executable, median_ms, job, at)
         VALUES (@adapter, @fingerprint, @set, @set_fingerprint, @accuracy,
         @scored, @correct, @executable, @median_ms, @job, @at)`,
      )
      .run({ adapter, fingerprint, ...score });
  }

  /** Of the adapter as it is now, newest first. */
  scores(adapter: string, fingerprint: string): readonly Score[] {
    return this.#database
      .prepare<[string, string], Score>(
        `SELECT question_set AS "set", set_fingerprint, accuracy, scored, correct, executable,
         median_ms, job, at FROM score WHERE adapter = ? AND fingerprint = ? ORDER BY number DESC`,
      )
      .all(adapter, fingerprint);
  }

  addActivation({ adapter, fingerprint, forced, author }: Omit<Activation, 'at'>): void {
    this.#database
      .prepare(
        'INSERT INTO activation (adapter, fingerprint, forced, author, at) VALUES (?, ?, ?, ?, ?)',
      )
      .run(adapter, fingerprint, forced ? 1 : 0, author, new Date().toISOString());
  }

  /** Newest first; the first is the one of now. */
  activations(limit = 100): readonly Activation[] {
    return this.#database
      .prepare<[number], Omit<Activation, 'forced'> & { readonly forced: number }>(
        'SELECT adapter, fingerprint, forced, author, at FROM activation ORDER BY number DESC LIMIT ?',
      )
      .all(limit)
      .map((row) => ({ ...row, forced: row.forced === 1 }));
  }
}
