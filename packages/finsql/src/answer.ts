/** An answer and the trace of the stages that led to it. All of it is plain data, ready for JSON. */

import type { Abstention, AbstentionCode } from './abstain/abstention.ts';
import type { Repair } from './calibrate/calibrate.ts';
import type { SqlValue } from './database/execute-protocol.ts';
import type { Language } from './language.ts';
import type { Caution, Forbidden } from './wording/messages.ts';

interface StageOf<Name extends string, Detail> {
  readonly name: Name;
  readonly milliseconds: number;
  readonly detail: Detail;
}

export interface RetrievedTable {
  readonly name: string;
  /** 0 … 1. */
  readonly score: number;
  /** Whether it is in the prompt. */
  readonly chosen: boolean;
  /** Its columns in the prompt. */
  readonly columns: readonly string[];
}

export interface SampledCandidate {
  readonly sql: string;
  /** How many candidates it is the statement of. */
  readonly count: number;
  /** Candidates with the same result; 0 when it does not run. */
  readonly votes: number;
  /** Candidates that run and ask for the same thing, however written. */
  readonly alike: number;
  readonly error: string | null;
  /** What the guard says against it, where that is the error. */
  readonly refused: Forbidden | null;
}

export type Stage =
  | StageOf<
      'introspect',
      {
        readonly tables: number;
        readonly columns: number;
        readonly cached: boolean;
        /** What of the stored texts is indexed, and what is not. */
        readonly values: {
          readonly held: number;
          /** Columns with more texts than the index takes, and how many it took. */
          readonly capped: readonly { readonly column: string; readonly held: number }[];
          readonly unread: readonly { readonly column: string; readonly reason: string }[];
          /** False when the database kept changing while it was read. */
          readonly settled: boolean;
        };
      }
    >
  | StageOf<
      'rewrite',
      {
        readonly question: string;
        /** The question that is answered; null where it stands alone as it is. */
        readonly standalone_question: string | null;
        readonly rule: string | null;
      }
    >
  | StageOf<
      'retrieve',
      {
        /** Name of the retriever that scores the tables. */
        readonly retriever: string;
        readonly tables: readonly RetrievedTable[];
        readonly values: readonly {
          readonly table: string;
          readonly column: string;
          readonly value: string;
          /** 1: spelled out but for case and signs; less: nearly, or in part. */
          readonly similarity: number;
        }[];
        /** Dates, amounts and percentages as numbers and days. */
        readonly quantities: readonly { readonly text: string; readonly means: string }[];
        readonly exemplars: readonly {
          readonly question: string;
          readonly sql: string;
          readonly similarity: number;
        }[];
      }
    >
  | StageOf<
      'known-question',
      {
        /** The known question that asks for the same. */
        readonly question: string;
        /** Its statement, with the changes. */
        readonly sql: string;
        /** What the question asked has in place of what the known one has; none: it is that question. */
        readonly changes: readonly { readonly from: string; readonly to: string }[];
        /** Whether its rows are the answer: not where it no longer runs. */
        readonly kept: boolean;
      }
    >
  | StageOf<
      'prompt',
      {
        readonly text: string;
        readonly tokens: number;
        readonly budget: number;
        /** Tables, and columns of shown tables, that the budget left out. */
        readonly omitted: readonly string[];
        /** Keys between shown tables that are not stated. */
        readonly omittedKeys: readonly string[];
        /** Values that the question mentions and that are not shown. */
        readonly omittedValues: readonly string[];
      }
    >
  | StageOf<
      'generate',
      {
        readonly generator: string;
        readonly completion: string;
        readonly tokens: number;
        /** Null where the generator does not tell. */
        readonly logProbability: number | null;
      }
    >
  | StageOf<
      'redraft',
      {
        /** The exemplar whose statement is nearest to the first draft. */
        readonly exemplar: { readonly question: string; readonly sql: string } | null;
        readonly prompt: string;
        readonly completion: string;
        readonly tokens: number;
        readonly logProbability: number | null;
        /** Whether the second draft is the better one, and kept. */
        readonly kept: boolean;
      }
    >
  | StageOf<
      'second-opinion',
      {
        /** Which wrote it. */
        readonly generator: string;
        /** The better of its drafts; null where it wrote none. */
        readonly sql: string | null;
        /** Null where the generator does not tell. */
        readonly logProbability: number | null;
        /** Whether it is better than the first generator's, and kept. */
        readonly kept: boolean;
      }
    >
  | StageOf<
      'word-by-word',
      {
        /** Read off the question, no word of which is left over. */
        readonly sql: string;
        /** Whether its rows are the answer: not where it finds nothing, or passes over what the question says. */
        readonly kept: boolean;
        /** Whether what was drafted gives the same rows. */
        readonly agrees: boolean;
      }
    >
  | StageOf<
      'vote',
      { readonly candidates: readonly SampledCandidate[]; readonly sql: string | null }
    >
  | StageOf<
      'guard',
      {
        /** In English, for people. */
        readonly refusal: string | null;
        /** The same as a code with values. */
        readonly reason: Forbidden | null;
      }
    >
  | StageOf<'execute', { readonly sql: string; readonly rows?: number; readonly error?: string }>
  | StageOf<
      'calibrate',
      {
        readonly sql: string;
        readonly repairs: readonly Repair[];
        /** The known question whose statement this is, where rules were passed over for it. */
        readonly asKnown?: string;
      }
    >
  | StageOf<
      'repair',
      { readonly candidates: readonly SampledCandidate[]; readonly sql: string | null }
    >
  | StageOf<
      'abstain',
      {
        readonly code: AbstentionCode;
        readonly reason: string;
        /** How much of the question the data has words for, 0 … 1. */
        readonly coverage: number;
        readonly unknown: readonly string[];
      }
    >
  | StageOf<'explain', { readonly sentences: number }>;

export interface Answer {
  /** `abstained`: no rows, but a reason, and perhaps a draft of the statement. */
  readonly kind: 'answered' | 'abstained';
  /** Why there are no rows; also among the warnings. */
  readonly abstained: Abstention | null;
  /** What was answered in place of a follow-up; null where the question stood alone. */
  readonly standalone_question: string | null;
  /** That of explanation, warnings and reason. */
  readonly language: Language;
  /** The statement that gave the rows; when abstaining, the draft, or empty where none was written. */
  readonly sql: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly SqlValue[])[];
  /** True when there were more rows than `rows` holds. */
  readonly truncated: boolean;
  readonly trace: readonly Stage[];
  /** What the statement does, one plain sentence per clause. */
  readonly explanation: readonly string[];
  /**
   * How likely the answer is right, 0 … 1; null where the adapter brings no figures for it. Where it was
   * withheld, that of the draft, which is for programs: readers are told the reason alone.
   */
  readonly confidence: number | null;
  /** What the reader should know before trusting the rows. */
  readonly warnings: readonly Warning[];
  /**
   * Known questions that are like it, the nearest first, at most three: to ask instead where the answer is
   * withheld or doubtful; none where it is neither, or where the question is not about the data.
   */
  readonly near_questions: readonly string[];
}

export interface Warning {
  /** For programs; that of an abstention where it is its reason. */
  readonly code: Caution['code'] | AbstentionCode;
  /** For people, in the language of the answer. */
  readonly text: string;
}
