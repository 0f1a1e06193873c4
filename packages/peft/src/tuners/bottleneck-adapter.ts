/**
 * Bottleneck adapters: A(h) = h + f(h), f of `bottleneck.ts`, where h is what a sub-layer is about to
 * add to the residual stream.
 * - Houlsby et al. 2019 (arXiv 1902.00751): after attention and after the feed-forward layer; all
 *   layer norms are trained with them
 * - Pfeiffer et al. 2021 (arXiv 2005.00247): after the feed-forward layer only
 * - He et al. 2022 (arXiv 2110.04366): beside the feed-forward layer, FFN(x) + 4·f(x)
 * With `tasks` each task has adapters of its own, trained jointly (MT-A) and chosen by a row's tag.
 */
import type { LanguageModel } from '../model/language-model.ts';
import type { Random } from '../tensors/random.ts';
import {
  type BottleneckConfig,
  type BottleneckVariant,
  bottleneckConfig,
} from './bottleneck-config.ts';
import { bottleneckHook, bottleneckSize, bottleneckStack } from './bottleneck-stack.ts';
import { loadVariables } from './load-variables.ts';
import { routeRows } from './route-rows.ts';
import { expectTags, taskPrefix } from './tasks.ts';
import { trainNorms } from './trained-norms.ts';
import { type Adapter, defineTuner } from './tuner.ts';

const HOULSBY: BottleneckVariant = {
  mh_adapter: true,
  output_adapter: true,
  is_parallel: false,
  reduction_factor: 16,
  non_linearity: 'gelu',
  scaling: 1,
  init_weights: 'houlsby',
  train_layer_norm: true,
};

/** The defaults of Pfeiffer's adapters, which AdapterFusion combines. */
export const PFEIFFER: BottleneckVariant = {
  ...HOULSBY,
  mh_adapter: false,
  non_linearity: 'relu',
  init_weights: 'bert',
  train_layer_norm: false,
};

const PARALLEL: BottleneckVariant = {
  ...PFEIFFER,
  is_parallel: true,
  reduction_factor: 2,
  scaling: 4,
  init_weights: 'mam_adapter',
};

const shared = { peftType: 'BOTTLENECK', family: 'model', attach: attachBottleneck } as const;

defineTuner<BottleneckConfig>({
  ...shared,
  name: 'adapter-houlsby',
  paper: 'Houlsby et al. 2019, arXiv 1902.00751',
  parameterCount: {
    en: '2L·(2Dr + D + r) + (2L + 1)·D of the layer norms',
    zh: '2L·(2Dr + D + r)，加归一化层的 (2L + 1)·D',
  },
  startsAtBase: false,
  learningRate: 1e-3,
  config: bottleneckConfig(HOULSBY),
});

defineTuner<BottleneckConfig>({
  ...shared,
  name: 'adapter-pfeiffer',
  paper: 'Pfeiffer et al. 2021, arXiv 2005.00247',
  parameterCount: 'L·(2Dr + D + r)',
  startsAtBase: false,
  learningRate: 1e-3,
  config: bottleneckConfig(PFEIFFER),
});

defineTuner<BottleneckConfig>({
  ...shared,
  name: 'adapter-parallel',
  paper: 'He et al. 2022, arXiv 2110.04366',
  parameterCount: 'L·(2Dr + D + r)',
  startsAtBase: true,
  learningRate: 1e-3,
  config: bottleneckConfig(PARALLEL),
});

/** Installs the adapters in every block. */
function attachBottleneck(model: LanguageModel, config: BottleneckConfig, random: Random): Adapter {
  const { tasks, ...rest } = config;
  const stacks = Array.from({ length: Math.max(1, tasks.length) }, (_, task) =>
    bottleneckStack(model, config, taskPrefix(tasks, task), random),
  );
  const norms = trainNorms(
    model,
    () => config.train_layer_norm,
    (path) => `base_model.model.${path}.weight`,
  );
  const variables = [...stacks.flatMap((stack) => stack.variables), ...norms.variables];
  for (const [layer, block] of model.blocks.entries()) {
    block.hook = bottleneckHook(config, (place, _, read) => {
      if (model.rowTags) expectTags(model.rowTags, tasks);
      return routeRows(read, model.rowTags, (rows, task) =>
        (stacks[task] as (typeof stacks)[number]).update(rows, layer, place),
      );
    });
  }
  return {
    config: {
      ...rest,
      bottleneck_size: bottleneckSize(model, config),
      ...(tasks.length > 0 && { tasks }),
    },
    training: false,
    parameters: () => variables,
    state: () => new Map(variables.map(({ name, variable }) => [name, variable])),
    load: (state) => loadVariables(variables, state),
    detach: () => {
      for (const block of model.blocks) block.hook = null;
      for (const stack of stacks) stack.dispose();
      norms.restore();
    },
  };
}
