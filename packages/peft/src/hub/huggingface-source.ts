/** Models from the Hugging Face Hub (or a mirror: HF_ENDPOINT), with resume and checksums. */
import { existsSync, rmSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import {
  downloadFile,
  HubApiError,
  type ListFileEntry,
  listFiles,
  modelInfo,
} from '@huggingface/hub';
import { PeftError } from '../errors.ts';
import { reasonOf } from '../reason.ts';
import type { Translated } from '../translated.ts';
import { expectSpace } from './free-space.ts';
import type { ModelSource, SourceContext } from './model-source.ts';
import { type ExpectedFile, fileProblem } from './verify-file.ts';

/** Files of a repository that `openModel` reads. */
const WANTED =
  /^(config|generation_config|tokenizer|tokenizer_config|model\.safetensors\.index)\.json$|^chat_template\.jinja$|^model(-\d+-of-\d+)?\.safetensors$/;

interface HubOptions {
  /** Base address; HF_ENDPOINT, or the public hub. */
  readonly url?: string | undefined;
  /** Time for a first answer, ms. Short: without a network the next source should be asked soon. */
  readonly answerWithin?: number;
  /** Longest silence within a download, ms. */
  readonly stalledAfter?: number;
}

/** The Hugging Face Hub as a source of models. */
export function huggingFaceHub(options: HubOptions = {}): ModelSource {
  const { answerWithin = 5_000, stalledAfter = 60_000 } = options;
  return {
    name: 'huggingface',
    offers: (model) => /^[\w-][\w.-]*\/[\w-][\w.-]*$/.test(model),
    async fetch(model, context) {
      const hubUrl = options.url ?? process.env.HF_ENDPOINT;
      const hub = {
        ...(hubUrl === undefined ? {} : { hubUrl }),
        fetch: limitedFetch([context.signal, AbortSignal.timeout(answerWithin)]),
      };
      const files = await reach(model, context, () => repositoryFiles(model, hub));
      const size = files.reduce((total, file) => total + file.size, 0);
      expectSpace(context.folder, size - present(files, context.folder));
      let done = 0;
      for (const file of files) {
        const before = done;
        const step = { en: `Downloading ${model}`, zh: `正在下载 ${model}` };
        const report = (bytes: number) =>
          context.onProgress({ step, done: before + bytes, total: size });
        await reach(model, context, () =>
          fetchFile({ model, file, hubUrl, stalledAfter, context, report }),
        );
        done += file.size;
      }
    },
  };
}

interface HubAccess {
  readonly hubUrl?: string;
  readonly fetch: typeof fetch;
}

interface RepositoryFile extends ExpectedFile {
  readonly path: string;
  /** Commit, so that all files are of one state. */
  readonly revision: string;
}

async function repositoryFiles(model: string, hub: HubAccess): Promise<RepositoryFile[]> {
  const { sha: revision } = await modelInfo({ name: model, additionalFields: ['sha'], ...hub });
  const files: RepositoryFile[] = [];
  for await (const entry of listFiles({ repo: model, revision, ...hub })) {
    if (entry.type === 'file' && WANTED.test(entry.path)) {
      files.push({ path: entry.path, revision, ...expectation(entry) });
    }
  }
  if (files.some(({ path }) => path.endsWith('.safetensors'))) return files;
  throw new PeftError('unsupported', {
    en: `${model} offers no safetensors weights on the hub.`,
    zh: `${model} 没有提供 safetensors 权重。`,
  });
}

/** Large files carry a SHA-256, small ones git's own object id. */
function expectation(entry: ListFileEntry): ExpectedFile {
  return entry.lfs === undefined
    ? { size: entry.size, algorithm: 'git-blob', digest: entry.oid ?? '' }
    : { size: entry.lfs.size, algorithm: 'sha256', digest: entry.lfs.oid };
}

function present(files: readonly RepositoryFile[], folder: string): number {
  const size = (path: string) => (existsSync(path) ? statSync(path).size : 0);
  return files.reduce((total, { path }) => total + size(join(folder, path)), 0);
}

interface FileTask {
  readonly model: string;
  readonly file: RepositoryFile;
  readonly hubUrl: string | undefined;
  readonly stalledAfter: number;
  readonly context: SourceContext;
  readonly report: (bytes: number) => void;
}

/** One file, from where an earlier try stopped; a file that fails its checksum is deleted. */
async function fetchFile(task: FileTask): Promise<void> {
  const { model, file, context } = task;
  const path = join(context.folder, file.path);
  let already = existsSync(path) ? statSync(path).size : 0;
  if (already > file.size) {
    rmSync(path);
    already = 0;
  }
  if (already < file.size || file.size === 0) await append(task, path, already);
  const problem = await fileProblem(path, file);
  if (problem === null) return task.report(file.size);
  rmSync(path);
  throw new PeftError('download-failed', {
    en: `${file.path} of ${model} arrived damaged: ${problem.en}.`,
    zh: `${model} 的 ${file.path} 在下载中损坏（${problem.zh}）。`,
  });
}

async function append(task: FileTask, path: string, already: number): Promise<void> {
  const stalled = new AbortController();
  const clock = setTimeout(() => stalled.abort(noData()), task.stalledAfter);
  try {
    const blob = await downloadFile({
      repo: task.model,
      path: task.file.path,
      revision: task.file.revision,
      ...(task.hubUrl === undefined ? {} : { hubUrl: task.hubUrl }),
      fetch: limitedFetch([task.context.signal, stalled.signal]),
      xet: false,
    });
    if (blob === null) throw new Error(`${task.file.path} is not there`);
    const target = await open(path, 'a');
    try {
      let bytes = already;
      for await (const chunk of blob.slice(already, task.file.size).stream()) {
        clock.refresh();
        await target.appendFile(chunk as Uint8Array);
        bytes += (chunk as Uint8Array).length;
        task.report(bytes);
      }
      await target.sync();
    } finally {
      await target.close();
    }
  } finally {
    clearTimeout(clock);
  }
}

function noData(): Error {
  return Object.assign(new Error('no data arrives'), { chinese: '没有收到数据' });
}

function limitedFetch(signals: AbortSignal[]): typeof fetch {
  const signal = AbortSignal.any(signals);
  return (input, init) => fetch(input, { ...init, signal });
}

/** Turns what the hub's client and the file system throw into one clear error. */
async function reach<T>(
  model: string,
  { signal }: SourceContext,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (signal.aborted) {
      throw new PeftError('aborted', {
        en: `Downloading ${model} was stopped.`,
        zh: `已停止下载 ${model}。`,
      });
    }
    if (cause instanceof PeftError) throw cause;
    if (cause instanceof HubApiError && [401, 403, 404].includes(cause.statusCode)) {
      throw new PeftError(
        'not-found',
        { en: `The hub has no public model ${model}.`, zh: `模型库中没有公开的模型 ${model}。` },
        { cause },
      );
    }
    const full = (cause as NodeJS.ErrnoException).code === 'ENOSPC';
    const why = withCause(cause);
    throw new PeftError(
      'download-failed',
      full
        ? {
            en: `The disk became full while downloading ${model}; make room and start again, what came is kept.`,
            zh: `下载 ${model} 时磁盘已满。请腾出空间后重新开始，已下载的部分会保留。`,
          }
        : {
            en: `The model hub cannot be reached: ${why.en}. What came so far is kept.`,
            zh: `无法连接模型库（${why.zh}）。已下载的部分会保留。`,
          },
      { cause },
    );
  }
}

/** fetch says only "fetch failed" and keeps the reason in its cause. */
function withCause(error: unknown): Translated {
  const { en, zh } = reasonOf(error);
  if (!(error instanceof Error && error.cause instanceof Error)) return { en, zh };
  const whole = `${en} (${error.cause.message})`;
  return { en: whole, zh: zh === en ? whole : zh };
}
