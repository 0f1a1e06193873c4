/**
 * How much each triplet matters (Zhang et al. 2023, eq. 8–9), from parameters p and gradients g:
 *   I = |p·g|    Ī ← β₁Ī + (1 − β₁)I    Ū ← β₂Ū + (1 − β₂)|I − Ī|    s = Ī·Ū
 *   score of rank i: s(E_i) + mean_j s(A_ij) + mean_k s(B_ki)
 */
import type { Tensor, Variable } from '@tensorflow/tfjs';
import type { TensorData } from '../io/safetensors.ts';
import { engine } from '../tensors/engine.ts';
import type { AdaLoraLayer } from './adalora-layer.ts';

interface Moments {
  /** Ī */
  readonly sensitivity: Tensor;
  /** Ū */
  readonly uncertainty: Tensor;
}

export class RankImportance {
  private readonly beta1: number;
  private readonly beta2: number;
  private readonly moments = new Map<string, Moments>();

  constructor(beta1: number, beta2: number) {
    this.beta1 = beta1;
    this.beta2 = beta2;
  }

  /** Takes in a step. @param gradients by parameter name; a variable without one counts as unmoved */
  update(layers: readonly AdaLoraLayer[], gradients: ReadonlyMap<string, Tensor>): void {
    for (const { name, variable } of layers.flatMap(({ variables }) => variables)) {
      const gradient = gradients.get(name);
      if (gradient) this.updateOne(name, variable, gradient);
    }
  }

  /** Scores of a layer's ranks; 0 before the first step. */
  scores({ names, rank }: AdaLoraLayer): Float32Array {
    const { tf } = engine();
    if (rank === 0 || !this.moments.has(names.e)) return new Float32Array(rank);
    return tf.tidy(() => {
      const [a, b, e] = [names.a, names.b, names.e].map((name) => {
        const { sensitivity, uncertainty } = this.moments.get(name) as Moments;
        return tf.mul(sensitivity, uncertainty);
      }) as [Tensor, Tensor, Tensor];
      const sum = tf.addN([tf.reshape(e, [rank]), tf.mean(a, 1), tf.mean(b, 0)]);
      return Float32Array.from(sum.dataSync());
    });
  }

  clear(): void {
    for (const { sensitivity, uncertainty } of this.moments.values()) {
      sensitivity.dispose();
      uncertainty.dispose();
    }
    this.moments.clear();
  }

  state(): Map<string, TensorData> {
    const read = (tensor: Tensor): TensorData => ({
      shape: tensor.shape,
      data: Float32Array.from(tensor.dataSync()),
    });
    return new Map(
      [...this.moments].flatMap(([name, { sensitivity, uncertainty }]) => [
        [`${name}.sensitivity`, read(sensitivity)] as const,
        [`${name}.uncertainty`, read(uncertainty)] as const,
      ]),
    );
  }

  load(state: ReadonlyMap<string, TensorData>): void {
    const { tf } = engine();
    this.clear();
    const stored = (key: string): Tensor | null => {
      const tensor = state.get(key);
      return tensor ? tf.keep(tf.tensor(tensor.data, [...tensor.shape], 'float32')) : null;
    };
    for (const key of state.keys()) {
      if (!key.endsWith('.sensitivity')) continue;
      const name = key.slice(0, -'.sensitivity'.length);
      const [sensitivity, uncertainty] = [stored(key), stored(`${name}.uncertainty`)];
      if (sensitivity && uncertainty) this.moments.set(name, { sensitivity, uncertainty });
    }
  }

  private updateOne(name: string, variable: Variable, gradient: Tensor): void {
    const { tf } = engine();
    const { beta1, beta2 } = this;
    const old = this.moments.get(name);
    const [sensitivity, uncertainty] = tf.tidy(() => {
      const now = tf.abs(tf.mul(variable, gradient));
      const fresh = tf.mul(now, 1 - beta1);
      const sensitivity = old ? tf.add(tf.mul(old.sensitivity, beta1), fresh) : fresh;
      const distance = tf.mul(tf.abs(tf.sub(now, sensitivity)), 1 - beta2);
      const uncertainty = old ? tf.add(tf.mul(old.uncertainty, beta2), distance) : distance;
      return [tf.keep(sensitivity), tf.keep(uncertainty)];
    }) as [Tensor, Tensor];
    old?.sensitivity.dispose();
    old?.uncertainty.dispose();
    this.moments.set(name, { sensitivity, uncertainty });
  }
}
