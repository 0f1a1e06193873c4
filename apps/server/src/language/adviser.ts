/**
 * The second adapter of the one that answers (`HubEntry.second`), over weights of its own: a question that
 * both write for waits for no switch, and many are still written side by side.
 */
import { createPeftGenerator, type Generator } from '@quaestor/finsql';
import {
  type AdapterHub,
  type HubEntry,
  type LanguageModel,
  openLanguageModel,
  PeftError,
} from '@quaestor/peft';
import { AdapterSwitch } from './adapter-switch.ts';
import { baseName } from './peft-language.ts';
import { underAdapter } from './under-adapter.ts';

interface Opened {
  readonly model: LanguageModel;
  readonly adapters: AdapterSwitch;
  readonly generator: Generator;
}

export class Adviser {
  readonly #path: string;
  readonly #hub: AdapterHub;
  readonly #active: () => HubEntry | null;
  #opened: Opened | undefined;

  /**
   * @param path file or folder of the base model
   * @param active the adapter that answers; null: the base alone
   */
  constructor(path: string, hub: AdapterHub, active: () => HubEntry | null) {
    this.#path = path;
    this.#hub = hub;
    this.#active = active;
  }

  /**
   * Brings the second adapter of one that is to answer into memory, where it has one.
   * @throws PeftError 'mismatch' | 'bad-file'
   */
  async prepare(entry: HubEntry | null): Promise<void> {
    if (entry === null || entry.second === null) return;
    this.#opened ??= this.#openedWith(await openLanguageModel(this.#path));
    (await this.#opened.adapters.hold(entry.name)).release();
  }

  /** Writes under the second adapter; undefined where the one that answers has none. */
  generator(): Generator | undefined {
    return this.#active()?.second == null ? undefined : this.#opened?.generator;
  }

  /** Once nothing is written any more. */
  async close(): Promise<void> {
    if (this.#opened === undefined) return;
    const { adapters, model } = this.#opened;
    (await adapters.hold(null)).release();
    model.dispose();
  }

  #openedWith(model: LanguageModel): Opened {
    const adapters = new AdapterSwitch(model, {
      list: () => [],
      get: (name) => this.#secondOf(name),
    });
    const active = () => {
      const entry = this.#active();
      return entry === null ? null : { name: entry.name, card: entry.second?.card ?? null };
    };
    const title = () => `${baseName(model)} + ${this.#active()?.second?.name ?? ''}`;
    const generator = underAdapter(createPeftGenerator(model), { adapters, active, title });
    return { model, adapters, generator };
  }

  #secondOf(name: string): HubEntry {
    const { second } = this.#hub.get(name);
    if (second !== null) return second;
    throw new PeftError('not-found', {
      en: `The adapter ${name} has no second adapter any more; activate it again.`,
      zh: `适配器 ${name} 已没有第二个适配器，请重新启用它。`,
    });
  }
}
