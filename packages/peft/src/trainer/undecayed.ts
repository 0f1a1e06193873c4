import type { ParameterGroup } from './adamw.ts';

/** HF's Trainer leaves out of the decay what its names call a bias or a norm; decay would pull a norm's scale to 0. */
const BIAS_OR_NORM = /bias|layernorm|rmsnorm|(?:^|\.)norm(?:$|\.)|_norm(?:$|\.)/;

/** Biases and norms, which do not decay. (IA)³'s vectors do, as in HF. */
export const undecayed: ParameterGroup = {
  match: (name) => BIAS_OR_NORM.test(name.toLowerCase()),
  weightDecay: 0,
};
