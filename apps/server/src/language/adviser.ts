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
  readonly builtIn: Generator;
}

export class Adviser {
  readonly #path: string;
  readonly #hub: AdapterHub;
  #opened: Opened | undefined;

  /** @param path file or folder of the base model */
  constructor(path: string, hub: AdapterHub) {
    this.#path = path;
    this.#hub = hub;
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

  /** Writes under the second adapter of the one that answers; undefined where that has none. */
  generator(active: HubEntry | null): Generator | undefined {
    if (active?.second == null || this.#opened === undefined) return undefined;
    const { model, adapters, builtIn } = this.#opened;
    return underAdapter(builtIn, {
      adapters,
      active: () => ({ name: active.name, card: active.second?.card ?? null }),
      title: () => `${baseName(model)} + ${active.second?.name ?? ''}`,
    });
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
    return { model, adapters, builtIn: createPeftGenerator(model) };
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
