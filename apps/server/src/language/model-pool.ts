import {
  type Adapter,
  type AdapterHub,
  expectBaseModel,
  type HubEntry,
  type LanguageModel,
  mergeStoredAdapter,
  modelView,
  PeftError,
  type SharedGeneration,
  shareGeneration,
} from '@quaestor/peft';
import { contentOf } from './adapter-content.ts';

/** The base model in memory, under the adapter that somebody holds. */
export interface HeldModel {
  readonly model: LanguageModel;
  /** Of those who hold the same adapter. */
  readonly shared: SharedGeneration;
  release(): void;
}

/** A view of the base, under one adapter at a time. */
interface Copy extends Omit<HeldModel, 'release'> {
  /** What it is under (`contentOf`); null: nothing. */
  content: string | null;
  adapter: Adapter | null;
  users: number;
  /** When the adapter in force came, and when the last one who used it was done, in milliseconds. */
  came: number;
  left: number;
}

/** Somebody who waits until a copy is under their adapter. */
interface Waiter {
  readonly name: string | null;
  /** When they began to wait, in milliseconds. */
  readonly since: number;
  readonly start: (copy: Copy) => void;
  readonly fail: (error: unknown) => void;
}

export interface PoolOptions {
  /** Adapters at a time at most; each takes as much memory as what it changes, some 0.2 GB of 135M parameters, 0.3 where answers are computed in bytes. */
  readonly most: number;
  /**
   * Milliseconds that those who ask for an adapter in force may overtake one who waits for another,
   * since the latter came or the former was put in force.
   */
  readonly patience: number;
  /** Milliseconds that an unused adapter stays for those who may ask for it again at once. */
  readonly lingers: number;
}

/**
 * Three: an adapter that is made for one database goes on from the one for all others, which is so the
 * second of the former, and has a second itself. A change costs half a second, and a question writes several
 * times with milliseconds between: without patience, many questions that take more adapters than there are
 * copies would change the weights for each of their drafts.
 */
const DEFAULTS: PoolOptions = { most: 3, patience: 5_000, lingers: 250 };

/** What the name of a second adapter ends with (`HubEntry.second`). */
const SECOND = '/second';

/**
 * The base model in memory, as it is and in copies under one adapter each, folded into what weights it
 * changes; the others are shared. Those who ask for the same one use it at the same time, and for adapters
 * of the same content, too. Who asks for one that no copy is under gets a new copy; where there are copies
 * enough, they wait until one is left, and are overtaken by those who ask for what it is under for so long
 * as is patient.
 */
export class ModelPool {
  /** Never under an adapter. */
  readonly base: LanguageModel;
  readonly #hub: Pick<AdapterHub, 'get' | 'list'>;
  readonly #options: PoolOptions;
  readonly #bare: Copy;
  /** Those under adapters. */
  readonly #copies: Copy[] = [];
  #waiting: Waiter[] = [];
  #later: NodeJS.Timeout | undefined;

  /**
   * @param base disposed with the pool
   * @param hub where adapters are looked up by name; the second one of an adapter as `NAME/second`
   */
  constructor(
    base: LanguageModel,
    hub: Pick<AdapterHub, 'get' | 'list'>,
    options: Partial<PoolOptions> = {},
  ) {
    this.base = base;
    this.#hub = hub;
    this.#options = { ...DEFAULTS, ...options };
    this.#bare = copyOf(base);
  }

  /** Adapters that fit the model. */
  usable(): readonly HubEntry[] {
    return this.#hub.list().filter((entry) => entry.problem === null && this.#fits(entry));
  }

  /**
   * Waits until a model answers with that adapter, with null as the base; it does until `release`.
   * @throws PeftError 'not-found' | 'mismatch' | 'bad-file'; the signal's reason
   */
  async hold(name: string | null, signal?: AbortSignal): Promise<HeldModel> {
    signal?.throwIfAborted();
    this.#contentOf(name); // one that is not there is refused at once
    const copy = await this.#wait(name, signal);
    return {
      model: copy.model,
      shared: copy.shared,
      release: () => {
        copy.users--;
        copy.left = performance.now();
        this.#next();
      },
    };
  }

