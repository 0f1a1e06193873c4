/**
 * The dropout of a run, a pure function of its seed, the step and the pass within it, so that a
 * resumed run drops what it would have dropped.
 */
import type { TensorData } from '../io/safetensors.ts';
import type { DropoutDraw } from '../tensors/dropout-mask.ts';
import { seededRandom } from '../tensors/random.ts';

const FINISHED = 'finished_steps';

export class StepDropout {
  readonly rate: number;
  /** Nothing is dropped outside of training. */
  training = false;
  private readonly seed: number;
  private step = 0;
  private draws = 0;

  constructor(rate: number, seed: number) {
    this.rate = rate;
    this.seed = seed;
  }

  /** The next mask, null when nothing is dropped. */
  next(): DropoutDraw | null {
    if (!this.training || this.rate === 0) return null;
    const mixed =
      this.seed + Math.imul(this.step, 0x9e3779b1) + Math.imul(this.draws++, 0x85ebca6b);
    return { rate: this.rate, seed: seededRandom(mixed).integer(2 ** 31) };
  }

  /** Called with the number of finished steps. */
  startStep(step: number): void {
    this.step = step;
    this.draws = 0;
  }

  /** The finished steps, for a checkpoint. */
  progress(): readonly [string, TensorData] {
    return [FINISHED, { shape: [1], data: Float32Array.of(this.step) }];
  }

  /** The finished steps of a checkpoint. */
  static finishedSteps(progress: ReadonlyMap<string, TensorData>): number {
    return progress.get(FINISHED)?.data[0] ?? 0;
  }
}
