/** What the server and the process that holds the model say to each other. */
import type {
  Answer,
  DatabaseSource,
  Language,
  Stage,
  TextToSqlItem,
  Turn,
} from '@quaestor/finsql';
import type { Text } from '@quaestor/peft';
import type { ServerConfig } from '../config.ts';
import type { ClassifiedTable, ClassifyRequest } from '../language/classify-table.ts';
import type {
  ReadStates,
  Reasons,
  ReasonsRequest,
  ServedModel,
  StatesRequest,
  TextDelta,
  TextRequest,
  TextUsage,
} from '../language/language-service.ts';
import type { ModelReport } from '../model-loader.ts';
import { chineseOf } from '../problem-words/chinese-of.ts';

export interface AskRequest {
  /** Those of now, where they have changed since the process was last told. */
  readonly exemplars: readonly TextToSqlItem[] | undefined;
  readonly question: string;
  readonly source: DatabaseSource;
  readonly dryRun: boolean;
  readonly maxRows: number | undefined;
  readonly timeoutMs: number | undefined;
  readonly thread: readonly Turn[] | undefined;
  readonly language: Language | undefined;
}

/** That a stage begins, or is done. */
export type StageNews = { readonly begins: Stage['name'] } | { readonly done: Stage };

/** What can be asked of the model: what goes in, what is told meanwhile, what comes out. */
export interface Calls {
  ask: { in: AskRequest; told: StageNews; out: Answer };
  write: { in: TextRequest; told: TextDelta; out: TextUsage };
  classify: { in: ClassifyRequest; told: never; out: ClassifiedTable };
  reasons: { in: ReasonsRequest; told: never; out: Reasons };
  states: { in: StatesRequest; told: never; out: ReadStates };
  /** The name of an adapter, null for none; out comes the model's name with it. */
  useAdapter: { in: string | null; told: never; out: string };
  /** Out comes the model's name, and the adapter that answers where a database has none of its own. */
  releaseAdapter: {
    in: null;
    told: never;
    out: { readonly title: string; readonly adapter: string | null };
  };
  models: { in: null; told: never; out: readonly ServedModel[] };
}

export type CallName = keyof Calls;

export type ToModel =
  | {
      readonly kind: 'load';
      readonly config: ServerConfig;
      readonly activeAdapter: string | null | undefined;
      /** Those of now: there are thousands, and nobody waits yet while they are sent. */
      readonly exemplars: readonly TextToSqlItem[];
    }
  | { readonly kind: 'call'; readonly id: number; readonly name: CallName; readonly input: unknown }
  | { readonly kind: 'abort'; readonly id: number };

export type FromModel =
  | { readonly kind: 'progress'; readonly step: Text; readonly progress: number | undefined }
  | {
      readonly kind: 'loaded';
      readonly name: string;
      /** As of the loaded model. */
      readonly note: Text | undefined;
      readonly adapter: string | null;
      readonly byHand: boolean;
      readonly byDatabase: boolean;
      readonly report: ModelReport | null;
    }
  | { readonly kind: 'told'; readonly id: number; readonly data: unknown }
  | { readonly kind: 'done'; readonly id: number; readonly output: unknown }
  /** Without an id, the model could not be loaded. */
  | { readonly kind: 'failed'; readonly id: number | null; readonly error: SentError };

/** As much of an error as a client may be told, and a log needs. */
export interface SentError {
  readonly name: string;
  readonly code: string | undefined;
  readonly message: string;
  readonly problems: readonly string[];
  readonly stack: string | undefined;
  readonly chinese: string | undefined;
  readonly chineseProblems: readonly string[] | undefined;
}

export function sentError(error: unknown): SentError {
  if (!(error instanceof Error)) return sentError(new Error(String(error)));
  const { name, message, stack } = error;
  return {
    name,
    message,
    stack,
    code: 'code' in error && typeof error.code === 'string' ? error.code : undefined,
    problems: 'problems' in error && Array.isArray(error.problems) ? error.problems : [],
    ...chineseOf(error),
  };
}

/** The error again, told by its code as it was there. */
export function receivedError({ stack, code, message, ...rest }: SentError): Error {
  const error = Object.assign(new Error(message), { ...rest, ...(code && { code }) });
  if (stack !== undefined) error.stack = stack;
  return error;
}
