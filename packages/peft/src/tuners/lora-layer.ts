/**
 * The factors of one LoRA layer, with what HF-PEFT may put beside them: a bias of B, a magnitude (DoRA).
 *   A[r, in]   B[out, r]   s = α/r, or α/√r with rsLoRA
 */
import type { Variable } from '@tensorflow/tfjs';
import type { ProjectionPart } from '../model/projection.ts';
import { engine } from '../tensors/engine.ts';
import type { LowRankPart } from '../tensors/low-rank-matrices.ts';
import type { Random } from '../tensors/random.ts';
import type { LoraFields } from './lora-config.ts';
import { rankAndScale } from './lora-rank.ts';
import { type LowRankLayer, savedName } from './low-rank-layer.ts';
import { normal, randomVariable, uniform } from './random-variable.ts';
import type { NamedVariable } from './tuner.ts';

/** A[r, in], B[out, r], and B's bias [out] where it has one. */
export interface LoraFactors {
  readonly a: Variable;
  readonly b: Variable;
  readonly bias: Variable | null;
}

export class LoraLayer implements LowRankLayer {
  readonly path: string;
  readonly start: number;
  readonly size: number;
  readonly inputSize: number;
  a: Variable;
  b: Variable;
  scale: number;
  /** Bias of B[size]. */
  readonly bias: Variable | null;
  /** [size] */
  magnitude: Variable | null = null;

  constructor({ path, start, size }: ProjectionPart, factors: LoraFactors, scale: number) {
    this.path = path;
    this.start = start;
    this.size = size;
    this.inputSize = factors.a.shape[1] as number;
    this.a = factors.a;
    this.b = factors.b;
    this.bias = factors.bias;
    this.scale = scale;
  }

  get rank(): number {
    return this.a.shape[0] as number;
  }

  get variables(): readonly NamedVariable[] {
    const { path, a, b, bias, magnitude } = this;
    return [
      { name: savedName(path, 'lora_A.weight'), variable: a },
      { name: savedName(path, 'lora_B.weight'), variable: b },
      ...(bias ? [{ name: savedName(path, 'lora_B.bias'), variable: bias }] : []),
      ...(magnitude
        ? [{ name: savedName(path, 'lora_magnitude_vector'), variable: magnitude }]
        : []),
    ];
  }

  part(): LowRankPart {
    const { a, b, scale, start, magnitude } = this;
    return { a, b, scale, start, ...(magnitude && { magnitude }) };
  }

  /** Puts factors of any rank in the place of the present ones. */
  replaceFactors(a: Float32Array, b: Float32Array, scale: number): void {
    const { tf } = engine();
    const rank = a.length / this.inputSize;
    this.a.dispose();
    this.b.dispose();
    [this.a, this.b] = tf.tidy(() => [
      tf.variable(tf.tensor2d(a, [rank, this.inputSize])),
      tf.variable(tf.tensor2d(b, [this.size, rank])),
    ]);
    this.scale = scale;
  }
}

/** A layer with drawn factors; those that come from data or the base weight are set later. */
export function createLoraLayer(
  part: ProjectionPart,
  inputSize: number,
  config: LoraFields,
  random: Random,
): LoraLayer {
  const { scale } = rankAndScale(part.path, config);
  return new LoraLayer(part, drawFactors(part, inputSize, config, random), scale);
}

/** A as `entriesOfA` draws it and B zero; with `init_lora_weights: false` B from U(−1/√r, 1/√r). */
export function drawFactors(
  { path, size }: ProjectionPart,
  inputSize: number,
  config: LoraFields,
  random: Random,
): LoraFactors {
  const { rank } = rankAndScale(path, config);
  const drawB = config.init_lora_weights === false ? uniform(random, 1 / Math.sqrt(rank)) : () => 0;
  return {
    a: randomVariable([rank, inputSize], entriesOfA(rank, inputSize, config, random)),
    b: randomVariable([size, rank], drawB),
    bias: config.lora_bias ? randomVariable([size], drawB) : null,
  };
}

/** Draws entries of A: N(0, 1/r²) when 'gaussian', else Kaiming-uniform (a = √5): U(−1/√in, 1/√in). */
export function entriesOfA(
  rank: number,
  inputSize: number,
  { init_lora_weights }: Pick<LoraFields, 'init_lora_weights'>,
  random: Random,
): () => number {
  return init_lora_weights === 'gaussian'
    ? normal(random, 1 / rank)
    : uniform(random, 1 / Math.sqrt(inputSize));
}
