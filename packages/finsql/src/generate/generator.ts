import type { Finish, TextAutomaton } from '@quaestor/peft';

/** One candidate text for one prompt. */
export interface Completion {
  /** Index of the prompt in the request. */
  readonly prompt: number;
  /** Which of the n candidates of that prompt, from 0. */
  readonly candidate: number;
  readonly text: string;
  /** Sum of the log-probabilities of the generated tokens; null where the model's server keeps them back. */
  readonly logProbability: number | null;
  /** An estimate where the model's server does not tell. */
  readonly tokens: number;
  readonly finish: Finish;
}

export interface GenerateRequest {
  /** Candidates per prompt. Default 1. */
  readonly n?: number;
  /** 0 = greedy (default). */
  readonly temperature?: number;
  readonly topP?: number;
  readonly topK?: number;
  /** Default 160. */
  readonly maxTokens?: number;
  /** Texts that end a completion; not part of it. */
  readonly stop?: readonly string[];
  readonly seed?: number;
  /** What the text of each prompt must obey while it is written; one that cannot hold it refuses. */
  readonly constraints?: readonly (TextAutomaton | undefined)[] | undefined;
  /** For each prompt, a text that its completion is likely to repeat, which may make it faster; it stays the same. */
  readonly likely?: readonly string[] | undefined;
  readonly signal?: AbortSignal;
}

/**
 * A language model as the pipeline sees it. Implementations: `peft-generator.ts`, `llama-generator.ts`,
 * `remote-generator.ts`, and a scripted one for tests.
 */
export interface Generator {
  /** Shown in the trace, e.g. `SmolLM2-135M-Instruct + finance-sql`. */
  readonly name: string;
  /** Length of a text in tokens, for prompt budgets. */
  countTokens(text: string): number;
  /**
   * Yields each completion as it is finished, in any order.
   * @throws FinSqlError `bad-config` for what it cannot do, `no-generator` when nobody answers,
   * `generation-failed` when the answer is of no use
   */
  generate(prompts: readonly string[], request?: GenerateRequest): AsyncIterable<Completion>;
}
