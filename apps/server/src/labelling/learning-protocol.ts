/** What the server and the process that learns from labels say to each other. */
import type { Text } from '@quaestor/peft';
import type { ColumnQuestion } from '@quaestor/tabllm';
import type { ReadStates } from '../language/language-service.ts';
import type { SentError } from '../model-process/protocol.ts';
import type { BoundedTable } from './bounded-table.ts';
import type { ColumnImportance, Fit, RowOpinion } from './fit.ts';
import type { ColumnDescription } from './labelling.ts';
import type { LearnRequest } from './learn-labels.ts';
import type { QuestionsRequest } from './table-questions.ts';

export interface TableDescription
  extends Pick<BoundedTable, 'encoding' | 'delimiter' | 'truncated'> {
  /** Those that were kept by an earlier version are English alone. */
  readonly warnings: readonly Text[];
  readonly columns: readonly ColumnDescription[];
  readonly rows: number;
  readonly problemRows: number;
  readonly firstProblems: readonly { readonly row: number; readonly problems: Text[] }[];
}

/** What was said without texts that a language model has not read yet: where it has, it may be said better. */
export interface SaidSoFar<Said> {
  readonly said: Said;
  /** None: it has read all. */
  readonly unread: readonly string[];
}

/** What can be asked: what goes in, what comes out. */
export interface LearningCalls {
  describe: { in: { readonly file: string }; out: TableDescription };
  questions: { in: QuestionsRequest; out: readonly ColumnQuestion[] };
  /** What a language model has read; kept while the process lasts. */
  know: {
    in: { readonly file: string; readonly texts: readonly string[]; readonly read: ReadStates };
    out: null;
  };
  fit: { in: LearnRequest; out: SaidSoFar<Fit> };
  opinions: {
    in: {
      readonly learn: LearnRequest;
      readonly rows: readonly number[];
      readonly explained: boolean;
    };
    out: SaidSoFar<readonly RowOpinion[]>;
  };
  importance: { in: LearnRequest; out: SaidSoFar<readonly ColumnImportance[]> };
}

export type LearningCall = keyof LearningCalls;

export interface ToLearning {
  readonly id: number;
  readonly name: LearningCall;
  readonly input: unknown;
}

export type FromLearning =
  | { readonly id: number; readonly output: unknown }
  | { readonly id: number; readonly error: SentError };
