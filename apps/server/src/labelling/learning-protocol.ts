/** What the server and the process that learns from labels say to each other. */
import type { Text } from '@quaestor/peft';
import type { ColumnQuestion } from '@quaestor/tabllm';
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

/** What can be asked: what goes in, what comes out. */
export interface LearningCalls {
  describe: { in: { readonly file: string }; out: TableDescription };
  questions: { in: QuestionsRequest; out: readonly ColumnQuestion[] };
  fit: { in: LearnRequest; out: Fit };
  opinions: {
    in: {
      readonly learn: LearnRequest;
      readonly rows: readonly number[];
      readonly explained: boolean;
    };
    out: readonly RowOpinion[];
  };
  importance: { in: LearnRequest; out: readonly ColumnImportance[] };
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
