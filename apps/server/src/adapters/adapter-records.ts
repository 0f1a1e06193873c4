/** Scores of adapters, and which one answers: now and before. */
import type { Database } from '@quaestor/finsql/sqlite';
import { described } from '@quaestor/peft';
import * as z from 'zod';
import { component } from '../api/component.ts';
import { openStateDatabase } from '../state-database.ts';

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
  // 0: each database was answered by the adapter that is made for it, and others by this one.
  `ALTER TABLE activation ADD COLUMN by_hand INTEGER NOT NULL DEFAULT 1;
   UPDATE activation SET by_hand = 0 WHERE author = 'start';`,
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
    by_hand: z.boolean().apply(described, {
      en: 'false: databases that an adapter is made for were answered by that one, others by this',
      zh: 'false：有专用适配器的数据库由其专用适配器回答，其他数据库由此适配器回答',
    }),
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

type ActivationRow = Omit<Activation, 'by_hand' | 'forced'> & {
  readonly by_hand: number;
  readonly forced: number;
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

  addActivation(activation: Omit<Activation, 'at'>): void {
    const { adapter, by_hand, fingerprint, forced, author } = activation;
    this.#database
      .prepare(
        `INSERT INTO activation (adapter, by_hand, fingerprint, forced, author, at)
         VALUES (?, ?, ?, ?, ?, ?)`,
      )
      .run(adapter, Number(by_hand), fingerprint, Number(forced), author, new Date().toISOString());
  }

  /** The adapter of the choice by hand that is in force; null: the base model alone; undefined: there is none. */
  chosenByHand(): string | null | undefined {
    const [now] = this.activations(1);
    return now?.by_hand ? now.adapter : undefined;
  }

  /** Newest first; the first is the one of now. */
  activations(limit = 100): readonly Activation[] {
    return this.#database
      .prepare<[number], ActivationRow>(
        `SELECT adapter, by_hand, fingerprint, forced, author, at FROM activation
         ORDER BY number DESC LIMIT ?`,
      )
      .all(limit)
      .map((row) => ({ ...row, by_hand: row.by_hand === 1, forced: row.forced === 1 }));
  }
}
