/**
 * A LoRA cut to its first ranks: A[:b], B[:, :b]. α stays, so that the scale becomes α/b (α/√b with
 * rsLoRA), as DyLoRA trained it (Valipour et al. 2023, arXiv 2210.07558).
 */

import { PeftError } from '../errors.ts';
import type { StoredAdapter } from '../io/adapter-files.ts';
import type { TensorData } from '../io/safetensors.ts';
import { configProblems } from './config-words.ts';
import { plainLoraConfig } from './lora-config.ts';

/**
 * An adapter of at most the given rank in every layer; it shares no tensor data with the whole one.
 * Of an adapter that DyLoRA trained, each such rank is one that was trained.
 * @throws PeftError 'bad-config' for a rank that is no whole number from 1 on, or no plain LoRA
 */
export function truncateRank(adapter: StoredAdapter, rank: number): StoredAdapter {
  if (!Number.isInteger(rank) || rank < 1) {
    throw new PeftError('bad-config', {
      en: `rank ${rank}: expected a whole number from 1 on`,
      zh: `秩 ${rank}：应为不小于 1 的整数`,
    });
  }
  const parsed = plainLoraConfig.safeParse(adapter.config);
  if (!parsed.success) {
    throw new PeftError(
      'bad-config',
      { en: 'only a plain LoRA can be cut to a rank', zh: '只有普通的 LoRA 可以截取到给定的秩' },
      {
        problems: configProblems(plainLoraConfig, adapter.config, parsed.error),
        cause: parsed.error,
      },
    );
  }
  const pattern = Object.entries(parsed.data.rank_pattern);
  return {
    config: {
      ...adapter.config,
      r: Math.min(parsed.data.r, rank),
      rank_pattern: Object.fromEntries(pattern.map(([key, r]) => [key, Math.min(r, rank)])),
    },
    tensors: new Map([...adapter.tensors].map(([name, tensor]) => [name, cut(name, tensor, rank)])),
  };
}

function cut(name: string, { shape, data }: TensorData, rank: number): TensorData {
  const [rows, columns] = shape as [number, number];
  if (/lora_(embedding_)?A(\.weight)?$/.test(name)) {
    const kept = Math.min(rows, rank);
    return { shape: [kept, columns], data: data.slice(0, kept * columns) };
  }
  if (/lora_(embedding_)?B(\.weight)?$/.test(name)) {
    const kept = Math.min(columns, rank);
    const result = new Float32Array(rows * kept);
    for (let i = 0; i < rows; i++) {
      result.set(data.subarray(i * columns, i * columns + kept), i * kept);
    }
    return { shape: [rows, kept], data: result };
  }
  return { shape, data: data.slice() };
}
