/**
 * Binary masks instead of new values (Zhao et al. 2020, arXiv 2004.12406): every weight of the
 * target layers has a real-valued score m, and those whose score falls to a threshold or below are
 * zero.
 *   y = (W ⊙ 1[m > τ])·x,   dm = dŴ ⊙ W
 * The step function has no derivative: the gradient passes straight through it, the paper's noisy
 * estimator. m starts above τ, so training starts at the base. Saved are the masks, 24 weights in
 * one whole number: `<name>.mask` [⌈out·in/24⌉] int32. The scores themselves are in checkpoints only.
 */
import type { Tensor, Variable } from '@tensorflow/tfjs';
import * as z from 'zod';
import { described } from '../../described.ts';
import { PeftError } from '../../errors.ts';
import type { LanguageModel } from '../../model/language-model.ts';
import { engine } from '../../tensors/engine.ts';
import type { SavedState } from '../load-variables.ts';
import { type Adapter, defineTuner } from '../tuner.ts';
import { byTensor, type NamedParameter, parameterPool } from './base-parameters.ts';
import { savedFields, targetFields } from './config.ts';
import { MaskContent } from './mask-content.ts';
import { bitAt, packBits, packedLength } from './packed-bits.ts';
import { TrainedTensor } from './trained-tensor.ts';

/** The fields of binary masks. */
export const binaryMaskConfig = z
  .object({
    ...savedFields('BINARY_MASK'),
    ...targetFields('all-linear'),
    threshold: z.number().default(0.01).apply(described, {
      en: 'τ: a weight stays while its score is above',
      zh: 'τ：权重在其分数高于此值时保留',
    }),
    mask_init: z.number().default(0.02).apply(described, {
      en: 'score at the start, above the threshold',
      zh: '初始分数，高于阈值',
    }),
  })
  .refine(({ threshold, mask_init }) => mask_init > threshold, {
    path: ['mask_init'],
    message: 'must be above threshold, so that training starts at the base',
  });

export type BinaryMaskConfig = z.infer<typeof binaryMaskConfig>;

defineTuner<BinaryMaskConfig>({
  name: 'binary-mask',
  peftType: 'BINARY_MASK',
  family: 'selected',
  paper: 'Zhao et al. 2020, arXiv 2004.12406',
  parameterCount: { en: 'Σ over target layers of out·in scores', zh: '各目标层的 out·in 个分数' },
  startsAtBase: true,
  learningRate: 3e-3,
  config: binaryMaskConfig,
  attach: attachBinaryMask,
});

interface Scored {
  readonly parameter: NamedParameter;
  readonly variable: Variable;
}

function attachBinaryMask(model: LanguageModel, config: BinaryMaskConfig): Adapter {
  const { threshold, mask_init: start } = config;
  const weights = parameterPool(model, config).filter(({ tensor }) => tensor.kind === 'weight');
  if (weights.length === 0) {
    throw new PeftError('bad-config', {
      en: 'target_modules names no linear layer; masks are for those',
      zh: 'target_modules 中没有线性层，掩码只用于线性层',
    });
  }
  const contents = [...byTensor(weights)].map(([tensor, parameters]) => {
    const content = new MaskContent(parameters, threshold, start);
    return { content, trained: new TrainedTensor(tensor, content) };
  });
  const scored = contents.flatMap(({ content }) =>
    content.parameters.map(
      (parameter, i): Scored => ({ parameter, variable: content.variables[i] as Variable }),
    ),
  );
  const variables = scored.map(({ parameter, variable }) => ({
    name: `${parameter.name}.mask_scores`,
    variable,
  }));
  const freeze = (frozen: boolean): void => {
    for (const { trained } of contents) trained.frozen = frozen;
  };
  let saved: readonly Tensor[] = [];
  return {
    config,
    training: false,
    parameters: () => variables,
    state: () => {
      engine().tf.dispose([...saved]);
      const masks = scored.map((one) => [maskName(one), maskOf(one, threshold)] as const);
      saved = masks.map(([, mask]) => mask);
      return new Map(masks);
    },
    load: (state) => loadMasks(scored, state, config),
    merge: () => freeze(true),
    unmerge: () => freeze(false),
    detach: () => {
      for (const { trained } of contents) trained.detach();
      engine().tf.dispose([...saved]);
    },
  };
}

const maskName = ({ parameter }: Scored): string => `${parameter.name}.mask`;

function maskOf({ variable }: Scored, threshold: number): Tensor {
  const { tf } = engine();
  const scores = variable.dataSync();
  const limit = Math.fround(threshold);
  const bits = packBits(variable.size, (i) => (scores[i] as number) > limit);
  return tf.keep(tf.tensor1d(bits, 'int32'));
}

/** Scores on the right side of the threshold; nothing is assigned unless everything fits. */
function loadMasks(
  scored: readonly Scored[],
  state: SavedState,
  { threshold, mask_init: above }: BinaryMaskConfig,
): void {
  const { tf } = engine();
  const known = new Set(scored.map(maskName));
  const problems = [...state.keys()]
    .filter((name) => !known.has(name))
    .map((name) => ({
      en: `${name}: not part of this adapter`,
      zh: `${name}：不属于这个适配器`,
    }));
  for (const one of scored) {
    const length = packedLength(one.variable.size);
    const name = maskName(one);
    const mask = state.get(name);
    if (!mask) problems.push({ en: `${name}: missing`, zh: `${name}：缺失` });
    else if (mask.data.length !== length) {
      problems.push({
        en: `${name}: expected [${length}], got [${mask.shape}]`,
        zh: `${name}：应为 [${length}]，实际为 [${mask.shape}]`,
      });
    }
  }
  if (problems.length > 0) {
    throw new PeftError(
      'mismatch',
      {
        en: 'the saved masks do not fit this model and configuration',
        zh: '保存的掩码与这个模型和配置不符',
      },
      { problems },
    );
  }
  const below = 2 * threshold - above;
  for (const one of scored) {
    const mask = state.get(maskName(one))?.data ?? [];
    const scores = new Float32Array(one.variable.size);
    for (let i = 0; i < scores.length; i++) scores[i] = bitAt(mask, i) ? above : below;
    tf.tidy(() => one.variable.assign(tf.tensor(scores, one.variable.shape)));
  }
}
