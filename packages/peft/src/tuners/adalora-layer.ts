/**
 * The triplets of one AdaLoRA layer, ΔW = s·B·(A ∘ E):
 *   A[r, in], B[out, r] ~ N(0, 0.02²)   E[r, 1] zero   s = α / (init_r + 1e-5)
 * The constant in s is HF-PEFT's. s does not change when ranks are taken away.
 */
import type { Variable } from '@tensorflow/tfjs';
import type { ProjectionPart } from '../model/projection.ts';
import { engine } from '../tensors/engine.ts';
import type { LowRankPart } from '../tensors/low-rank-matrices.ts';
import type { Random } from '../tensors/random.ts';
import { type LowRankLayer, savedName } from './low-rank-layer.ts';
import { normal, randomVariable } from './random-variable.ts';
import type { NamedVariable } from './tuner.ts';

const DEVIATION = 0.02;

export class AdaLoraLayer implements LowRankLayer {
  readonly path: string;
  readonly start: number;
  readonly size: number;
  readonly scale: number;
  readonly bias = null;
  private readonly inputSize: number;
  a: Variable;
  b: Variable;
  e: Variable;

  constructor(
    { path, start, size }: ProjectionPart,
    inputSize: number,
    rank: number,
    scale: number,
    random: Random,
    drawsE: boolean,
  ) {
    this.path = path;
    this.start = start;
    this.size = size;
    this.inputSize = inputSize;
    this.scale = scale;
    this.a = randomVariable([rank, inputSize], normal(random, DEVIATION));
    this.b = randomVariable([size, rank], normal(random, DEVIATION));
    this.e = randomVariable([rank, 1], drawsE ? normal(random, 1) : () => 0);
  }

  get rank(): number {
    return this.a.shape[0] as number;
  }

  get names(): { readonly a: string; readonly b: string; readonly e: string } {
    const name = (factor: string): string => savedName(this.path, `lora_${factor}`);
    return { a: name('A'), b: name('B'), e: name('E') };
  }

  get variables(): readonly NamedVariable[] {
    const { names } = this;
    return [
      { name: names.a, variable: this.a },
      { name: names.b, variable: this.b },
      { name: names.e, variable: this.e },
    ];
  }

  part(): LowRankPart {
    const { a, b, e, scale, start } = this;
    return { a: engine().tf.mul(a, e), b, scale, start };
  }

  /** Makes room for factors of another rank; their values are to be loaded. */
  resize(rank: number): void {
    for (const { variable } of this.variables) variable.dispose();
    const zero = (): number => 0;
    this.a = randomVariable([rank, this.inputSize], zero);
    this.b = randomVariable([this.size, rank], zero);
    this.e = randomVariable([rank, 1], zero);
  }
}
