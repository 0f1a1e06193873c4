/** Which adapter answers: looked at, compared, changed and changed back while the server runs. */
import type { AdapterHub } from '@quaestor/peft';
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
  /** Changes it between two questions. @throws what was wrong; then all is as before */
  readonly use: (name: string | null) => Promise<void>;
}

export interface Activated {
  readonly active: string | null;
  readonly before: string | null;
  readonly compared: readonly Comparison[];
}

export class AdapterDesk {
  readonly #options: AdapterDeskOptions;

  constructor(options: AdapterDeskOptions) {
    this.#options = options;
  }

  list(): readonly AdapterCardView[] {
    return this.#options.hub.list().map(({ name }) => this.show(name));
  }

  /** @throws ServerError 'not-found' */
  show(name: string): AdapterCardView {
    const { hub, active } = this.#options;
    const entry = hub.list().find((one) => one.name === name);
    if (entry === undefined) throw noSuchAdapter(name);
    return adapterView(entry, { active: active() === name, scores: this.scores(name) });
  }

  /** Newest first; none for the base model, unless it was scored. */
  scores(name: string | null): readonly Score[] {
    return this.#options.records.scores(name ?? '', this.fingerprint(name) ?? '');
  }

  /** Of an adapter's files as they are; null for the base model and for an adapter that is gone. */
  fingerprint(name: string | null): string | null {
    const entry = this.#options.hub.list().find((one) => one.name === name);
    return entry === undefined || entry.problem !== null ? null : adapterFingerprint(entry.path);
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
    const { hub, active, use } = this.#options;
    if (name !== null) {
      if (!hub.list().some((one) => one.name === name)) throw noSuchAdapter(name);
      hub.get(name);
    }
    const before = active();
    const verdict = mayActivate(this.scores(name), this.scores(before));
    if (before !== name && !verdict.allowed && !force) {
      throw new ServerError(verdict.why, refusalOf(verdict.why, verdict.compared, name, before));
    }
    await this.#change(name, { use, forced: force && !verdict.allowed, author });
    return { active: name, before, compared: verdict.compared };
  }

  /**
   * Goes back to the adapter that answered before the last change.
   * @throws ServerError 'conflict' when there was none, or it is gone
   */
  async rollBack(author: string): Promise<Activated> {
    const { hub, active, use } = this.#options;
    const now = active();
    const earlier = this.history().find(({ adapter }) => adapter !== now);
    if (earlier === undefined) {
      throw new ServerError('conflict', {
        en: 'No other adapter has answered before, so there is no way back.',
        zh: '之前没有使用过其他适配器，无法恢复。',
      });
    }
    const { adapter } = earlier;
    if (adapter !== null && !hub.list().some(({ name }) => name === adapter)) {
      throw new ServerError('conflict', {
        en: `${adapter}, which answered before, was removed since.`,
        zh: `之前使用的适配器 ${adapter} 已被删除。`,
      });
    }
    await this.#change(adapter, { use, forced: false, author });
    return { active: adapter, before: now, compared: [] };
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

  async #change(
    name: string | null,
    { use, forced, author }: Pick<AdapterDeskOptions, 'use'> & { forced: boolean; author: string },
  ): Promise<void> {
    const { records, active } = this.#options;
    // What answered before any change was made is where the first way back leads.
    if (this.history().length === 0) {
      const start = active();
      records.addActivation({
        adapter: start,
        fingerprint: this.fingerprint(start),
        forced: false,
        author: 'start',
      });
    }
    await use(name);
    records.addActivation({ adapter: name, fingerprint: this.fingerprint(name), forced, author });
  }
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
