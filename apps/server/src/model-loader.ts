import type { FinSql, TextToSqlItem } from '@quaestor/finsql';
import { type ProductSpeed, reasonOf, type Text } from '@quaestor/peft';
import { ServerError } from './errors.ts';
import type { LanguageService } from './language/language-service.ts';

/** What `/api/health` and the page show of the model. */
export type ModelState =
  | { readonly state: 'loading'; readonly step: Text; readonly progress: number | null }
  | {
      readonly state: 'ready';
      readonly name: string;
      /** That another adapter answers than the one that was chosen. */
      readonly note?: Text | undefined;
    }
  | {
      readonly state: 'failed';
      readonly detail: Text;
      /** Whether the next question loads it once more. */
      readonly retried: boolean;
    };

/** The adapter that questions are answered with. */
export interface AdapterPlace {
  /** null: the base model alone. */
  name(): string | null;
  /** Whether it was chosen by hand, and so answers questions about every database. */
  byHand(): boolean;
  /** Whether this model can answer each database with the adapter that is made for it. */
  readonly byDatabase: boolean;
  /** The adapter that is made for a database and answers questions about it now; null: the one of `name`. */
  own(database: string): string | null;
  /** The adapter that answers questions about databases of which little is known; null: the one of `name`. */
  forNew(): string | null;
  /** Nothing may be asked meanwhile. @returns the model's name with it @throws PeftError; then all is as before */
  use(name: string | null): Promise<string>;
  /** Gives the choice by hand back. @returns and throws as `use` */
  release(): Promise<string>;
}

/** What a model is and what computes it; for operators. */
export interface ModelReport {
  readonly engine: {
    readonly name: string;
    /** Version of TensorFlow; null on engines without it. */
    readonly tensorflow: string | null;
    readonly precision: string;
    readonly storage: string;
    /** Whether answers are computed in products of bytes. */
    readonly bytes: boolean;
    /** Whether the kernels compiled for this processor are used. */
    readonly fused: boolean;
    /** GFLOP/s of a matrix product, where it was measured. */
    readonly speed: ProductSpeed | null;
    readonly notes: readonly Text[];
  };
  readonly base: {
    readonly name: string;
    readonly layers: number;
    readonly width: number;
    readonly vocabulary: number;
    /** Tokens. */
    readonly context: number;
  };
  /** The process that holds it. */
  readonly pid: number;
}

/** What a model is loaded beside. */
export interface LoadContext {
  /** Questions with known SQL as of now; the same list until something changes. */
  readonly exemplars: () => readonly TextToSqlItem[];
  /** Adapter that was chosen by hand; null: the base model alone; undefined: none is. */
  readonly activeAdapter: () => string | null | undefined;
}

/** A pipeline with its model in memory. */
export interface LoadedModel {
  /** Shown to the user, e.g. `SmolLM2-135M-Instruct + finance-sql`. */
  readonly name: string;
  /** That another adapter answers than the one that was chosen. */
  readonly note?: Text | undefined;
  /** How it is now, where it may be lost and loaded again. */
  readonly state?: () => ModelState;
  readonly finSql: FinSql;
  /** The language model itself, where there is one to write with. */
  readonly language?: LanguageService;
  /** Where it can be changed while the model is loaded. */
  readonly adapter?: AdapterPlace;
  /** What it is, where that is known. */
  readonly report?: () => ModelReport | null;
  close(): Promise<void> | void;
}

/** Tells how far loading is: a step in words and, where it is known, a share from 0 to 1. */
export type ReportProgress = (step: Text, progress?: number) => void;

export type LoadModel = (
  report: ReportProgress,
  signal: AbortSignal,
  context: LoadContext,
) => Promise<LoadedModel>;

/** Loads the model in the background, once, so that the page can be served meanwhile. */
export class ModelLoader {
  readonly #load: LoadModel;
  readonly #context: LoadContext;
  readonly #abort = new AbortController();
  #state: ModelState = {
    state: 'loading',
    step: { en: 'starting', zh: '正在启动' },
    progress: null,
  };
  #model: LoadedModel | undefined;
  #done: Promise<void> | undefined;

  constructor(load: LoadModel, context: LoadContext) {
    this.#load = load;
    this.#context = context;
  }

  get state(): ModelState {
    return this.#model?.state?.() ?? this.#state;
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
      // Why is told where it is known who asks: it may name paths and adapters.
      throw new ServerError(
        'model-failed',
        'The model could not be loaded. GET /api/health tells why, and so does the log of the server.',
      );
    }
    throw new ServerError('model-loading', 'The model is still loading. Ask again in a moment.', {
      retryAfter: 2,
    });
  }

  /** @throws as `loaded` */
  get finSql(): FinSql {
    return this.loaded.finSql;
  }

  /** null before it is loaded, and where it is not known. */
  get report(): ModelReport | null {
    return this.#model?.report?.() ?? null;
  }

  /** Name of the adapter that answers; null: the base model alone, or nothing yet. */
  get adapter(): string | null {
    return this.#model?.adapter?.name() ?? null;
  }

  /** Whether it was chosen by hand, and so answers questions about every database. */
  get adapterByHand(): boolean {
    return this.#model?.adapter?.byHand() ?? false;
  }

  /** The adapter that is made for a database and answers questions about it now; null: the one of `adapter`. */
  ownAdapter(database: string): string | null {
    return this.#model?.adapter?.own(database) ?? null;
  }

  /** The adapter that is made for new databases and answers questions about them now; null: the one of `adapter`. */
  get adapterForNew(): string | null {
    return this.#model?.adapter?.forNew() ?? null;
  }

  /**
   * Answers everything with another adapter. Nothing may be asked meanwhile.
   * @param name null: the base model alone
   * @throws as `loaded`; ServerError 'conflict' where it cannot be changed; what is wrong with the adapter
   */
  async useAdapter(name: string | null): Promise<void> {
    this.#state = { state: 'ready', name: await this.#adapterPlace.use(name) };
  }

  /**
   * Answers each database with the adapter that is made for it again, and others with the one for all.
   * Nothing may be asked meanwhile.
   * @throws as `useAdapter`
   */
  async releaseAdapter(): Promise<void> {
    this.#state = { state: 'ready', name: await this.#adapterPlace.release() };
  }

  get #adapterPlace(): AdapterPlace {
    const { adapter } = this.loaded;
    if (adapter === undefined) {
      throw new ServerError('conflict', {
        en: 'The adapter of this model cannot be changed.',
        zh: '这个模型的适配器不能更换。',
      });
    }
    return adapter;
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
      this.#model = await this.#load(report, this.#abort.signal, this.#context);
      const { name, note } = this.#model;
      this.#state = { state: 'ready', name, ...(note !== undefined && { note }) };
    } catch (error) {
      this.#state = { state: 'failed', detail: reasonOf(error), retried: false };
    }
  }
}
