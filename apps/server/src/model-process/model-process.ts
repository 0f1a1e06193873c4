/** The model in a process of its own, as the rest of the server sees it. */
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { forkProgram, sourceOf, type TextToSqlItem } from '@quaestor/finsql';
import { type AdapterHub, type AskedDatabase, openHub, reasonOf } from '@quaestor/peft';
import type { ServerConfig } from '../config.ts';
import { ServerError } from '../errors.ts';
import { askedDatabase, NEW_DATABASE, ownAdapter } from '../language/own-adapter.ts';
import type {
  LoadContext,
  LoadedModel,
  LoadModel,
  ModelReport,
  ModelState,
  ReportProgress,
} from '../model-loader.ts';
import { inRepository } from '../repository.ts';
import {
  type CallName,
  type Calls,
  type FromModel,
  receivedError,
  type ToModel,
} from './protocol.ts';

/** Loads the configured model in a child process; one that dies is replaced when it is next needed. */
export function loadInProcess(config: ServerConfig): LoadModel {
  return async (report, signal, context) => {
    const held = new ModelProcess(config, context);
    const stop = () => held.close();
    signal.addEventListener('abort', stop, { once: true });
    try {
      const name = await held.start(report);
      return loadedModel(held, name, context);
    } catch (error) {
      held.close();
      throw error;
    } finally {
      signal.removeEventListener('abort', stop);
    }
  };
}

function loadedModel(held: ModelProcess, name: string, context: LoadContext): LoadedModel {
  return {
    name,
    state: () => held.state,
    finSql: {
      ask: (question, database, options = {}) => {
        const { signal, onStart, onStage, maxRows, timeoutMs, thread } = options;
        const { language, dryRun = false } = options;
        const source = sourceOf(database);
        return held.ask(
          { question, source, dryRun, maxRows, timeoutMs, thread, language },
          {
            signal,
            told: (news) => ('begins' in news ? onStart?.(news.begins) : onStage?.(news.done)),
          },
        );
      },
      close: () => held.close(),
    },
    language: {
      models: () => held.call('models', null, {}),
      write: (request, { signal, onDelta }) =>
        held.call('write', request, { signal, told: onDelta }),
      classify: (request, signal) => held.call('classify', request, { signal }),
      reasons: (request, signal) => held.call('reasons', request, { signal }),
      states: (request, signal) => held.call('states', request, { signal }),
    },
    adapter: {
      name: () => held.adapter,
      byHand: () => held.byHand,
      byDatabase: held.byDatabase,
      own: (database) => held.ownAdapter(askedDatabase(database, context.exemplars())),
      forNew: () => held.ownAdapter(NEW_DATABASE),
      use: (name) => held.useAdapter(name),
      release: () => held.releaseAdapter(),
    },
    report: () => held.report,
    close: () => held.close(),
  };
}

interface CallOptions<Told> {
  readonly signal?: AbortSignal | undefined;
  readonly told?: ((data: Told) => void) | undefined;
}

interface Pending {
  readonly told: ((data: never) => void) | undefined;
  readonly done: (output: never) => void;
  readonly fail: (error: unknown) => void;
}

class ModelProcess {
  readonly #config: ServerConfig;
  readonly #context: LoadContext;
  readonly #hub: AdapterHub;
  readonly #pending = new Map<number, Pending>();
  #child: ChildProcess | undefined;
  #loaded: Promise<string> | undefined;
  #calls = 0;
  #closed = false;
  /** Undefined until the model was loaded once. */
  #adapter: string | null | undefined;
  #byHand = false;
  /** The choice that it was told of: by hand, or (undefined) none; before that, the configuration counts. */
  #chosen: { readonly adapter: string | null | undefined } | undefined;
  /** Base model whose adapters answer each its own databases; null where they cannot. */
  #base: string | null = null;
  #report: ModelReport | null = null;
  #state: ModelState = { state: 'ready', name: '' };
  /** The list that the process was last told. */
  #exemplars: readonly TextToSqlItem[] | undefined;

  constructor(config: ServerConfig, context: LoadContext) {
    this.#config = config;
    this.#context = context;
    this.#hub = openHub([join(config.home, 'adapters'), inRepository('data/adapters')]);
  }

  /** Starts the process unless it runs. @returns the model's name, when it is loaded */
  start(report: ReportProgress = () => {}): Promise<string> {
    if (this.#closed) return Promise.reject(new DOMException('The server ends.', 'AbortError'));
    this.#loaded ??= this.#load(report);
    return this.#loaded;
  }

  /**
   * As `start`, for what is asked after the model was there once.
   * @throws ServerError 'model-failed' when it cannot be loaded again: why is nothing that was asked for
   */
  async #startAgain(): Promise<void> {
    try {
      await this.start();
    } catch (error) {
      if (this.#closed || (error instanceof ServerError && error.code === 'model-failed'))
        throw error;
      throw new ServerError(
        'model-failed',
        'The model could not be loaded again. GET /api/health tells why; it is tried again with the next question.',
        { cause: error },
      );
    }
  }

  /** How the model was when it was last loaded, or could not be. */
  get state(): ModelState {
    return this.#state;
  }

  /** @throws what the work throws there; ServerError 'model-failed' when the process dies of it */
  async call<Name extends CallName>(
    name: Name,
    input: Calls[Name]['in'],
    options: CallOptions<Calls[Name]['told']>,
  ): Promise<Calls[Name]['out']> {
    await this.#startAgain();
    options.signal?.throwIfAborted();
    return this.#request(name, input, options);
  }

  /** Sends a call at once. @throws as `call` */
  async #request<Name extends CallName>(
    name: Name,
    input: Calls[Name]['in'],
    { signal, told }: CallOptions<Calls[Name]['told']>,
  ): Promise<Calls[Name]['out']> {
    const id = ++this.#calls;
    const abort = () => this.#send({ kind: 'abort', id });
    signal?.addEventListener('abort', abort, { once: true });
    try {
      return await new Promise<Calls[Name]['out']>((done, fail) => {
        this.#pending.set(id, { told, done, fail });
        this.#send({ kind: 'call', id, name, input });
      });
    } catch (error) {
      // What was cancelled here is told by its own reason.
      signal?.throwIfAborted();
      throw error;
    } finally {
      this.#pending.delete(id);
      signal?.removeEventListener('abort', abort);
    }
  }

