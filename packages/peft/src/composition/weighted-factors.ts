import type { LoraFactors } from './lora-factors.ts';

/** One adapter's correction of a module, weight·scale·B·A. */
export interface WeightedFactors extends LoraFactors {
  readonly weight: number;
}
