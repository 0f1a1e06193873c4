/**
 * (IA)³: Infused Adapter by Inhibiting and Amplifying Inner Activations (Liu et al. 2022, arXiv
 * 2205.05638, §3.3).
 *   k, v:          y = l ⊙ (W·x + b)        l[out], saved [out, 1]
 *   feed-forward:  y = W·(l ⊙ x) + b        l[in],  saved [1, in]
 * All l start at one. Default targets are HF-PEFT's: k_proj, v_proj and down_proj; q_proj instead of
 * k_proj in Qwen2. Merged into W; the base is kept aside, as a learned zero could not be divided out.
 */
import type { LanguageModel } from '../model/language-model.ts';
import type { ProjectionPart } from '../model/projection.ts';
import type { Random } from '../tensors/random.ts';
import { IA3_TARGETS } from './default-targets.ts';
import { type Ia3Config, ia3Config } from './ia3-config.ts';
import { Ia3Hook, type Ia3Scale } from './ia3-hook.ts';
import { loadVariables } from './load-variables.ts';
import { normal, randomVariable } from './random-variable.ts';
import { matches, targetGroups } from './target-modules.ts';
import { type Adapter, defineTuner } from './tuner.ts';

defineTuner<Ia3Config>({
  name: 'ia3',
  peftType: 'IA3',
  family: 'model',
  paper: 'Liu et al. 2022, arXiv 2205.05638',
  parameterCount: {
    en: 'Σ over target layers of out, or of in for feed-forward layers',
    zh: '各目标层的 out 之和，前馈层取 in',
  },
  startsAtBase: true,
  learningRate: 5e-3,
  config: ia3Config,
  attach: attachIa3,
});

const FEED_FORWARD = 'down_proj';

/** Those of the targets that are scaled at their input; a saved list may name no module that is no target. */
function feedForwardAmong(targets: string | readonly string[]): string[] {
  if (typeof targets === 'string') return [FEED_FORWARD];
  return targets.filter((name) => name === FEED_FORWARD || name.endsWith(`.${FEED_FORWARD}`));
}

/** Installs the scales on every target layer. @throws PeftError 'bad-config' when no layer matches */
function attachIa3(model: LanguageModel, config: Ia3Config, random: Random): Adapter {
  const targets =
    config.target_modules ??
    IA3_TARGETS[model.config.model_type] ??
    (IA3_TARGETS.llama as string[]);
  const inner = config.feedforward_modules ?? feedForwardAmong(targets);
  const draw = config.init_ia3_weights ? () => 1 : normal(random, 1);
  const rule = { target_modules: targets, exclude_modules: config.exclude_modules };
  const hooks = targetGroups(model, rule).map(({ group, parts }) => {
    const scale = (part: ProjectionPart): Ia3Scale => {
      const ofInput = matches(part.path, inner);
      const shape = ofInput ? [1, group.inputSize] : [part.size, 1];
      return { part, ofInput, scale: randomVariable(shape, draw) };
    };
    return new Ia3Hook(group, parts.map(scale));
  });
  const variables = hooks.flatMap(({ scales }) =>
    scales.map(({ part, scale }) => ({
      name: `base_model.model.${part.path}.ia3_l`,
      variable: scale,
    })),
  );
  return {
    config: {
      ...config,
      target_modules: targets,
      feedforward_modules: inner,
    },
    training: false,
    parameters: () => variables,
    state: () => new Map(variables.map(({ name, variable }) => [name, variable])),
    load: (state) => loadVariables(variables, state),
    merge: () => {
      for (const hook of hooks) hook.merge();
    },
    unmerge: () => {
      for (const hook of hooks) hook.unmerge();
    },
    detach: () => {
      for (const hook of hooks) hook.detach();
    },
  };
}
