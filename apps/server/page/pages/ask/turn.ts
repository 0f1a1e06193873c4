import type { Answer, Stage } from '@quaestor/finsql';

/** An answer and the name under which the server keeps it. */
export type KeptAnswer = Answer & {
  readonly id: string;
  /** The question as it was understood, where a follow-up was completed from the thread. */
  readonly standalone_question?: string | null;
  /** Why there are no rows, where the server rather gives a reason than rows that are likely wrong. */
  readonly abstained?: { readonly reason: string } | null;
};

/** What runs now: a stage, or waiting for the model or for other questions. */
export type StepName = Stage['name'] | 'model' | 'queued';

export interface Step {
  readonly name: StepName;
  /** Questions that come first, while it is queued. */
  readonly ahead?: number;
  /** When it began, by performance.now(). */
  readonly since: number;
}

interface TurnOf<State extends string> {
  readonly state: State;
  /** Of this page only. */
  readonly key: number;
  /** Under which the server has it; null until it was taken on. */
  readonly id: string | null;
  readonly question: string;
  readonly database: string;
}

export interface RunningTurn extends TurnOf<'running'> {
  readonly stages: readonly Stage[];
  /** Null between two stages. */
  readonly step: Step | null;
}

/** One question of the thread and how far it is. */
export type Turn =
  | RunningTurn
  | (TurnOf<'answered'> & { readonly answer: KeptAnswer })
  | (TurnOf<'failed'> & {
      readonly problem: unknown;
      /** The statement that was run last; null where none was. */
      readonly draft: string | null;
    })
  | (TurnOf<'stopped'> & { readonly stages: readonly Stage[] })
  /** Asked before the page was loaded, and the server has nothing of it. */
  | TurnOf<'unanswered'>;

export type AnsweredTurn = Extract<Turn, { readonly state: 'answered' }>;
export type FailedTurn = Extract<Turn, { readonly state: 'failed' }>;
