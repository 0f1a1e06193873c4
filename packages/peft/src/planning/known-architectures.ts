/** Public models by short name; their sizes are those of their config.json. */
import type { Architecture } from './architecture.ts';

/** Width D, feed-forward width F, layers L, heads H, key/value heads, vocabulary V. */
type Sizes = readonly [number, number, number, number, number, number];
type Kind = Pick<Architecture, 'family' | 'modelType'> & Partial<Architecture>;

const LLAMA: Kind = { family: 'llama', modelType: 'llama' };
const TIED_LLAMA: Kind = { ...LLAMA, tiedHead: true };
const QWEN: Kind = { family: 'llama', modelType: 'qwen2', attentionBias: true };
const TIED_QWEN: Kind = { ...QWEN, tiedHead: true };
const BLOOM: Kind = { family: 'bloom', modelType: 'bloom', tiedHead: true, attentionBias: true };
/** As many encoder layers as decoder layers, heads of width 64, a head of its own. */
const T5: Kind = { family: 't5', modelType: 't5', headDim: 64, encoderLayers: 24 };

/** Short name, repository on the Hugging Face hub, kind, sizes. */
const MODELS: readonly (readonly [string, string, Kind, Sizes])[] = [
  ['smollm2-135m', 'HuggingFaceTB/SmolLM2-135M', TIED_LLAMA, [576, 1536, 30, 9, 3, 49_152]],
  ['smollm2-360m', 'HuggingFaceTB/SmolLM2-360M', TIED_LLAMA, [960, 2560, 32, 15, 5, 49_152]],
  ['smollm2-1.7b', 'HuggingFaceTB/SmolLM2-1.7B', TIED_LLAMA, [2048, 8192, 24, 32, 32, 49_152]],
  ['qwen2.5-0.5b', 'Qwen/Qwen2.5-0.5B', TIED_QWEN, [896, 4864, 24, 14, 2, 151_936]],
  ['qwen2.5-1.5b', 'Qwen/Qwen2.5-1.5B', TIED_QWEN, [1536, 8960, 28, 12, 2, 151_936]],
  ['qwen2.5-3b', 'Qwen/Qwen2.5-3B', TIED_QWEN, [2048, 11_008, 36, 16, 2, 151_936]],
  ['qwen2.5-7b', 'Qwen/Qwen2.5-7B', QWEN, [3584, 18_944, 28, 28, 4, 152_064]],
  ['llama2-7b', 'meta-llama/Llama-2-7b-hf', LLAMA, [4096, 11_008, 32, 32, 32, 32_000]],
  ['llama2-13b', 'meta-llama/Llama-2-13b-hf', LLAMA, [5120, 13_824, 40, 40, 40, 32_000]],
  ['llama3.2-3b', 'meta-llama/Llama-3.2-3B', TIED_LLAMA, [3072, 8192, 28, 24, 8, 128_256]],
  ['llama3-8b', 'meta-llama/Meta-Llama-3-8B', LLAMA, [4096, 14_336, 32, 32, 8, 128_256]],
  ['bloomz-7b1', 'bigscience/bloomz-7b1', BLOOM, [4096, 16_384, 30, 32, 32, 250_880]],
  ['t0-3b', 'bigscience/T0_3B', T5, [2048, 5120, 24, 32, 32, 32_128]],
  ['t0-11b', 'bigscience/T0', T5, [4096, 10_240, 24, 64, 64, 32_128]],
  ['mt0-xxl', 'bigscience/mt0-xxl', T5, [4096, 10_240, 24, 64, 64, 250_112]],
];

/** Short names, by family and size. */
export const ARCHITECTURE_NAMES: readonly string[] = MODELS.map(([name]) => name);

/** A known model by short name or repository, in any case; undefined for another. */
export function knownArchitecture(name: string): Architecture | undefined {
  const wanted = name.toLowerCase().replace(/-instruct$/, '');
  const found = MODELS.find(
    ([short, repository]) => short === wanted || repository.toLowerCase() === wanted,
  );
  if (found === undefined) return undefined;
  const [short, , kind, sizes] = found;
  const [hidden, intermediate, decoderLayers, heads, keyValueHeads, vocabulary] = sizes;
  return {
    name: short,
    ...{ hidden, intermediate, decoderLayers, heads, keyValueHeads, vocabulary },
    encoderLayers: 0,
    headDim: hidden / heads,
    tiedHead: false,
    attentionBias: false,
    ...kind,
  };
}
