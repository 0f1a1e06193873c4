/** An adapter folder, written down as another program reads it. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PeftError } from '../errors.ts';
import { firstProblems } from '../first-problems.ts';
import {
  ADAPTER_CONFIG,
  ADAPTER_TENSORS,
  readAdapter,
  replaceFolder,
  type StoredAdapter,
  writeAdapter,
} from '../io/adapter-files.ts';
import { factorProblems } from '../tuners/saved-factors.ts';
import { expectFree, holdsOnly } from './free-place.ts';
import { isGgufAdapter } from './gguf-file.ts';
import { type BaseShape, writeGgufLora } from './gguf-lora.ts';
import { peftProblems } from './peft.ts';
import { hasPatterns, vllmProblems, withoutPatterns } from './vllm.ts';

/** peft: HF-PEFT's two files; gguf: a file for llama.cpp; vllm: what its loader accepts of the first. */
export const EXPORT_FORMATS = ['peft', 'gguf', 'vllm'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** Where ranks differ, every tensor is a problem. */
const MOST_PROBLEMS = 10;

export interface ExportOptions {
  /** Name of the adapter: that of the GGUF file. */
  readonly name: string;
  /** Replace what lies there. */
  readonly replace?: boolean;
  /** Needed for gguf: sizes of the base model. */
  readonly base?: BaseShape;
  /** vLLM's --max-lora-rank, default the largest that it offers. */
  readonly maxRank?: number | undefined;
}

/**
 * Exports an adapter; either everything is written or nothing.
 * @param source folder of the adapter @param out folder to write into; it may not hold anything yet
 * @returns the path written: `out`, or the file in it
 * @throws PeftError 'unsupported' naming everything that the format cannot hold, 'mismatch' for another
 *   base, 'bad-config' when something lies there already, 'bad-file' where nothing can be written,
 *   or as `readAdapter`
 */
export function exportAdapter(
  source: string,
  format: ExportFormat,
  out: string,
  options: ExportOptions,
): string {
  const adapter = readAdapter(source);
  const target = format === 'gguf' ? join(out, `${options.name}.gguf`) : out;
  expectFree(target, {
    replace: options.replace ?? false,
    what: { en: 'an adapter', zh: '适配器' },
    isOne: format === 'gguf' ? isGgufAdapter : isAdapterFolder,
  });
  EXPORTERS[format](source, adapter, target, options);
  return target;
}

/** What a trainer keeps beside an adapter, checkpoints and programs, would be lost with it. */
const isAdapterFolder = (place: string): boolean =>
  existsSync(join(place, ADAPTER_CONFIG)) &&
  holdsOnly(place, (file) => [ADAPTER_CONFIG, ADAPTER_TENSORS].includes(file));

type Exporter = (
  source: string,
  adapter: StoredAdapter,
  target: string,
  options: ExportOptions,
) => void;

const EXPORTERS: Readonly<Record<ExportFormat, Exporter>> = {
  peft: (source, adapter, target) => {
    const problems = firstProblems(peftProblems(adapter), MOST_PROBLEMS);
    if (problems.length > 0) {
      const message = { en: 'HF-PEFT cannot load this adapter', zh: 'HF-PEFT 不能加载这个适配器' };
      throw new PeftError('unsupported', message, { problems });
    }
    copyFiles(source, target);
  },
  gguf: (_, { config, tensors }, target, { base }) => {
    if (base === undefined) {
      throw new PeftError('bad-config', {
        en: 'GGUF needs the base model: its layers have to be known.',
        zh: '导出 GGUF 需要基础模型：要知道它有哪些层。',
      });
    }
    writeGgufLora(target, config, tensors, base);
  },
  vllm: (source, adapter, target, { maxRank }) => {
    const folded = hasPatterns(adapter.config) ? withoutPatterns(adapter) : adapter;
    const refused = vllmProblems(
      folded.config,
      folded.tensors,
      maxRank === undefined ? {} : { maxRank },
    );
    const problems =
      refused.length > 0 ? refused : firstProblems(factorProblems(folded), MOST_PROBLEMS);
    if (problems.length > 0) {
      const message = { en: 'vLLM cannot serve this adapter', zh: 'vLLM 不能使用这个适配器' };
      throw new PeftError('unsupported', message, { problems });
    }
    if (folded === adapter) copyFiles(source, target);
    else writeAdapter(target, folded.config, folded.tensors);
  },
};

/** The two files byte for byte, in the type that they were stored in. */
function copyFiles(source: string, target: string): void {
  const files = [ADAPTER_CONFIG, ADAPTER_TENSORS].map(
    (name) => [name, readFileSync(join(source, name))] as const,
  );
  replaceFolder(target, new Map(files));
}
