/** What the server says of methods and of what there is to learn from. */

export interface Method {
  readonly name: string;
  readonly type: string;
  readonly family: 'input' | 'model' | 'output' | 'selected' | 'low-rank';
  readonly paper: string;
  readonly parameters: string;
  readonly learning_rate: number;
  readonly defaults: Readonly<Record<string, unknown>>;
  readonly settings: Readonly<Record<string, unknown>>;
}

export interface TrainingData {
  readonly questions: number;
  readonly approved: number;
  readonly held_out: number;
  readonly databases: readonly { readonly name: string; readonly questions: number }[];
}

/** Figures of a step of training. */
export interface TrainStep {
  readonly step: number;
  readonly totalSteps: number;
  readonly loss: number;
  readonly tokensPerSecond: number;
  readonly memory: number;
}
