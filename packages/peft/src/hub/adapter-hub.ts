/** Folders of adapters: one that can be written, and any number of read-only ones behind it. */
import { existsSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { PeftError } from '../errors.ts';
import {
  ADAPTER_CARD,
  ADAPTER_CONFIG,
  ADAPTER_TENSORS,
  adapterDigest,
  createFolder,
  readAdapter,
  replaceFolder,
} from '../io/adapter-files.ts';
import { temporaryBeside } from '../io/replace-file.ts';
import { statIfThere } from '../io/stat-if-there.ts';
import { stateFolder } from '../io/state-folder.ts';
import { textIn } from '../translated.ts';
import { readAdapterCard } from './adapter-card.ts';
import { DescribedAdapters, describe, type HubEntry, SECOND, secondIn } from './hub-entry.ts';
import { sameModel } from './same-model.ts';
import { expectUsable } from './usable-adapter.ts';

export type { HubEntry } from './hub-entry.ts';

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
  /** One of them, broken or not; undefined where there is none. */
  find(name: string): HubEntry | undefined;
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
   * @throws PeftError as `expectFree` and `readAdapter`, where no method here could use it, or for a
   *   second one with another base
   */
  add(sourceFolder: string, name: string, options?: AddOptions): HubEntry;
  /**
   * Adds an adapter with another one that is asked where it is not sure.
   * @throws PeftError as `add`, or for an adapter as its own second
   */
  pair(
    first: string,
    second: string,
    name: string,
    options?: Pick<AddOptions, 'replace'>,
  ): HubEntry;
  /** @throws PeftError 'not-found' | 'unsupported' for one in a read-only folder */
  remove(name: string): void;
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;
const CARRIED = [ADAPTER_CONFIG, ADAPTER_TENSORS, ADAPTER_CARD, 'README.md'];

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

  const described = new DescribedAdapters();
  /** Folders in which adapters lie, by the adapter's name. */
  const places = (): ReadonlyMap<string, string> => {
    const found = new Map<string, string>();
    for (const folder of [writable, ...others]) {
      for (const name of adapterNames(folder)) if (!found.has(name)) found.set(name, folder);
    }
    return found;
  };
  const entryIn = (folder: string, name: string): HubEntry =>
    described.entry(join(folder, name), name, folder !== writable);
  const list = () =>
    [...places()]
      .map(([name, folder]) => entryIn(folder, name))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  const find = (name: string): HubEntry | undefined => {
    const folder = places().get(name);
    return folder === undefined ? undefined : entryIn(folder, name);
  };
  const get = (name: string) => {
    const entry = find(name);
    if (entry === undefined) {
      const known = [...places().keys()].sort();
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
    const taken = find(name);
    if (taken !== undefined && !(replace && !taken.readOnly)) refuseTaken(name, taken.readOnly);
  };
  const add: AdapterHub['add'] = (sourceFolder, name, options = {}) => {
    expectFree(name, options);
    const { second = secondIn(sourceFolder) } = options;
    const own = filesOf(sourceFolder);
    if (second !== undefined) expectSameBase(sourceFolder, second);
    const others = second === undefined ? [] : filesOf(second);
    const within = others.map(([file, bytes]) => [join(SECOND, file), bytes] as const);
    const files = new Map([...own, ...within]);
    if (options.replace) replaceFolder(join(writable, name), files);
    // Another may have taken the name while the files were read.
    else if (!createFolder(join(writable, name), files)) refuseTaken(name, false);
    return get(name);
  };
  return {
    folder: writable,
    list,
    find,
    get,
    expectFree,
    add,
    pair(first, second, name, options = {}) {
      expectAnother(first, second);
      return add(first, name, { ...options, second });
    },
    remove(name) {
      const entry = find(name);
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

function expectName(name: string): void {
  if (NAME.test(name)) return;
  const given = JSON.stringify(name);
  throw new PeftError('bad-config', {
    en: `${given} is no adapter name: expected up to 100 letters, digits, dots, dashes or underscores, beginning with a letter or digit.`,
    zh: `${given} 不能用作适配器的名称：最多 100 个字母、数字、点、连字符或下划线，以字母或数字开头。`,
  });
}

function refuseTaken(name: string, readOnly: boolean): never {
  const [en, zh] = readOnly
    ? ['', '']
    : [', or replace it with --replace', '，或用 --replace 覆盖它'];
  throw new PeftError('bad-config', {
    en: `There is already an adapter ${name}; choose another name${en}.`,
    zh: `已有名为 ${name} 的适配器，请换一个名称${zh}。`,
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

/** @throws PeftError 'bad-config' when the second adapter does what the first does */
function expectAnother(first: string, second: string): void {
  if (adapterDigest(first) !== adapterDigest(second)) return;
  throw new PeftError('bad-config', {
    en: `The second adapter (${second}) is the same as the first (${first}): it would answer as the first does where that is not sure. Take another one.`,
    zh: `第二个适配器（${second}）与第一个（${first}）相同：第一个没有把握时，它的回答也一样。请选择另一个适配器。`,
  });
}

/** What is copied of an adapter folder. @throws PeftError as `readAdapter`, `expectUsable` and for a malformed card */
function filesOf(folder: string): (readonly [file: string, bytes: Uint8Array])[] {
  expectFolder(folder);
  expectUsable(folder, readAdapter(folder));
  readAdapterCard(folder);
  const files = CARRIED.filter((file) => existsSync(join(folder, file)));
  return files.map((file) => [file, readFileSync(join(folder, file))]);
}

/** @throws PeftError 'bad-file' for one file of an adapter, or all of them in an archive */
function expectFolder(path: string): void {
  if (statIfThere(path)?.isFile() !== true) return;
  const files = [ADAPTER_CONFIG, ADAPTER_TENSORS];
  throw new PeftError('bad-file', {
    en: `${path} is a file: expected a folder with ${files.join(' and ')}. Give the folder that they lie in; unpack an archive first.`,
    zh: `${path} 是一个文件，应为包含 ${files.join(' 和 ')} 的文件夹。请给出这两个文件所在的文件夹；压缩包请先解压。`,
  });
}

function adapterNames(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((item) => item.isDirectory() && NAME.test(item.name))
    .filter((item) => existsSync(join(folder, item.name, ADAPTER_CONFIG)))
    .map((item) => item.name);
}