  /** null while no process holds the model. */
  get report(): ModelReport | null {
    return this.#report;
  }

  /** Name of the adapter that answers; null: the base model alone. */
  get adapter(): string | null {
    return this.#adapter ?? null;
  }

  /** Whether that was chosen by hand. */
  get byHand(): boolean {
    return this.#byHand;
  }

  get byDatabase(): boolean {
    return this.#base !== null;
  }

  /** The adapter that is made for a database, or for new ones, and answers questions about it now. */
  ownAdapter(database: AskedDatabase): string | null {
    if (this.#byHand || this.#base === null) return null;
    return ownAdapter(this.#hub, { name: this.#base }, database)?.name ?? null;
  }

  /** @throws as `call` */
  async ask(
    request: Omit<Calls['ask']['in'], 'exemplars'>,
    options: CallOptions<Calls['ask']['told']>,
  ): Promise<Calls['ask']['out']> {
    await this.#startAgain();
    options.signal?.throwIfAborted();
    const now = this.#context.exemplars();
    const exemplars = now === this.#exemplars ? undefined : now;
    const answer = this.#request('ask', { ...request, exemplars }, options);
    this.#exemplars = now;
    return answer;
  }

  /** @throws as `call` */
  async useAdapter(name: string | null): Promise<string> {
    const title = await this.call('useAdapter', name, {});
    this.#answersWith(name, { title, byHand: true });
    return title;
  }

  /** @throws as `call` */
  async releaseAdapter(): Promise<string> {
    const { title, adapter } = await this.call('releaseAdapter', null, {});
    this.#answersWith(adapter, { title, byHand: false });
    return title;
  }

  close(): void {
    this.#closed = true;
    this.#child?.kill('SIGKILL');
  }

  #answersWith(
    adapter: string | null,
    { title, byHand }: { readonly title: string; readonly byHand: boolean },
  ): void {
    this.#adapter = adapter;
    this.#byHand = byHand;
    this.#state = { state: 'ready', name: title };
    this.#chosen = { adapter: byHand ? adapter : undefined };
  }

  #send(message: ToModel): void {
    if (this.#child?.connected === true) this.#child.send(message);
  }

  #load(report: ReportProgress): Promise<string> {
    // One that is started again answers with the adapter that answered before, if it is still there.
    const chosen = this.#chosen;
    const config = chosen === undefined ? this.#config : { ...this.#config, adapter: undefined };
    const activeAdapter = chosen === undefined ? this.#context.activeAdapter() : chosen.adapter;
    const exemplars = this.#context.exemplars();
    const child = forkProgram('model-child', import.meta.url);
    this.#child = child;
    let loaded = false;
    return new Promise((done, fail) => {
      const ended = (error: Error) => {
        if (this.#child !== child) return;
        this.#child = undefined;
        this.#loaded = undefined;
        this.#exemplars = undefined;
        this.#report = null;
        child.kill('SIGKILL');
        if (!loaded) this.#state = { state: 'failed', detail: reasonOf(error), retried: true };
        fail(error);
        for (const { fail: failCall } of this.#pending.values()) failCall(error);
      };
      child.on('message', (message: FromModel) => {
        if (message.kind === 'progress') report(message.step, message.progress);
        else if (message.kind === 'loaded') {
          this.#adapter = message.adapter;
          this.#byHand = message.byHand;
          this.#base = message.byDatabase ? (message.report?.base.name ?? null) : null;
          this.#report = message.report;
          const { name, note } = message;
          this.#state = { state: 'ready', name, ...(note !== undefined && { note }) };
          loaded = true;
          done(message.name);
        } else if (message.kind === 'failed' && message.id === null) {
          ended(receivedError(message.error));
        } else this.#deliver(message);
      });
      child.once('error', (error) => ended(this.#endedError(error.message)));
      child.once('exit', (code, signal) => ended(this.#endedError(signal ?? `exit code ${code}`)));
      this.#exemplars = exemplars;
      this.#send({ kind: 'load', config, activeAdapter, exemplars });
    });
  }

  #endedError(how: string): Error {
    if (this.#closed) return new DOMException('The server ends.', 'AbortError');
    return new ServerError(
      'model-failed',
      `The process of the model ended (${how}) before it answered. It starts again with the next question.`,
    );
  }

  #deliver(message: Extract<FromModel, { readonly kind: 'told' | 'done' | 'failed' }>): void {
    const pending = this.#pending.get(message.id ?? 0);
    if (message.kind === 'told') pending?.told?.(message.data as never);
    else if (message.kind === 'done') pending?.done(message.output as never);
    else pending?.fail(receivedError(message.error));
  }
}
