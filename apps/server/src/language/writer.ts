/** Requests for text in turn with questions, since all share one model, and within the same deadline. */
import type { AskQueue } from '../ask/ask-queue.ts';
import { withinDeadline } from '../ask/within-deadline.ts';
import { ServerError } from '../errors.ts';
import type { Metrics } from '../metrics.ts';
import type { ModelLoader } from '../model-loader.ts';
import type { ClassifiedTable, ClassifyRequest } from './classify-table.ts';
import type {
  LanguageService,
  ReadStates,
  Reasons,
  ReasonsRequest,
  ServedModel,
  StatesRequest,
  TextDelta,
  TextRequest,
  TextUsage,
} from './language-service.ts';

export interface WriterOptions {
  readonly model: ModelLoader;
  readonly queue: AskQueue;
  readonly metrics: Metrics;
  /** Longest time for one request, from when its turn comes. */
  readonly askSeconds: number;
}

export interface Writer {
  /** @throws ServerError 'model-loading' | 'model-failed' | 'no-generator' */
  models(): Promise<readonly ServedModel[]>;
  /** @throws ServerError 'too-busy' when a request would have to be refused now */
  expectRoom(): void;
  /** @throws as `models`, 'too-busy', 'timeout', or what `LanguageService.write` throws */
  write(
    request: TextRequest,
    signal: AbortSignal,
    onDelta: (delta: TextDelta) => void,
  ): Promise<TextUsage>;
  /** @throws as `models`, 'too-busy', 'timeout', or what `classifyTable` throws */
  classify(request: ClassifyRequest, signal: AbortSignal): Promise<ClassifiedTable>;
  /** Whether there is a language model in memory. */
  readonly ready: boolean;
  /** @throws as `models`, 'too-busy', 'timeout' */
  reasons(request: ReasonsRequest, signal: AbortSignal): Promise<Reasons>;
  /** @throws as `models`, 'too-busy', 'timeout' */
  states(request: StatesRequest, signal: AbortSignal): Promise<ReadStates>;
}

export function createWriter({ model, queue, metrics, askSeconds }: WriterOptions): Writer {
  const service = (): LanguageService => {
    const { language } = model.loaded;
    if (language !== undefined) return language;
    throw new ServerError('no-generator', 'This server has no language model to write with.');
  };
  const inTurn = async <Result>(
    signal: AbortSignal,
    work: (language: LanguageService, signal: AbortSignal) => Promise<Result>,
  ): Promise<Result> => {
    const language = service();
    return queue.run(() => withinDeadline(askSeconds, signal, (both) => work(language, both)), {
      signal,
      work: { what: 'classification', client: null },
    });
  };
  return {
    models: async () => service().models(),
    expectRoom: () => queue.expectRoom(),
    async write(request, signal, onDelta) {
      const language = service();
      const usage = await queue.run(
        () =>
          withinDeadline(askSeconds, signal, (both) =>
            language.write(request, { signal: both, onDelta }),
          ),
        { signal, work: { what: 'text', client: null } },
      );
      metrics.tokens('prompt', usage.promptTokens);
      metrics.tokens('completion', usage.completionTokens);
      return usage;
    },
    classify: (request, signal) =>
      inTurn(signal, (language, both) => language.classify(request, both)),
    get ready() {
      return model.state.state === 'ready' && model.loaded.language !== undefined;
    },
    reasons: (request, signal) =>
      inTurn(signal, (language, both) => language.reasons(request, both)),
    states: (request, signal) => inTurn(signal, (language, both) => language.states(request, both)),
  };
}
