/**
 * Which ranks of which layer AdaLoRA keeps: at an allocation the least important ones of all layers
 * lose their E, as many as the budget says. Until the last allocation E may grow again.
 */
import type { Tensor } from '@tensorflow/tfjs';
import type { TensorData } from '../io/safetensors.ts';
import { engine } from '../tensors/engine.ts';
import { RankImportance } from './adalora-importance.ts';
import type { AdaLoraLayer } from './adalora-layer.ts';
import { allocatesAt, lastAllocation, type RankSchedule, rankBudget } from './adalora-schedule.ts';

/** For each layer, whether each of its ranks is kept. */
export type KeptRanks = ReadonlyMap<string, readonly boolean[]>;

export class RankAllocator {
  private readonly layers: readonly AdaLoraLayer[];
  private readonly importance: RankImportance;
  /** After the last allocation so far, null before the first. */
  kept: KeptRanks | null = null;

  constructor(layers: readonly AdaLoraLayer[], beta1: number, beta2: number) {
    this.layers = layers;
    this.importance = new RankImportance(beta1, beta2);
  }

  /**
   * To be called after each optimizer step.
   * @param step from 0 @param gradients by parameter name, of that step
   */
  afterStep(step: number, gradients: ReadonlyMap<string, Tensor>, schedule: RankSchedule): void {
    const end = lastAllocation(schedule);
    if (step < end) this.importance.update(this.layers, gradients);
    if (allocatesAt(step, schedule)) {
      this.kept = this.mostImportant(rankBudget(step, schedule));
      this.maskOthers();
      if (step === end) this.importance.clear();
    } else if (step > end) this.maskOthers();
  }

  state(): Map<string, TensorData> {
    const state = this.importance.state();
    for (const [path, ranks] of this.kept ?? []) {
      const data = Float32Array.from(ranks, (kept) => (kept ? 1 : 0));
      state.set(`${path}.kept`, { shape: [ranks.length], data });
    }
    return state;
  }

  load(state: ReadonlyMap<string, TensorData>): void {
    this.importance.load(state);
    const kept = this.layers.flatMap(({ path }) => {
      const ranks = state.get(`${path}.kept`)?.data;
      return ranks ? [[path, Array.from(ranks, (rank) => rank === 1)] as const] : [];
    });
    this.kept = kept.length > 0 ? new Map(kept) : null;
  }

  dispose(): void {
    this.importance.clear();
  }

  /** Exactly `budget` ranks; among equals those of later layers. */
  private mostImportant(budget: number): KeptRanks {
    const all = this.layers.flatMap((layer) =>
      [...this.importance.scores(layer)].map((score, rank) => ({ path: layer.path, rank, score })),
    );
    const lost = all.sort((left, right) => left.score - right.score);
    const kept = new Map(this.layers.map(({ path, rank }) => [path, Array(rank).fill(true)]));
    for (const { path, rank } of lost.slice(0, Math.max(0, all.length - budget))) {
      (kept.get(path) as boolean[])[rank] = false;
    }
    return kept;
  }

  private maskOthers(): void {
    const { tf } = engine();
    for (const { path, e, rank } of this.layers) {
      const kept = this.kept?.get(path);
      if (!kept || rank === 0) continue;
      tf.tidy(() => {
        const mask = tf.tensor2d(
          Float32Array.from(kept, (one) => (one ? 1 : 0)),
          [rank, 1],
        );
        e.assign(tf.mul(e, mask));
      });
    }
  }
}
