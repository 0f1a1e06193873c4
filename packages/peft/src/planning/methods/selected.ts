/**
 * Parameters of the base itself: all of them, whole modules, biases, norms, or k entries. Of k entries
 * only k have optimizer state, but the gradient that they are taken from is that of whole weights.
 */
import * as z from 'zod';
import { PeftError } from '../../errors.ts';
import { NORM_TARGETS } from '../../tuners/default-targets.ts';
import { EVERY_BLOCK } from '../../tuners/selected/config.ts';
import { type Architecture, blockCount, type ModuleShape, moduleSize } from '../architecture.ts';
import {
  chosenModules,
  firstBlock,
  type ModuleRule,
  NOTHING,
  savedModules,
  type TrainedShapes,
  together,
  wholeModules,
} from './trained-shapes.ts';

const names = z.union([z.string(), z.array(z.string())]).nullable();
const fields = z.object({
  target_modules: names.default(null),
  exclude_modules: names.default(null),
  layers_to_transform: z
    .union([z.int(), z.array(z.int())])
    .nullable()
    .default(null),
  modules_to_save: z.array(z.string()).nullable().default(null),
  keep_ratio: z.number().default(1),
  keep_count: z.int().nullable().default(null),
  layer_ratio: z.number().default(0.25),
  num_layers: z.int().nullable().default(null),
});

/** Every parameter of the target modules: full fine-tuning, Child-tuning F, LT-SFT's first phase. */
export function wholeShapes(architecture: Architecture, config: unknown): TrainedShapes {
  return wholeModules(targets(architecture, fields.parse(config)));
}

/** k entries of the target modules. */
export function sparseShapes(architecture: Architecture, config: unknown): TrainedShapes {
  const settings = fields.parse(config);
  const modules = targets(architecture, settings);
  const pool = modules.reduce((sum, module) => sum + moduleSize(module), 0);
  const count = settings.keep_count ?? Math.floor(settings.keep_ratio * pool);
  return { ...wholeModules(modules), tensors: [[count]], gradientEntries: pool };
}

/** A score for every weight of the target layers. */
export function maskShapes(architecture: Architecture, config: unknown): TrainedShapes {
  const modules = targets(architecture, fields.parse(config)).filter(
    ({ kind }) => kind === 'linear',
  );
  return { ...wholeModules(modules), tensors: modules.map(({ weight }) => weight) };
}

/** The last blocks, ⌈L/4⌉ by default. */
export function lastLayersShapes(architecture: Architecture, config: unknown): TrainedShapes {
  const settings = fields.parse(config);
  const blocks = blockCount(architecture);
  const count = settings.num_layers ?? Math.ceil(settings.layer_ratio * blocks);
  const last = chosenModules(architecture, { target_modules: null }).filter(
    ({ block }) => block !== null && block >= blocks - count,
  );
  return wholeModules([...last, ...savedModules(architecture, settings.modules_to_save)]);
}

/** @throws PeftError 'bad-config' for a model without biases */
export function bitfitShapes(architecture: Architecture, config: unknown): TrainedShapes {
  const settings = fields.parse(config);
  const biased = targets(architecture, settings).filter(({ bias }) => bias > 0);
  if (biased.length === 0) {
    throw new PeftError('bad-config', {
      en: `${architecture.name} has no biases there, so BitFit has nothing to train; take another method (ln-tuning, ia3, lora)`,
      zh: `${architecture.name} 在这些位置没有偏置，BitFit 没有可训练的参数，请改用其他方法（ln-tuning、ia3、lora）`,
    });
  }
  const whole = wholeModules(savedModules(architecture, settings.modules_to_save));
  const own = biased.filter(({ path }) => !whole.ownWeights.has(path));
  const biases: TrainedShapes = {
    ...NOTHING,
    tensors: own.map(({ bias }) => [bias]),
    firstBlock: firstBlock(biased),
  };
  return together(biases, whole);
}

/** The norms; of Qwen2 only those before the feed-forward layers, as in HF-PEFT. */
export function normShapes(architecture: Architecture, config: unknown): TrainedShapes {
  const settings = fields.parse(config);
  const fallback = NORM_TARGETS[architecture.modelType] ?? null;
  const rule = { ...settings, target_modules: settings.target_modules ?? fallback };
  return wholeModules(chosenModules(architecture, rule, ['norm']));
}

function targets(architecture: Architecture, rule: ModuleRule): readonly ModuleShape[] {
  const elsewhere = architecture.family !== 'llama' && rule.target_modules === EVERY_BLOCK;
  if (!elsewhere) return chosenModules(architecture, rule);
  // Other families call their blocks otherwise.
  const every = Array.from({ length: blockCount(architecture) }, (_, block) => block);
  const { layers_to_transform: layers = null } = rule;
  return chosenModules(architecture, {
    ...rule,
    target_modules: null,
    layers_to_transform: layers ?? every,
  });
}
