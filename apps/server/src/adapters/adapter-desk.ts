/** Which adapter answers: looked at, compared, changed and changed back while the server runs. */
import type { AdapterHub, HubEntry } from '@quaestor/peft';
import { ServerError } from '../errors.ts';
import { type AdapterCardView, adapterView } from './adapter-card.ts';
import type { Activation, AdapterRecords, Score } from './adapter-records.ts';
import { adapterFingerprint } from './fingerprint.ts';
import { type Comparison, mayActivate } from './may-activate.ts';

export interface AdapterDeskOptions {
  readonly hub: AdapterHub;
  readonly records: AdapterRecords;
  /** Name of the adapter that answers now; null: the base model alone. */
  readonly active: () => string | null;
  /** Whether it was chosen by hand, and so answers questions about every database. */
  readonly byHand: () => boolean;
  /** The adapter that is made for a database and answers questions about it now; null: that of `active`. */
  readonly own: (database: string) => string | null;
  /** The adapter that is made for new databases and answers questions about them now; null: that of `active`. */
  readonly forNew: () => string | null;
  /** Changes it between two questions. @throws what was wrong; then all is as before */
  readonly use: (name: string | null) => Promise<void>;
  /** Gives the choice by hand back between two questions. @throws as `use` */
  readonly release: () => Promise<void>;
}

export interface Activated {
  readonly active: string | null;
  readonly by_hand: boolean;
  readonly before: string | null;
  readonly compared: readonly Comparison[];
}

export class AdapterDesk {
  readonly #options: AdapterDeskOptions;

  constructor(options: AdapterDeskOptions) {
    this.#options = options;
  }

  list(): readonly AdapterCardView[] {
    return this.#options.hub.list().map((entry) => this.#view(entry));
  }

  /** @throws ServerError 'not-found' */
  show(name: string): AdapterCardView {
    const entry = this.#options.hub.find(name);
    if (entry === undefined) throw noSuchAdapter(name);
    return this.#view(entry);
  }

  /** Newest first; none for the base model, unless it was scored. */
  scores(name: string | null): readonly Score[] {
    return this.#options.records.scores(name ?? '', this.fingerprint(name) ?? '');
  }

  /** Of an adapter's files as they are; null for the base model and for an adapter that is gone. */
  fingerprint(name: string | null): string | null {
    const entry = name === null ? undefined : this.#options.hub.find(name);
    return entry === undefined ? null : fingerprintOf(entry);
  }

  history(): readonly Activation[] {
    return this.#options.records.activations();
  }

  /**
   * Answers with another adapter from the next question on.
   * @param name null: the base model alone
   * @throws ServerError 'not-found'; 'scores-lower' or 'not-compared' unless forced; PeftError
   */
  async activate(
    name: string | null,
    { force, author }: { readonly force: boolean; readonly author: string },
  ): Promise<Activated> {
    const { hub, active } = this.#options;
    if (name !== null) {
      if (hub.find(name) === undefined) throw noSuchAdapter(name);
      hub.get(name);
    }
    const before = active();
    const verdict = mayActivate(this.scores(name), this.scores(before));
    if (before !== name && !verdict.allowed && !force) {
      throw new ServerError(verdict.why, refusalOf(verdict.why, verdict.compared, name, before));
    }
    await this.#change({ adapter: name }, { forced: force && !verdict.allowed, author });
    return { ...this.now(), before, compared: verdict.compared };
  }

  /** What answers, and whether it was chosen by hand. */
  now(): Pick<Activated, 'active' | 'by_hand'> {
    const { active, byHand } = this.#options;
    return { active: active(), by_hand: byHand() };
  }

  /**
   * Gives the choice by hand back: from the next question on each database that an adapter is made for is
   * answered by that one again. All stays as it is where nothing was chosen by hand.
   * @throws as `AdapterDeskOptions.release`
   */
  async release(author: string): Promise<Activated> {
    const { active: before, by_hand } = this.now();
    if (by_hand) await this.#change('release', { forced: false, author });
    return { ...this.now(), before, compared: [] };
  }

  /**
   * Goes back to what answered before the last change: an adapter, or each database's own.
   * @throws ServerError 'conflict' when there was none, or it is gone
   */
  async rollBack(author: string): Promise<Activated> {
    const { hub } = this.#options;
    const { active: before, by_hand } = this.now();
    const earlier = this.history().find((one) =>
      one.by_hand ? !by_hand || one.adapter !== before : by_hand,
    );
    if (earlier === undefined) {
      throw new ServerError('conflict', {
        en: 'No other adapter has answered before, so there is no way back.',
        zh: '之前没有使用过其他适配器，无法恢复。',
      });
    }
    const { adapter } = earlier;
    if (earlier.by_hand && adapter !== null && hub.find(adapter) === undefined) {
      throw new ServerError('conflict', {
        en: `${adapter}, which answered before, was removed since.`,
        zh: `之前使用的适配器 ${adapter} 已被删除。`,
      });
    }
    await this.#change(earlier.by_hand ? { adapter } : 'release', { forced: false, author });
    return { ...this.now(), before, compared: [] };
  }

  /** @throws ServerError 'conflict' for the one that answers; PeftError */
  remove(name: string): void {
    const { hub, active } = this.#options;
    this.show(name);
    if (active() === name) {
      throw new ServerError('conflict', {
        en: `${name} answers now: activate another one first.`,
        zh: `${name} 正在回答问题，请先启用另一个适配器。`,
      });
    }
    hub.remove(name);
  }

  #view(entry: HubEntry): AdapterCardView {
    const { records, active, own, forNew } = this.#options;
    const { name } = entry;
    return adapterView(entry, {
      active: active() === name,
      answers_about: (entry.card?.databases ?? []).filter((database) => own(database) === name),
      answers_new: forNew() === name,
      scores: records.scores(name, fingerprintOf(entry) ?? ''),
    });
  }

  async #change(
    to: { readonly adapter: string | null } | 'release',
    how: Pick<Activation, 'forced' | 'author'>,
  ): Promise<void> {
    const { use, release } = this.#options;
    // What answered before any change was made is where the first way back leads.
    if (this.history().length === 0) this.#record({ forced: false, author: 'start' });
    await (to === 'release' ? release() : use(to.adapter));
    this.#record(how);
  }

  /** Writes down what answers now. */
  #record(how: Pick<Activation, 'forced' | 'author'>): void {
    const { active, by_hand } = this.now();
    const fingerprint = this.fingerprint(active);
    this.#options.records.addActivation({ adapter: active, by_hand, fingerprint, ...how });
  }
}

function fingerprintOf({ problem, path }: HubEntry): string | null {
  return problem === null ? adapterFingerprint(path) : null;
}

function noSuchAdapter(name: string): ServerError {
  return new ServerError('not-found', {
    en: `There is no adapter ${name.slice(0, 100)}.`,
    zh: `没有名为 ${name.slice(0, 100)} 的适配器。`,
  });
}

function refusalOf(
  why: 'scores-lower' | 'not-compared',
  compared: readonly Comparison[],
  name: string | null,
  before: string | null,
): string {
  const [candidate, active] = [name, before].map((one) => one ?? 'the base model');
  if (why === 'not-compared') {
    return `${active} was scored and ${candidate} was not, so they cannot be compared. Evaluate ${candidate} on the same questions, or force it.`;
  }
  const figures = compared
    .map((one) => `${one.candidate.toFixed(1)} against ${one.active.toFixed(1)} on ${one.set}`)
    .join(', ');
  return `${candidate} scores lower than ${active}, which answers now: ${figures}. Force it if you want it nevertheless.`;
}
