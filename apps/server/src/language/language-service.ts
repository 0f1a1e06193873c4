/** The language model itself, beside the pipeline over it: text in, text out, by name of an adapter. */
import type { ChatMessage } from '@quaestor/peft';
import type { ClassifiedTable, ClassifyRequest } from './classify-table.ts';

/** A model that can be asked for by name: the base, or the base with an adapter. */
export interface ServedModel {
  readonly id: string;
  /** The base model's name; null for the base itself. */
  readonly parent: string | null;
  /** Names of the databases that it is made for; none: for any. */
  readonly databases: readonly string[];
  /** Seconds since 1970. */
  readonly created: number;
}

export interface TextRequest {
  readonly model: string;
  /** A conversation, written by the model's own template, or texts to go on with. */
  readonly input:
    | { readonly messages: readonly ChatMessage[] }
    | { readonly prompts: readonly string[] };
  /** Completions of each prompt. */
  readonly n: number;
  readonly temperature: number;
  readonly topP: number;
  /** Default: 512; never more than the context has room for. */
  readonly maxTokens?: number | undefined;
  readonly stop: readonly string[];
  readonly seed: number;
}

/** One written token. */
export interface TextToken {
  readonly text: string;
  readonly bytes: readonly number[];
  /** Natural logarithm of its probability at temperature 1. */
  readonly logProbability: number;
}

/** What was added to a choice. */
export interface TextDelta {
  /** prompt · n + candidate */
  readonly choice: number;
  readonly text: string;
  readonly tokens: readonly TextToken[];
  /** Null while it goes on. */
  readonly finish: 'stop' | 'length' | null;
}

export interface TextUsage {
  readonly promptTokens: number;
  readonly completionTokens: number;
}

/** Columns that are asked about, see `ReasonScorer`. */
export interface ReasonsRequest {
  readonly question: string;
  /** Word of each class. */
  readonly words: readonly string[];
  readonly columns: readonly { readonly name: string; readonly values: readonly string[] }[];
}

/** How likely each value is as the reason for each class: log-scores [columns][values][classes]. */
export type Reasons = readonly (readonly (readonly number[])[])[];

/** Texts that a language model reads, see `textStates`. */
export interface StatesRequest {
  readonly texts: readonly string[];
}

/** What it makes of them. */
export interface ReadStates {
  /** Name of the language model. */
  readonly model: string;
  /** Numbers of a state. */
  readonly width: number;
  /** float32 [texts, width], little-endian, in base64. */
  readonly states: string;
}

export interface LanguageService {
  models(): Promise<readonly ServedModel[]>;
  /**
   * Writes, telling of each piece of text when it is settled: no half characters, and nothing that
   * may turn out to begin a stop text. Every choice ends with a delta that has a `finish`.
   * @throws ServerError 'no-such-model' | 'bad-request' when a prompt leaves no room; the signal's reason
   */
  write(
    request: TextRequest,
    options: { readonly signal: AbortSignal; readonly onDelta: (delta: TextDelta) => void },
  ): Promise<TextUsage>;
  /** @throws TabLlmError for a table that nothing can be learned from; the signal's reason */
  classify(request: ClassifyRequest, signal: AbortSignal): Promise<ClassifiedTable>;
  /** Stops between two columns. @throws the signal's reason */
  reasons(request: ReasonsRequest, signal: AbortSignal): Promise<Reasons>;
  /** Stops between some texts and others. @throws the signal's reason */
  states(request: StatesRequest, signal: AbortSignal): Promise<ReadStates>;
}
