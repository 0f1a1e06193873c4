import type { FinSql } from '@quaestor/finsql';
import { ServerError } from './errors.ts';
import type { LanguageService } from './language/language-service.ts';

/** What `/api/health` and the page show of the model. */
export type ModelState =
  | { readonly state: 'loading'; readonly step: string; readonly progress: number | null }
  | { readonly state: 'ready'; readonly name: string }
  | { readonly state: 'failed'; readonly detail: string };

/** A pipeline with its model in memory. */
export interface LoadedModel {
  /** Shown to the user, e.g. `SmolLM2-135M-Instruct + finance-sql`. */
  readonly name: string;
  readonly finSql: FinSql;
  /** The language model itself, where there is one to write with. */
  readonly language?: LanguageService;
  close(): Promise<void> | void;
}

/** Tells how far loading is: a step in words and, where it is known, a share from 0 to 1. */
export type ReportProgress = (step: string, progress?: number) => void;

export type LoadModel = (report: ReportProgress, signal: AbortSignal) => Promise<LoadedModel>;

/** Loads the model in the background, once, so that the page can be served meanwhile. */
export class ModelLoader {
  readonly #load: LoadModel;
  readonly #abort = new AbortController();
  #state: ModelState = { state: 'loading', step: 'starting', progress: null };
  #model: LoadedModel | undefined;
  #done: Promise<void> | undefined;

  constructor(load: LoadModel) {
    this.#load = load;
  }

  get state(): ModelState {
    return this.#state;
  }

  /** Resolves when loading has ended, well or not; `state` tells which. */
  start(): Promise<void> {
    this.#done ??= this.#run();
    return this.#done;
  }

  /** @throws ServerError 'model-loading' | 'model-failed' */
  get loaded(): LoadedModel {
    if (this.#model !== undefined) return this.#model;
    if (this.#state.state === 'failed') {
      throw new ServerError('model-failed', `The model could not be loaded. ${this.#state.detail}`);
    }
    throw new ServerError('model-loading', 'The model is still loading. Ask again in a moment.', {
      retryAfter: 2,
    });
  }

  /** @throws as `loaded` */
  get finSql(): FinSql {
    return this.loaded.finSql;
  }

  async close(): Promise<void> {
    this.#abort.abort();
    await this.#done;
    await this.#model?.close();
    this.#model = undefined;
  }

  async #run(): Promise<void> {
    const report: ReportProgress = (step, progress) => {
      this.#state = { state: 'loading', step, progress: progress ?? null };
    };
    try {
      this.#model = await this.#load(report, this.#abort.signal);
      this.#state = { state: 'ready', name: this.#model.name };
    } catch (error) {
      this.#state = {
        state: 'failed',
        detail: error instanceof Error ? error.message : String(error),
      };
    }
  }
}
