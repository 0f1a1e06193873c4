import { statSync } from 'node:fs';
import {
  type Adapter,
  type AdapterHub,
  expectBaseModel,
  type HubEntry,
  type LanguageModel,
  mergeStoredAdapter,
} from '@quaestor/peft';

/** Tells an adapter from others, and from itself before it was replaced. */
export function versionOf({ path }: HubEntry): string {
  return `${path} ${statSync(path).mtimeMs}`;
}

/** Somebody who waits until the model is under their adapter. */
interface Waiter {
  readonly name: string | null;
  readonly start: () => void;
  readonly fail: (error: unknown) => void;
}

/**
 * One model in memory under one adapter at a time, folded into its weights. Those who ask for the same
 * one use it at the same time; who asks for another waits until they are done, and later ones behind.
 */
export class AdapterSwitch {
  readonly #model: LanguageModel;
  readonly #hub: Pick<AdapterHub, 'get' | 'list'>;
  #version: string | null = null;
  #adapter: Adapter | null = null;
  #users = 0;
  readonly #waiting: Waiter[] = [];

  /** @param hub where adapters are looked up by name */
  constructor(model: LanguageModel, hub: Pick<AdapterHub, 'get' | 'list'>) {
    this.#model = model;
    this.#hub = hub;
  }

  /** Adapters that fit the model. */
  usable(): readonly HubEntry[] {
    return this.#hub.list().filter((entry) => entry.problem === null && this.#fits(entry));
  }

  /**
   * Waits until the model answers with that adapter, with null as the base; it does until `release`.
   * @throws PeftError 'not-found' | 'mismatch' | 'bad-file', after which it is the base; the signal's reason
   */
  async hold(name: string | null, signal?: AbortSignal): Promise<{ release(): void }> {
    signal?.throwIfAborted();
    await new Promise<void>((start, fail) => {
      const waiter: Waiter = { name, start, fail };
      const leave = () => {
        const place = this.#waiting.indexOf(waiter);
        if (place < 0) return;
        this.#waiting.splice(place, 1);
        fail(signal?.reason);
        this.#next();
      };
      signal?.addEventListener('abort', leave, { once: true });
      this.#waiting.push(waiter);
      this.#next();
    });
    return {
      release: () => {
        this.#users--;
        this.#next();
      },
    };
  }

  /** Lets in those who may use the model now, in their order. */
  #next(): void {
    for (let waiter = this.#waiting[0]; waiter !== undefined; waiter = this.#waiting[0]) {
      try {
        if (!this.#under(waiter.name)) return;
        this.#users++;
        waiter.start();
      } catch (error) {
        waiter.fail(error);
      }
      this.#waiting.shift();
    }
  }

  /** Puts the model under that adapter. @returns false while others use it under another one */
  #under(name: string | null): boolean {
    const entry = name === null ? null : this.#hub.get(name);
    const version = entry && versionOf(entry);
    if (version === this.#version) return true;
    if (this.#users > 0) return false;
    this.#adapter?.detach();
    this.#adapter = null;
    this.#version = null;
    if (entry === null) return true;
    this.#adapter = mergeStoredAdapter(this.#model, entry);
    this.#version = version;
    return true;
  }

  #fits(entry: HubEntry): boolean {
    try {
      expectBaseModel(entry, this.#model.name);
      return true;
    } catch {
      return false;
    }
  }
}
