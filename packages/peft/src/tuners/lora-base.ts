/**
 * Initialisations that change the frozen base (PiSSA, OLoRA, LoftQ): W becomes W₀ while the adapter is
 * on, and is put back, bit for bit, when it is taken off. PiSSA and OLoRA are saved as a LoRA of rank
 * 2r for the base as it was, as HF-PEFT's `path_initial_model_for_weight_conversion` does:
 *   W₀ + s·B·A = W + s·(B·A − B₀·A₀) = W + s·[B | −B₀]·[A; A₀]
 * LoftQ is saved as it is: it belongs to the quantised base, which its configuration makes again.
 */
import type { Tensor, Tensor2D } from '@tensorflow/tfjs';
import type { ProjectionGroup } from '../model/projection.ts';
import { castRaw } from '../tensors/cast.ts';
import { computedValues } from '../tensors/computed-values.ts';
import { engine } from '../tensors/engine.ts';
import { diagonalFactors, stackFactors } from '../tensors/low-rank-matrices.ts';
import type { Random } from '../tensors/random.ts';
import { DerivedTensors } from './derived-tensors.ts';
import type { LoraConfig } from './lora-config.ts';
import type { LoraLayer } from './lora-layer.ts';
import { loftq } from './lora-loftq.ts';
import { olora, pissa, type SplitWeight } from './lora-principal.ts';
import { multipliedRank } from './lora-rank.ts';
import type { LowRankHook } from './low-rank-hook.ts';
import { savedName } from './low-rank-layer.ts';
import type { LowRankModules } from './low-rank-modules.ts';
import type { NamedVariable } from './tuner.ts';

/** As HF-PEFT has them; it refuses a configuration without. */
export const LOFTQ_DEFAULTS = { loftq_bits: 4, loftq_iter: 1 } as const;

const EMBEDDING_FACTOR = /\.lora_embedding_[AB]$/;

export interface ChangedBase {
  /** The configuration of the converted adapter. */
  config(saved: LoraConfig): LoraConfig;
  /** The tensors of the converted adapter; they live until the next call or `restore`. */
  state(variables: readonly NamedVariable[]): ReadonlyMap<string, Tensor>;
  /** Puts the base's own weights back. */
  restore(): void;
}

/** Whether the adapter is saved for the base as it was. */
export function convertsOnSave({ init_lora_weights }: LoraConfig): boolean {
  return init_lora_weights !== 'loftq';
}

/**
 * Splits each target weight, sets the layers' factors and puts what is left in the weight's place.
 * @throws PeftError 'mismatch' for weights that are not finite; the base is then as it was
 */
export function changeBase(
  modules: LowRankModules<LoraLayer>,
  config: LoraConfig,
  random: Random,
): ChangedBase {
  const split = splitter(config);
  const originals: { readonly group: ProjectionGroup; readonly weight: Tensor }[] = [];
  const restoreWeights = (): void => {
    for (const { group, weight } of originals.splice(0)) {
      group.weight.dispose();
      group.weight = weight;
    }
  };
  try {
    for (const hook of modules.hooks) {
      if (hook.layers.length === 0) continue;
      const weight = splitGroup(hook, split, random);
      originals.push({ group: hook.group, weight: hook.group.weight });
      hook.group.weight = weight;
    }
  } catch (error) {
    restoreWeights();
    throw error;
  }
  const { tf } = engine();
  const initial = new Map([
    ...modules.layers().flatMap(({ path, a, b }): [string, Tensor][] => [
      [savedName(path, 'lora_A.weight'), tf.keep(a.clone())],
      [savedName(path, 'lora_B.weight'), tf.keep(b.clone())],
    ]),
    // Nothing was taken out of the embedding; zeros give its factors the rank of the others.
    ...modules
      .variables()
      .filter(({ name }) => EMBEDDING_FACTOR.test(name))
      .map(({ name, variable }): [string, Tensor] => [name, tf.keep(tf.zerosLike(variable))]),
  ]);
  const converted = new DerivedTensors();
  return {
    config: (saved) => ({ ...multipliedRank(saved, 2), init_lora_weights: true }),
    state: (variables) => {
      converted.clear();
      return new Map(
        variables.map(({ name, variable }) => {
          const start = initial.get(name);
          return [name, start ? converted.keep(() => joined(name, variable, start)) : variable];
        }),
      );
    },
    restore: () => {
      restoreWeights();
      converted.clear();
      for (const tensor of initial.values()) tensor.dispose();
    },
  };
}

function splitter({ init_lora_weights: initial, loftq_config }: LoraConfig): SplitWeight {
  if (initial === 'loftq') {
    const { loftq_bits: bits, loftq_iter: iterations } = LOFTQ_DEFAULTS;
    return loftq(loftq_config?.loftq_bits ?? bits, loftq_config?.loftq_iter ?? iterations);
  }
  if (initial === 'olora') return olora;
  const iterations = /_niter_(\d+)$/.exec(String(initial))?.[1];
  return pissa(iterations === undefined ? null : Number(iterations));
}

/** Sets the factors of a group's layers. @returns what takes the place of its weight */
function splitGroup(hook: LowRankHook<LoraLayer>, split: SplitWeight, random: Random): Tensor {
  const { tf } = engine();
  const { group, layers } = hook;
  const { inputSize, outputSize, storage } = group;
  const values = computedValues(() => castRaw(group.weight, 'float32'));
  let replaced = false;
  for (const layer of layers) {
    const rows = values.subarray(layer.start * inputSize, (layer.start + layer.size) * inputSize);
    const { a, b, base } = split(rows, layer.size, inputSize, layer.rank, layer.scale, random);
    layer.replaceFactors(a, b, layer.scale);
    if (base) {
      rows.set(base);
      replaced = true;
    }
  }
  return tf.tidy(() => {
    const whole = tf.tensor2d(values, [outputSize, inputSize]);
    if (replaced) return tf.keep(castRaw(whole, storage));
    const parts = layers.map((layer) => layer.part());
    const low = diagonalFactors(parts, outputSize) as Tensor2D;
    const taken = tf.matMul(low, stackFactors(parts) as Tensor2D);
    return tf.keep(castRaw(tf.sub(whole, taken), storage));
  });
}

/** [A; A₀] or [B | −B₀]. */
function joined(name: string, variable: Tensor, initial: Tensor): Tensor {
  const { tf } = engine();
  const both = [variable, initial] as [Tensor2D, Tensor2D];
  if (/\.lora_(A\.weight|embedding_A)$/.test(name)) return tf.concat(both, 0);
  return tf.concat([both[0], tf.neg(both[1])], 1);
}
