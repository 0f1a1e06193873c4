/**
 * Layers inside the blocks: bottleneck adapters, 2Dr + D + r each (Houlsby et al. 2019); AdapterFusion,
 * 3D² + D for each place (Pfeiffer et al. 2021); (IA)³, a scale for every output (Liu et al. 2022).
 */
import * as z from 'zod';
import { IA3_TARGETS } from '../../tuners/default-targets.ts';
import { matches } from '../../tuners/target-modules.ts';
import { type Architecture, blockCount, type ModuleShape } from '../architecture.ts';
import {
  type Branch,
  chosenModules,
  firstBlock,
  NOTHING,
  type TrainedShapes,
  together,
  wholeModules,
} from './trained-shapes.ts';

const bottleneckFields = z.object({
  mh_adapter: z.boolean(),
  output_adapter: z.boolean(),
  bottleneck_size: z.int().positive().nullish(),
  reduction_factor: z.number(),
  train_layer_norm: z.boolean(),
  tasks: z.array(z.string()).default([]),
});

export function bottleneckShapes(architecture: Architecture, config: unknown): TrainedShapes {
  const settings = bottleneckFields.parse(config);
  const width = architecture.hidden;
  const inner =
    settings.bottleneck_size ?? Math.max(1, Math.floor(width / settings.reduction_factor));
  const places = [settings.mh_adapter, settings.output_adapter].filter(Boolean).length;
  const count = blockCount(architecture) * places * Math.max(1, settings.tasks.length);
  const adapters: TrainedShapes = {
    ...NOTHING,
    tensors: Array.from({ length: count }, () => [
      [inner, width],
      [inner],
      [width, inner],
      [width],
    ]).flat(),
    // Its input, and the inner values before and after the non-linearity.
    valuesPerBlock: places * (width + 2 * inner),
  };
  if (!settings.train_layer_norm) return adapters;
  return together(
    adapters,
    wholeModules(chosenModules(architecture, { target_modules: null }, ['norm'])),
  );
}

/** A trained adapter is named by its folder and taken for one of Pfeiffer's. */
const fusedAdapter = z.union([
  z.string().transform(() => ({ mh_adapter: false, output_adapter: true })),
  bottleneckFields.pick({ mh_adapter: true, output_adapter: true }),
]);
const fusionFields = z.object({
  adapters: z.record(z.string(), fusedAdapter),
  share_fusion: z.boolean().default(false),
});

export function adapterFusionShapes(architecture: Architecture, config: unknown): TrainedShapes {
  const { adapters, share_fusion: shared } = fusionFields.parse(config);
  const width = architecture.hidden;
  const module = [[width, width], [width], [width, width], [width, width]];
  const [first] = Object.values(adapters);
  const places = [first?.mh_adapter, first?.output_adapter].filter(Boolean).length;
  const count = places * (shared ? 1 : blockCount(architecture));
  const fused = Object.keys(adapters).length;
  return {
    ...NOTHING,
    tensors: Array.from({ length: count }, () => module).flat(),
    // Query, and for every adapter its output, key and value.
    valuesPerBlock: places * (width * (2 + 3 * fused) + fused),
  };
}

const names = z.union([z.string(), z.array(z.string())]).nullish();
const ia3Fields = z.object({
  target_modules: names,
  exclude_modules: names,
  feedforward_modules: names,
});

export function ia3Shapes(architecture: Architecture, config: unknown): TrainedShapes {
  const settings = ia3Fields.parse(config);
  const defaults = IA3_TARGETS[architecture.modelType] ?? [];
  const targets = settings.target_modules ?? defaults;
  const inner = settings.feedforward_modules ?? defaults.slice(-1);
  const modules = chosenModules(architecture, { ...settings, target_modules: targets }, ['linear']);
  const ofInput = ({ path }: ModuleShape): boolean => matches(path, inner);
  const width = (module: ModuleShape): number => module.weight[ofInput(module) ? 1 : 0] as number;
  const branch = (module: ModuleShape): Branch => ({
    readsInput: false,
    dropout: 0,
    values: width(module),
    rank: 0,
  });
  return {
    ...NOTHING,
    tensors: modules.map((module) => [width(module)]),
    branches: new Map(modules.map((module) => [module.path, branch(module)])),
    firstBlock: firstBlock(modules),
  };
}
