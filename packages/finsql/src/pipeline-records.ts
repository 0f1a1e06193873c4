/** What is known of a question after each stage of the pipeline; each has all that the one before it has. */
import type { Coverage } from './abstain/coverage.ts';
import type { Asked } from './abstain/passed-over.ts';
import type { Rule } from './calibrate/rule.ts';
import type { SqlExecutor } from './database/execute.ts';
import type { FoundRows } from './find-rows.ts';
import type { Drafted } from './generate/write-drafts.ts';
import type { Judgement } from './judge-answer.ts';
import type { Language } from './language.ts';
import type { AskOptions, FinSqlConfig, Writer } from './pipeline-options.ts';
import type { DatabaseSource, PreparedDatabases } from './prepared-databases.ts';
import type { Prompt } from './prompt/build.ts';
import type { DatabaseContext } from './retrieval/context.ts';
import type { Retriever } from './retrieval/retrievers/retriever.ts';
import type { Trace } from './trace.ts';
import type { Caution } from './wording/messages.ts';

/** What all questions share. */
export interface Shared {
  readonly config: FinSqlConfig;
  readonly databases: PreparedDatabases;
  readonly executor: SqlExecutor;
  readonly countTokens: (text: string) => number;
  readonly retriever: Retriever | undefined;
  readonly rules: readonly Rule[] | undefined;
}

/** A question as it comes. */
export interface Posed extends Shared {
  readonly asWritten: string;
  readonly source: DatabaseSource;
  readonly options: AskOptions;
  readonly writer: Writer;
  readonly trace: Trace;
}

/** With what is known about it before SQL is written. */
export interface Prepared extends Posed {
  readonly context: DatabaseContext;
  /** What a follow-up stands for; null where the question stands alone as it is. */
  readonly standalone: string | null;
  readonly question: string;
  readonly language: Language;
  readonly prompt: Prompt;
  readonly coverage: Coverage;
}

/** With the draft that is kept. */
export interface Written extends Prepared {
  readonly drafted: Drafted;
  readonly asked: Asked;
  /** So many further drafts. */
  readonly sample: (n: number) => Promise<string[]>;
}

/** With its rows. */
export interface Found extends Written {
  readonly found: FoundRows;
  /** What is to be said of a period that finds nothing. */
  readonly outside: readonly Caution[];
  /** What is to be said of rows that are left out though they are equal to the last one. */
  readonly ties: readonly Caution[];
}

/** With what is to be thought of them. */
export interface Judged extends Found {
  readonly judgement: Judgement;
  /** What the making of the rows gives to know. */
  readonly cautions: readonly Caution[];
  /** Which words of the question nothing explains, where it is likely wrong. */
  readonly unknown: readonly Caution[];
}
