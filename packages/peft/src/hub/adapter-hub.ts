/** Folders of adapters: one that can be written, and any number of read-only ones behind it. */
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { PeftError } from '../errors.ts';
import {
  ADAPTER_CARD,
  ADAPTER_CONFIG,
  ADAPTER_TENSORS,
  readAdapter,
  readAdapterConfig,
  replaceFolder,
} from '../io/adapter-files.ts';
import { temporaryBeside } from '../io/replace-file.ts';
import { stateFolder } from '../io/state-folder.ts';
import { reasonOf } from '../reason.ts';
import { type Text, textIn } from '../translated.ts';
import { type AdapterCard, readAdapterCard } from './adapter-card.ts';

/** One adapter of the hub, without its tensors; `readAdapter(entry.path)` has those. */
export interface HubEntry {
  readonly name: string;
  readonly path: string;
  /** HF-PEFT's `peft_type`, e.g. LORA; empty when the folder cannot be read. */
  readonly peftType: string;
  /** Rank, where the method has one. */
  readonly rank: number | null;
  /** `base_model_name_or_path`; null when the adapter does not say. */
  readonly baseModel: string | null;
  readonly tags: readonly string[];
  readonly sizeBytes: number;
  readonly card: AdapterCard | null;
  /** Another adapter of the same base, in its folder `second`, to be asked where it is not sure itself. */
  readonly second: HubEntry | null;
  /** True for adapters outside the writable folder; they cannot be removed. */
  readonly readOnly: boolean;
  /** Why the folder cannot be used, if so. */
  readonly problem: Text | null;
}

export interface AddOptions {
  readonly replace?: boolean;
  readonly second?: string;
}

