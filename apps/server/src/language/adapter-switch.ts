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

/** One model in memory under one adapter at a time, folded into its weights; changed when asked for. */
export class AdapterSwitch {
  readonly #model: LanguageModel;
  readonly #hub: AdapterHub;
  #version: string | null = null;
  #adapter: Adapter | null = null;

  constructor(model: LanguageModel, hub: AdapterHub) {
    this.#model = model;
    this.#hub = hub;
  }

  /** Adapters that fit the model. */
  usable(): readonly HubEntry[] {
    return this.#hub.list().filter((entry) => entry.problem === null && this.#fits(entry));
  }

  /**
   * Makes the model answer with that adapter; with null, as the base.
   * @throws PeftError 'not-found' | 'mismatch' | 'bad-file', after which it is the base
   */
  use(name: string | null): void {
    const entry = name === null ? null : this.#hub.get(name);
    const version = entry && versionOf(entry);
    if (version === this.#version) return;
    this.#adapter?.detach();
    this.#adapter = null;
    this.#version = null;
    if (entry === null) return;
    this.#adapter = mergeStoredAdapter(this.#model, entry);
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
