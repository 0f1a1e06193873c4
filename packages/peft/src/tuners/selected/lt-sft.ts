/**
 * LT-SFT: Lottery Ticket Sparse Fine-Tuning (Ansell et al. 2022, arXiv 2110.07560), in two phases of
 * one run: full fine-tuning of the target modules shows which entries move most, then these alone
 * are trained from the pretrained weights on, with a fresh optimizer.
 *   C = top-k of |w_1 − w_0| after phase 1;   phase 2 starts at w_0
 * Only phase 1 needs full-size gradients and moments. The result is a sparse difference; those of a
 * language and of a task are added. The learning-rate schedule runs over both phases.
 */
import * as z from 'zod';
import { described } from '../../described.ts';
import { PeftError } from '../../errors.ts';
import type { LanguageModel } from '../../model/language-model.ts';
import { type Adapter, defineTuner } from '../tuner.ts';
import { parameterPool } from './base-parameters.ts';
import { countFields, savedFields, targetFields } from './config.ts';
import { DenseWeights } from './dense-weights.ts';
import { countToKeep, selectEntries } from './selection.ts';
import { sparseAdapter } from './sparse-adapter.ts';
import { SparseWeights } from './sparse-weights.ts';

/** LT-SFT's fields. */
export const ltSftConfig = z.object({
  ...savedFields('LT_SFT'),
  ...targetFields(),
  ...countFields(0.01),
  full_ft_ratio: z.number().gt(0).lt(1).default(0.3).apply(described, {
    en: 'share of the steps that fine-tune in full, to find the entries',
    zh: '为找出这些元素而进行全参数微调的步数比例',
  }),
  full_ft_steps: z.int().positive().nullable().default(null).apply(described, {
    en: 'number of these steps, instead of full_ft_ratio',
    zh: '全参数微调的步数，代替 full_ft_ratio',
  }),
});

export type LtSftConfig = z.infer<typeof ltSftConfig>;

defineTuner<LtSftConfig>({
  name: 'lt-sft',
  peftType: 'LT_SFT',
  family: 'selected',
  paper: 'Ansell et al. 2022, arXiv 2110.07560',
  parameterCount: {
    en: '⌊keep_ratio · Σ sizes of the target parameters⌋; all of them in phase 1',
    zh: '⌊keep_ratio · 目标参数的元素总数⌋；第一阶段为全部',
  },
  startsAtBase: true,
  learningRate: 2e-4,
  config: ltSftConfig,
  attach: attachLtSft,
});

function attachLtSft(model: LanguageModel, config: LtSftConfig): Adapter {
  const pool = parameterPool(model, config);
  const count = countToKeep(pool, config);
  const sparse = new SparseWeights(model);
  /** Phase 1 while it lasts, and its number of steps. */
  let full: { readonly weights: DenseWeights; readonly steps: number } | null = null;
  const endPhase = (): void => {
    full?.weights.detach();
    full = null;
  };
  const freeze = (frozen: boolean): void => {
    sparse.freeze(frozen);
    full?.weights.freeze(frozen);
  };
  return {
    ...sparseAdapter(model, config, sparse),
    parameters: () => full?.weights.parameters ?? sparse.variables(),
    load: (state) => {
      endPhase();
      sparse.load(state);
    },
    merge: () => freeze(true),
    unmerge: () => freeze(false),
    detach: () => {
      endPhase();
      sparse.detach();
    },
    begin: ({ totalSteps }) => {
      if (sparse.chosen) return;
      const steps = fullSteps(config, totalSteps);
      full ??= { weights: new DenseWeights(pool), steps };
    },
    onStep: ({ step, optimizer }) => {
      if (!full || step < full.steps) return;
      const moved = full.weights.distances();
      endPhase();
      sparse.choose(selectEntries(pool, moved, count));
      optimizer.load(0, new Map());
    },
    progress: {
      state: () =>
        full
          ? new Map([[PHASE, { shape: [1], data: Float32Array.of(full.steps), integers: true }]])
          : sparse.progress.state(),
      load: (state) => {
        const steps = state.get(PHASE)?.data[0];
        if (steps === undefined) sparse.progress.load(state);
        else full ??= { weights: new DenseWeights(pool), steps };
      },
    },
  };
}

/** Of phase 1, in checkpoints. */
const PHASE = 'full_ft_steps';

/** @throws PeftError 'bad-config' when no step is left for phase 1 or for phase 2 */
function fullSteps(config: LtSftConfig, totalSteps: number): number {
  const steps = config.full_ft_steps ?? Math.round(config.full_ft_ratio * totalSteps);
  if (steps >= 1 && steps < totalSteps) return steps;
  throw new PeftError('bad-config', {
    en: `${steps} steps of full fine-tuning do not fit into a run of ${totalSteps}, which needs at least one of each phase; set full_ft_steps or full_ft_ratio, or train longer`,
    zh: `${totalSteps} 步的训练容不下 ${steps} 步全参数微调，每个阶段至少要有一步；请设置 full_ft_steps 或 full_ft_ratio，或延长训练`,
  });
}