  /** Gives the memory back, once nobody holds a model any more. */
  close(): void {
    clearTimeout(this.#later);
    for (const { adapter } of this.#copies.splice(0)) adapter?.detach();
    this.base.dispose();
  }

  async #wait(name: string | null, signal: AbortSignal | undefined): Promise<Copy> {
    let leave = () => {};
    try {
      return await new Promise<Copy>((start, fail) => {
        const waiter: Waiter = { name, since: performance.now(), start, fail };
        leave = () => {
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
    } finally {
      signal?.removeEventListener('abort', leave);
    }
  }

  /** Lets in those who may use a copy now, in their order. */
  #next(): void {
    clearTimeout(this.#later);
    for (;;) {
      const turn = this.#turn();
      if (turn === undefined) return;
      const { waiter, copy } = turn;
      this.#waiting = this.#waiting.filter((other) => other !== waiter);
      try {
        this.#put(copy, waiter.name);
        copy.users++;
        waiter.start(copy);
      } catch (error) {
        waiter.fail(error);
      }
    }
  }

  /** Who is next, and on which copy; undefined: nobody yet. */
  #turn(): { readonly waiter: Waiter; readonly copy: Copy } | undefined {
    const asked = this.#waiting.map((waiter) => ({ waiter, copy: this.#under(waiter.name) }));
    const place = asked.findIndex(({ copy }) => copy === undefined);
    const other = asked[place]?.waiter;
    const given = other && this.#copyToGive();
    const now = performance.now();
    const isPatient =
      other && given && now - Math.max(other.since, given.came) < this.#options.patience;
    for (const [at, { waiter, copy }] of asked.entries()) {
      const overtakes = at > place && other !== undefined;
      if (copy !== undefined && (!overtakes || copy !== given || isPatient))
        return { waiter, copy };
    }
    if (other === undefined || given === undefined || given.users > 0) return undefined;
    const lingers = given.left + this.#options.lingers - now;
    if (!isPatient || lingers <= 0) return { waiter: other, copy: given };
    this.#later = setTimeout(() => this.#next(), lingers);
    return undefined;
  }

  /** The copy under that adapter; none where it cannot be had. */
  #under(name: string | null): Copy | undefined {
    try {
      const content = this.#contentOf(name);
      if (content === null) return this.#bare;
      return this.#copies.find((copy) => copy.content === content);
    } catch {
      return undefined;
    }
  }

  /**
   * Whose weights change for somebody who waits: a new copy's, while there may be more; else those of the one
   * that is unused the longest, or has had its adapter the longest.
   */
  #copyToGive(): Copy | undefined {
    const unused = this.#copies.find(({ content }) => content === null);
    if (unused !== undefined) return unused;
    if (this.#copies.length < this.#options.most) {
      const fresh = copyOf(modelView(this.base));
      this.#copies.push(fresh);
      return fresh;
    }
    const [oldest] = [...this.#copies].sort(
      (a, b) =>
        Math.min(a.users, 1) - Math.min(b.users, 1) ||
        (a.users > 0 ? a.came - b.came : a.left - b.left),
    );
    return oldest;
  }

  /** Puts a copy that nobody uses under that adapter, unless it is. */
  #put(copy: Copy, name: string | null): void {
    const content = this.#contentOf(name);
    if (content === copy.content || name === null) return;
    copy.adapter?.detach();
    copy.adapter = null;
    copy.content = null;
    copy.came = performance.now();
    copy.adapter = mergeStoredAdapter(copy.model, this.#find(name));
    copy.content = content;
  }

  #contentOf(name: string | null): string | null {
    return name === null ? null : contentOf(this.#find(name));
  }

  #find(name: string): HubEntry {
    const [own, isSecond] = name.endsWith(SECOND)
      ? [name.slice(0, -SECOND.length), true]
      : [name, false];
    const entry = this.#hub.get(own);
    if (!isSecond) return entry;
    if (entry.second !== null) return entry.second;
    throw new PeftError('not-found', {
      en: `The adapter ${own} has no second adapter any more; activate it again.`,
      zh: `适配器 ${own} 已没有第二个适配器，请重新启用它。`,
    });
  }

  #fits(entry: HubEntry): boolean {
    try {
      expectBaseModel(entry, this.base.name);
      return true;
    } catch {
      return false;
    }
  }
}

function copyOf(model: LanguageModel): Copy {
  return {
    model,
    shared: shareGeneration(model),
    content: null,
    adapter: null,
    users: 0,
    came: Number.NEGATIVE_INFINITY,
    left: Number.NEGATIVE_INFINITY,
  };
}
