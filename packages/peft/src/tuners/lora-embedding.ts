/**
 * LoRA on the embedding, as HF-PEFT has it (Hu et al. 2021, §4.2, with A and B in a lookup's order):
 *   e(t) = E[t] + s·Aᵀ[t]·Bᵀ,   A[r, V] zero, B[D, r] ~ N(0, 1)
 * A tied head stays the base's.
 */
import type { Tensor, Variable } from '@tensorflow/tfjs';
import type { LanguageModel } from '../model/language-model.ts';
import { castRaw } from '../tensors/cast.ts';
import { engine } from '../tensors/engine.ts';
import { gatherRows } from '../tensors/gather-rows.ts';
import { linear } from '../tensors/linear.ts';
import type { Random } from '../tensors/random.ts';
import { precisionOf } from '../tensors/raw-op.ts';
import type { LoraFields } from './lora-config.ts';
import { rankAndScale } from './lora-rank.ts';
import { savedName } from './low-rank-layer.ts';
import { EMBEDDING } from './low-rank-targets.ts';
import { normal, randomVariable } from './random-variable.ts';
import type { NamedVariable } from './tuner.ts';

export class LoraEmbedding {
  readonly variables: readonly NamedVariable[];
  private readonly model: LanguageModel;
  private readonly a: Variable;
  private readonly b: Variable;
  private readonly scale: number;
  private original: Tensor | null = null;

  constructor(model: LanguageModel, config: LoraFields, random: Random) {
    const [vocabulary, width] = model.embedding.shape as [number, number];
    const { rank, scale } = rankAndScale(EMBEDDING, config);
    const drawA = config.init_lora_weights === false ? normal(random, 1) : () => 0;
    this.model = model;
    this.a = randomVariable([rank, vocabulary], drawA);
    this.b = randomVariable([width, rank], normal(random, 1));
    this.scale = scale;
    this.variables = [
      { name: savedName(EMBEDDING, 'lora_embedding_A'), variable: this.a },
      { name: savedName(EMBEDDING, 'lora_embedding_B'), variable: this.b },
    ];
    model.embeddingHook = (ids) => this.rows(ids);
  }

  merge(): void {
    if (this.original) return;
    const { tf } = engine();
    const { model, a, b, scale } = this;
    const base = model.embedding;
    this.original = base;
    model.embedding = tf.tidy(() => {
      const delta = tf.matMul(a.as2D(...size(a)), b.as2D(...size(b)), true, true);
      const sum = tf.add(castRaw(base, 'float32'), tf.mul(delta, scale));
      return tf.keep(castRaw(sum, precisionOf(base)));
    });
    model.embeddingHook = null;
  }

  unmerge(): void {
    if (!this.original) return;
    this.model.embedding.dispose();
    this.model.embedding = this.original;
    this.original = null;
    this.model.embeddingHook = (ids) => this.rows(ids);
  }

  detach(): void {
    this.unmerge();
    this.model.embeddingHook = null;
    this.a.dispose();
    this.b.dispose();
  }

  private rows(ids: Tensor): Tensor {
    const { tf } = engine();
    const low = gatherRows(tf.transpose(this.a), ids);
    const delta = tf.mul(linear(low, this.b), this.scale);
    return tf.add(gatherRows(this.model.embedding, ids), delta);
  }
}

function size({ shape }: Variable): [number, number] {
  return shape as [number, number];
}
