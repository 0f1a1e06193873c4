/**
 * AdamW (Loshchilov & Hutter 2019), its moments keyed by variable name:
 *   m ← β₁m + (1−β₁)g    v ← β₂v + (1−β₂)g²
 *   p ← p·(1 − η·λ) − η·(m/(1−β₁ᵗ)) / (√(v/(1−β₂ᵗ)) + ε)
 */
import type { Tensor } from '@tensorflow/tfjs';
import { engine } from '../tensors/engine.ts';
import type { NamedVariable } from '../tuners/tuner.ts';
import type { TrainConfig } from './config.ts';

/** Learning-rate factor and decay of the variables that a group's pattern names. */
export interface ParameterGroup {
  readonly match: (name: string) => boolean;
  readonly learningRateFactor?: number;
  readonly weightDecay?: number;
}

export interface OptimizerState {
  readonly step: number;
  /** `<variable>.exp_avg` and `<variable>.exp_avg_sq`. */
  readonly tensors: ReadonlyMap<string, Tensor>;
}

type Settings = Pick<TrainConfig, 'adam_beta1' | 'adam_beta2' | 'adam_epsilon' | 'weight_decay'>;

export class AdamW {
  private readonly settings: Settings;
  private readonly groups: readonly ParameterGroup[];
  private readonly first = new Map<string, Tensor>();
  private readonly second = new Map<string, Tensor>();
  private steps = 0;

  constructor(settings: Settings, groups: readonly ParameterGroup[] = []) {
    this.settings = settings;
    this.groups = groups;
  }

  /** One update. @param gradients by variable name; a variable without one is left alone */
  step(
    variables: readonly NamedVariable[],
    gradients: ReadonlyMap<string, Tensor>,
    learningRate: number,
  ): void {
    const { tf } = engine();
    const { adam_beta1: beta1, adam_beta2: beta2, adam_epsilon: epsilon } = this.settings;
    this.steps++;
    const firstScale = 1 / (1 - beta1 ** this.steps);
    const secondScale = 1 / (1 - beta2 ** this.steps);
    for (const { name, variable } of variables) {
      const gradient = gradients.get(name);
      if (!gradient) continue;
      const group = this.groups.find(({ match }) => match(name));
      const rate = learningRate * (group?.learningRateFactor ?? 1);
      const decay = group?.weightDecay ?? this.settings.weight_decay;
      const oldFirst = this.first.get(name);
      const oldSecond = this.second.get(name);
      const [first, second] = tf.tidy(() => {
        const m = blend(oldFirst, gradient, beta1);
        const v = blend(oldSecond, tf.square(gradient), beta2);
        const denominator = tf.add(tf.sqrt(tf.mul(v, secondScale)), epsilon);
        const update = tf.div(tf.mul(m, rate * firstScale), denominator);
        const decayed = decay > 0 ? tf.mul(variable as Tensor, 1 - rate * decay) : variable;
        variable.assign(tf.sub(decayed, update));
        return [tf.keep(m), tf.keep(v)] as const;
      });
      oldFirst?.dispose();
      oldSecond?.dispose();
      this.first.set(name, first);
      this.second.set(name, second);
    }
  }

  state(): OptimizerState {
    const tensors = new Map<string, Tensor>();
    for (const [name, tensor] of this.first) tensors.set(`${name}.exp_avg`, tensor);
    for (const [name, tensor] of this.second) tensors.set(`${name}.exp_avg_sq`, tensor);
    return { step: this.steps, tensors };
  }

  /** Takes over saved moments. */
  load(
    step: number,
    tensors: ReadonlyMap<string, { shape: readonly number[]; data: Float32Array }>,
  ): void {
    const { tf } = engine();
    this.dispose();
    this.steps = step;
    for (const [key, { shape, data }] of tensors) {
      const tensor = tf.keep(tf.tensor(data, [...shape], 'float32'));
      if (key.endsWith('.exp_avg_sq')) this.second.set(key.slice(0, -'.exp_avg_sq'.length), tensor);
      else this.first.set(key.slice(0, -'.exp_avg'.length), tensor);
    }
  }

  dispose(): void {
    for (const tensor of [...this.first.values(), ...this.second.values()]) tensor.dispose();
    this.first.clear();
    this.second.clear();
  }
}

function blend(old: Tensor | undefined, value: Tensor, beta: number): Tensor {
  const { tf } = engine();
  const fresh = tf.mul(value, 1 - beta);
  return old ? tf.add(tf.mul(old, beta), fresh) : fresh;
}
