/**
 * AdamW (Loshchilov & Hutter 2019), its moments keyed by variable name:
 *   m ← β₁m + (1−β₁)g    v ← β₂v + (1−β₂)g²
 *   p ← p·(1 − η·λ) − η·(m/(1−β₁ᵗ)) / (√(v/(1−β₂ᵗ)) + ε)
 */
import type { Tensor } from '@tensorflow/tfjs';
import { engine } from '../tensors/engine.ts';
import type { NamedVariable } from '../tuners/tuner.ts';
import { adamwUpdates, type ParameterUpdate } from './adamw-update.ts';
import type { TrainConfig } from './config.ts';

/** Learning-rate factor and decay of some variables; of several groups, the first that says one of them counts. */
export interface ParameterGroup {
  readonly match: (name: string, shape: readonly number[]) => boolean;
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
    const changed = variables.filter(({ name }) => gradients.has(name));
    if (changed.length === 0) return;
    const old = changed.map(({ name }) => [this.first.get(name), this.second.get(name)] as const);
    tf.tidy(() => {
      const updates = changed.map(({ name, variable }, i): ParameterUpdate => {
        const groups = this.groups.filter(({ match }) => match(name, variable.shape));
        const said = (field: 'learningRateFactor' | 'weightDecay') =>
          groups.find((group) => group[field] !== undefined)?.[field];
        const rate = learningRate * (said('learningRateFactor') ?? 1);
        const decay = said('weightDecay') ?? this.settings.weight_decay;
        const [m, v] = (old[i] ?? []).map((moment) => moment ?? tf.zerosLike(variable));
        return {
          parameter: variable,
          gradient: gradients.get(name) as Tensor,
          first: m as Tensor,
          second: v as Tensor,
          scalars: {
            rate: rate / (1 - beta1 ** this.steps),
            keep: 1 - rate * decay,
            beta1,
            beta2,
            correction: 1 / (1 - beta2 ** this.steps),
            epsilon,
          },
        };
      });
      for (const [i, next] of adamwUpdates(updates).entries()) {
        const { name, variable } = changed[i] as NamedVariable;
        variable.assign(next.parameter);
        this.first.set(name, tf.keep(next.first));
        this.second.set(name, tf.keep(next.second));
      }
    });
    for (const moment of old.flat()) moment?.dispose();
  }

  state(): OptimizerState {
    const tensors = new Map<string, Tensor>();
    for (const [name, tensor] of this.first) tensors.set(`${name}.exp_avg`, tensor);
    for (const [name, tensor] of this.second) tensors.set(`${name}.exp_avg_sq`, tensor);
    return { step: this.steps, tensors };
  }

  /**
   * Rewrites both moments of a variable: restarts (ReLoRA), new masks.
   * @param change from a moment to the one that takes its place; `null` forgets both
   */
  edit(name: string, change: ((moment: Tensor) => Tensor) | null): void {
    const { tf } = engine();
    for (const moments of [this.first, this.second]) {
      const old = moments.get(name);
      if (!old) continue;
      moments.delete(name);
      if (change) moments.set(name, tf.keep(tf.tidy(() => change(old).clone())));
      old.dispose();
    }
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
