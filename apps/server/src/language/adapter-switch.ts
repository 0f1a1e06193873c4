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
  /** When they began to wait, in milliseconds. */
  readonly since: number;
  readonly start: () => void;
  readonly fail: (error: unknown) => void;
}

export interface SwitchPatience {
  /**
   * Milliseconds that those who ask for the adapter in force may overtake one who waits for another,
   * since the latter came or the former was put in force.
   */
  readonly patience: number;
  /** Milliseconds that an unused adapter stays for those who may ask for it again at once. */
  readonly lingers: number;
}

/**
 * A change costs about a second, and a question writes several times with milliseconds between: without
 * patience, questions about two databases would change the weights for each of their drafts.
 */
const PATIENCE: SwitchPatience = { patience: 5_000, lingers: 250 };

/**
 * One model in memory under one adapter at a time, folded into its weights. Those who ask for the same
 * one use it at the same time; who asks for another waits until they are done, and is overtaken by
 * those who ask for the one in force for so long as is patient.
 */
export class AdapterSwitch {
  readonly #model: LanguageModel;
  readonly #hub: Pick<AdapterHub, 'get' | 'list'>;
  #version: string | null = null;
  #adapter: Adapter | null = null;
  #users = 0;
  /** When the adapter in force came, and when the last one who used it was done. */
  #came = Number.NEGATIVE_INFINITY;
  #left = Number.NEGATIVE_INFINITY;
  #waiting: Waiter[] = [];
  #later: NodeJS.Timeout | undefined;
  readonly #patience: SwitchPatience;

  /** @param hub where adapters are looked up by name */
  constructor(
    model: LanguageModel,
    hub: Pick<AdapterHub, 'get' | 'list'>,
    patience: SwitchPatience = PATIENCE,
  ) {
    this.#model = model;
    this.#hub = hub;
    this.#patience = patience;
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
    this.#versionOf(name); // one that is not there is refused at once
    await new Promise<void>((start, fail) => {
      const waiter: Waiter = { name, since: performance.now(), start, fail };
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
        this.#left = performance.now();
        this.#next();
      },
    };
  }

  /** Lets in those who may use the model now, in their order. */
  #next(): void {
    clearTimeout(this.#later);
    for (;;) {
      const waiter = this.#first();
      if (waiter === undefined) return;
      this.#waiting = this.#waiting.filter((other) => other !== waiter);
      try {
        this.#use(waiter.name);
        this.#users++;
        waiter.start();
      } catch (error) {
        waiter.fail(error);
      }
    }
  }

  /** Who is next; undefined: nobody yet. */
  #first(): Waiter | undefined {
    const inForce = this.#waiting.find(({ name }) => this.#isInForce(name));
    const other = this.#waiting.find(
      (waiter) => waiter !== inForce && !this.#isInForce(waiter.name),
    );
    if (other === undefined) return inForce;
    const now = performance.now();
    const isPatient = now - Math.max(other.since, this.#came) < this.#patience.patience;
    if (inForce && (isPatient || this.#isBefore(inForce, other))) return inForce;
    if (this.#users > 0) return undefined;
    const lingers = this.#left + this.#patience.lingers - now;
    if (!isPatient || lingers <= 0) return other;
    this.#later = setTimeout(() => this.#next(), lingers);
    return undefined;
  }

  #isBefore(one: Waiter, other: Waiter): boolean {
    return this.#waiting.indexOf(one) < this.#waiting.indexOf(other);
  }

  /** Whether the model is under that adapter; one that cannot be had is in force for nobody. */
  #isInForce(name: string | null): boolean {
    try {
      return this.#versionOf(name) === this.#version;
    } catch {
      return false;
    }
  }

  #versionOf(name: string | null): string | null {
    return name === null ? null : versionOf(this.#hub.get(name));
  }

  /** Puts the model, which nobody uses, under that adapter, unless it is. */
  #use(name: string | null): void {
    const version = this.#versionOf(name);
    if (version === this.#version) return;
    this.#adapter?.detach();
    this.#adapter = null;
    this.#version = null;
    this.#came = performance.now();
    if (name === null) return;
    this.#adapter = mergeStoredAdapter(this.#model, this.#hub.get(name));
    this.#version = version;
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
