/**
 * What vLLM accepts of a PEFT folder, by its own checks (vllm/lora/peft_helper.py) and by what it
 * computes: one scale for all layers, so patterns of ranks and alphas are read and then ignored.
 */
import type { TensorData } from '../io/safetensors.ts';
import type { Translated } from '../translated.ts';
import { loraScale } from '../tuners/lora-rank.ts';
import { notPlain, plainLora, scaled } from './lora-modules.ts';

/** Values of vLLM's --max-lora-rank. */
const MAX_RANKS = [1, 8, 16, 32, 64, 128, 256, 320, 512];

/** An adapter in HF-PEFT's two parts. */
export interface AdapterParts {
  readonly config: Readonly<Record<string, unknown>>;
  readonly tensors: ReadonlyMap<string, TensorData>;
}

/**
 * Why vLLM would refuse an adapter, or compute something else than HF-PEFT; empty when it does not.
 * @param state tensors by their name in the adapter's file; may be empty when only the configuration
 *   is known
 * @param options.maxRank vLLM's --max-lora-rank; default: the largest that it offers, 512
 */
export function vllmProblems(
  config: Readonly<Record<string, unknown>>,
  state: ReadonlyMap<string, TensorData>,
  options: { readonly maxRank?: number } = {},
): readonly Translated[] {
  const { maxRank = Math.max(...MAX_RANKS) } = options;
  const problems = notPlain(config, state).map(({ en, zh }) => ({
    en: `vLLM does not accept this: ${en}`,
    zh: `vLLM 不接受：${zh}`,
  }));
  const rank = largestRank(config);
  if (rank > maxRank) {
    const option = `--max-lora-rank ${neededRank(rank)}`;
    const [en, zh] =
      rank <= Math.max(...MAX_RANKS)
        ? [`: start it with ${option}`, `：请用 ${option} 启动 vLLM`]
        : ['', ''];
    problems.push({
      en: `rank ${rank} is above vLLM's max_lora_rank of ${maxRank}${en}`,
      zh: `秩 ${rank} 超过了 vLLM 的 max_lora_rank ${maxRank}${zh}`,
    });
  }
  for (const field of patternFields(config)) {
    problems.push({
      en: `${field}: vLLM scales every layer by the same lora_alpha / r: fold it in (hub export --format vllm)`,
      zh: `${field}：vLLM 对每一层都按相同的 lora_alpha / r 缩放，请将其并入权重（hub export --format vllm）`,
    });
  }
  return problems;
}

/**
 * The same adapter without patterns: every layer has the largest rank, padded with zeros, and the one
 * scale that vLLM applies. HF-PEFT computes the same from it as from the original.
 * @throws PeftError as `plainLora`
 */
export function withoutPatterns({ config, tensors }: AdapterParts): AdapterParts {
  const { config: settings, modules } = plainLora(config, tensors);
  const rank = Math.max(...modules.map((module) => module.rank));
  const common = loraScale(settings.lora_alpha, rank, settings.use_rslora);
  const padded = new Map<string, TensorData>();
  for (const { path, a, b, scale } of modules) {
    const key = `base_model.model.${path}`;
    padded.set(`${key}.lora_A.weight`, moreRows(a, rank));
    padded.set(`${key}.lora_B.weight`, moreColumns(scaled(b, scale / common), rank));
  }
  return { config: { ...config, r: rank, rank_pattern: {}, alpha_pattern: {} }, tensors: padded };
}

/** Whether layers differ in rank or alpha. */
export function hasPatterns(config: Readonly<Record<string, unknown>>): boolean {
  return patternFields(config).length > 0;
}

function patternFields(config: Readonly<Record<string, unknown>>): readonly string[] {
  return ['rank_pattern', 'alpha_pattern'].filter(
    (field) => Object.keys((config[field] as object | null | undefined) ?? {}).length > 0,
  );
}

/** The smallest value of --max-lora-rank for a rank. */
export function neededRank(rank: number): number {
  return MAX_RANKS.find((value) => value >= rank) ?? rank;
}

function largestRank({ r, rank_pattern: pattern }: Readonly<Record<string, unknown>>): number {
  const ranks = [r, ...Object.values((pattern as object | null) ?? {})];
  return Math.max(0, ...ranks.filter((rank) => typeof rank === 'number'));
}

function moreRows({ shape, data }: TensorData, rows: number): TensorData {
  const columns = shape[1] as number;
  const more = new Float32Array(rows * columns);
  more.set(data);
  return { shape: [rows, columns], data: more };
}

function moreColumns({ shape, data }: TensorData, columns: number): TensorData {
  const [rows, width] = shape as [number, number];
  const more = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    more.set(data.subarray(row * width, (row + 1) * width), row * columns);
  }
  return { shape: [rows, columns], data: more };
}