/** A set of adapters by name. Of two with one name, the earlier folder's counts. */
export interface AdapterHub {
  /** Where `add` writes. */
  readonly folder: string;
  /** All adapters by name, broken ones included (see `problem`). */
  list(): readonly HubEntry[];
  /** @throws PeftError 'not-found' naming what there is, 'bad-file' for a broken one */
  get(name: string): HubEntry;
  /**
   * Makes sure that a new adapter can be called so; told before long work, as `add` tells it.
   * @throws PeftError 'bad-config' for a bad name, or a taken one unless it may be replaced, which
   *   those of read-only folders never are
   */
  expectFree(name: string, options?: { readonly replace?: boolean }): void;
  /**
   * Copies an adapter folder into the hub after reading it whole.
   * @param options.second folder of an adapter to go with it; default: the one that lies in its folder
   * @throws PeftError as `expectFree` and `readAdapter`
   */
  add(sourceFolder: string, name: string, options?: AddOptions): HubEntry;
  /** @throws PeftError 'not-found' | 'unsupported' for one in a read-only folder */
  remove(name: string): void;
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;
const CARRIED = [ADAPTER_CONFIG, ADAPTER_TENSORS, ADAPTER_CARD, 'README.md'];
const SECOND = 'second';

/**
 * Opens a hub over folders whose sub-folders are adapters. The first one is written to; it and
 * the others need not exist.
 *
 * @param folders by default `QUAESTOR_HOME/adapters` alone
 */
export function openHub(folders: readonly string[] = [stateFolder('adapters')]): AdapterHub {
  const [writable, ...others] = folders.map((folder) => resolve(folder));
  if (writable === undefined) {
    throw new PeftError('bad-config', {
      en: 'A hub needs at least one folder.',
      zh: '适配器库至少需要一个文件夹。',
    });
  }

  const list = () => {
    const entries = new Map<string, HubEntry>();
    for (const folder of [writable, ...others]) {
      for (const name of adapterNames(folder)) {
        if (entries.has(name)) continue;
        entries.set(name, describe(join(folder, name), name, folder !== writable));
      }
    }
    return [...entries.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  };
  const get = (name: string) => {
    const entries = list();
    const entry = entries.find((candidate) => candidate.name === name);
    if (entry === undefined) {
      const known = entries.map((candidate) => candidate.name);
      throw new PeftError('not-found', {
        en: `There is no adapter ${name}; there are: ${known.join(', ') || 'none'}.`,
        zh: `没有名为 ${name} 的适配器，已有的适配器：${known.join('、') || '无'}。`,
      });
    }
    if (entry.problem !== null) {
      const [en, zh] = [textIn(entry.problem, 'en'), textIn(entry.problem, 'zh')];
      throw new PeftError('bad-file', { en, zh });
    }
    return entry;
  };
  const expectFree: AdapterHub['expectFree'] = (name, { replace = false } = {}) => {
    expectName(name);
    const taken = list().find((entry) => entry.name === name);
    if (taken === undefined || (replace && !taken.readOnly)) return;
    const [en, zh] = taken.readOnly ? ['', ''] : [', or replace it', '，或覆盖它'];
    throw new PeftError('bad-config', {
      en: `There is already an adapter ${name}; choose another name${en}.`,
      zh: `已有名为 ${name} 的适配器，请换一个名称${zh}。`,
    });
  };
  return {
    folder: writable,
    list,
    get,
    expectFree,
    add(sourceFolder, name, options = {}) {
      expectFree(name, options);
      const { second = secondIn(sourceFolder) } = options;
      const own = filesOf(sourceFolder);
      if (second !== undefined) expectSameBase(sourceFolder, second);
      const others = second === undefined ? [] : filesOf(second);
      const within = others.map(([file, bytes]) => [join(SECOND, file), bytes] as const);
      replaceFolder(join(writable, name), new Map([...own, ...within]));
      return get(name);
    },
    remove(name) {
      const entry = list().find((candidate) => candidate.name === name);
      if (entry === undefined) {
        throw new PeftError('not-found', {
          en: `There is no adapter ${name}.`,
          zh: `没有名为 ${name} 的适配器。`,
        });
      }
      if (entry.readOnly) {
        throw new PeftError('unsupported', {
          en: `${name} lies in ${entry.path}, which is read-only here.`,
          zh: `${name} 位于 ${entry.path}，在这里是只读的。`,
        });
      }
      // Renamed first: a half-deleted folder must not look like an adapter.
      const doomed = temporaryBeside(entry.path);
      renameSync(entry.path, doomed);
      rmSync(doomed, { recursive: true, force: true });
    },
  };
}

/**
 * Makes sure that an adapter was trained on this base model.
 * @throws PeftError 'mismatch' saying what was expected and what was got
 */
export function expectBaseModel(entry: Pick<HubEntry, 'name' | 'baseModel'>, model: string): void {
  if (fitsBaseModel(entry, model)) return;
  throw new PeftError('mismatch', {
    en: `Adapter ${entry.name} does not fit the loaded model: expected base ${entry.baseModel}, got ${model}. Load that base model, or train the adapter anew.`,
    zh: `适配器 ${entry.name} 与已加载的模型不符：它的基础模型是 ${entry.baseModel}，已加载的是 ${model}。请加载它的基础模型，或重新训练适配器。`,
  });
}

/** Whether an adapter was trained on this base model, as far as it says. */
export function fitsBaseModel({ baseModel }: Pick<HubEntry, 'baseModel'>, model: string): boolean {
  return baseModel === null || sameModel(baseModel, model);
}

/** Equal names; an organisation in front counts only when both have one. */
function sameModel(a: string, b: string): boolean {
  const [left, right] = [a, b].map((name) => name.toLowerCase().split('/').slice(-2));
  if (left === undefined || right === undefined) return false;
  const shared = Math.min(left.length, right.length);
  return left.slice(-shared).join('/') === right.slice(-shared).join('/');
}

function expectName(name: string): void {
  if (NAME.test(name)) return;
  const given = JSON.stringify(name);
  throw new PeftError('bad-config', {
    en: `${given} is no adapter name: expected up to 100 letters, digits, dots, dashes or underscores, beginning with a letter or digit.`,
    zh: `${given} 不能用作适配器的名称：最多 100 个字母、数字、点、连字符或下划线，以字母或数字开头。`,
  });
}

/** @throws PeftError 'mismatch' when the second adapter is for another base model than the first */
function expectSameBase(first: string, second: string): void {
  const [wanted, got] = [first, second].map((path) => describe(path, path, true).baseModel);
  if (wanted == null || got == null || sameModel(wanted, got)) return;
  throw new PeftError('mismatch', {
    en: `The second adapter is for another base model: expected ${wanted}, got ${got}. Take one that was trained on the base of the first.`,
    zh: `第二个适配器的基础模型不同：应为 ${wanted}，实际为 ${got}。请选择在同一基础模型上训练的适配器。`,
  });
}

/** What is copied of an adapter folder. @throws PeftError as `readAdapter`, for a malformed card, too */
function filesOf(folder: string): (readonly [file: string, bytes: Uint8Array])[] {
  readAdapter(folder);
  readAdapterCard(folder);
  const files = CARRIED.filter((file) => existsSync(join(folder, file)));
  return files.map((file) => [file, readFileSync(join(folder, file))]);
}

function secondIn(folder: string): string | undefined {
  const second = join(folder, SECOND);
  return existsSync(join(second, ADAPTER_CONFIG)) ? second : undefined;
}

function adapterNames(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((item) => item.isDirectory() && NAME.test(item.name))
    .filter((item) => existsSync(join(folder, item.name, ADAPTER_CONFIG)))
    .map((item) => item.name);
}

/** @param inside whether it lies in another adapter's folder: a second one has no second of its own */
function describe(path: string, name: string, readOnly: boolean, inside = false): HubEntry {
  const nothing = { peftType: '', rank: null, baseModel: null, tags: [], sizeBytes: 0 };
  const empty = { ...nothing, card: null, second: null };
  try {
    const config = readAdapterConfig(path);
    const card = readAdapterCard(path);
    const { r, base_model_name_or_path: base } = config;
    const beside = inside ? undefined : secondIn(path);
    const second =
      beside === undefined ? null : describe(beside, `${name}/${SECOND}`, readOnly, true);
    return {
      name,
      path,
      readOnly,
      peftType: config.peft_type,
      rank: typeof r === 'number' ? r : null,
      baseModel: typeof base === 'string' && base !== '' ? base : null,
      tags: card?.tags ?? [],
      sizeBytes: statSync(join(path, ADAPTER_TENSORS)).size,
      card,
      second,
      problem: second?.problem ?? null,
    };
  } catch (error) {
    const { en, zh } = reasonOf(error, path);
    const problem = error instanceof PeftError ? error.text : { en, zh: `无法读取：${zh}` };
    return { ...empty, name, path, readOnly, problem };
  }
}
