/**
 * LoRA and its relatives: A[r, in] and B[out, r] at every target layer, so Σ r·(in + out)
 * (Hu et al. 2021). DoRA adds a magnitude [out], AdaLoRA singular values [r, 1].
 */
import * as z from 'zod';
import { LORA_TARGETS } from '../../tuners/default-targets.ts';
import { fromPattern } from '../../tuners/target-modules.ts';
import { type Architecture, type ModuleShape, moduleShapes } from '../architecture.ts';
import {
  type Branch,
  chosenModules,
  firstBlock,
  HEAD,
  NOTHING,
  type TrainedShapes,
  together,
  wholeModules,
} from './trained-shapes.ts';

const names = z.union([z.string(), z.array(z.string())]).nullish();

/** What the shapes depend on; every method of the family has more fields. */
const fields = z.object({
  /** AdaLoRA does not use it. */
  r: z.int().default(8),
  /** AdaLoRA starts from this rank. */
  init_r: z.int().positive().optional(),
  lora_dropout: z.number().default(0),
  target_modules: names,
  exclude_modules: names,
  layers_to_transform: z.union([z.int(), z.array(z.int())]).nullish(),
  /** AdaLoRA's holds masks, which it makes while it trains. */
  rank_pattern: z.record(z.string(), z.int().positive()).catch({}),
  modules_to_save: z.array(z.string()).nullish(),
  ensure_weight_tying: z.boolean().default(false),
  lora_bias: z.boolean().default(false),
  bias: z.enum(['none', 'all', 'lora_only']).default('none'),
  lora_fa: z.boolean().default(false),
  use_dora: z.boolean().default(false),
});

/** @param kind what is trained beside A and B */
export function lowRankShapes(
  architecture: Architecture,
  config: unknown,
  kind: 'lora' | 'dora' | 'adalora' = 'lora',
): TrainedShapes {
  const settings = fields.parse(config);
  const targets = settings.target_modules ?? LORA_TARGETS[architecture.modelType] ?? 'all-linear';
  const known = withHead(architecture);
  // HF-PEFT compares ends of paths here: `norm` means every norm.
  const saved = known.filter(({ path }) =>
    settings.modules_to_save?.some((name) => path.endsWith(name)),
  );
  const modules = chosenModules(
    architecture,
    { ...settings, target_modules: targets, wholePaths: true },
    ['linear', 'embedding', 'head'],
    known.filter((module) => !saved.includes(module)),
  );
  const decomposed = kind === 'dora' || settings.use_dora;
  const rankOf = ({ path }: ModuleShape): number =>
    fromPattern(
      path,
      settings.rank_pattern,
      kind === 'adalora' ? (settings.init_r ?? 12) : settings.r,
    );
  const tensors = modules.flatMap((module): (readonly number[])[] => {
    const [out, input] = module.weight as [number, number];
    const rank = rankOf(module);
    return [
      ...(settings.lora_fa ? [] : [[rank, input]]),
      [out, rank],
      ...(decomposed ? [[out]] : []),
      ...(kind === 'adalora' ? [[rank, 1]] : []),
      ...(settings.lora_bias && module.kind !== 'embedding' ? [[out]] : []),
      ...(settings.bias === 'lora_only' && module.bias > 0 ? [[module.bias]] : []),
    ];
  });
  const branch = (module: ModuleShape): Branch => ({
    readsInput: !settings.lora_fa,
    dropout: settings.lora_dropout,
    rank: rankOf(module),
    // DoRA's magnitude needs the layer's output and the correction's.
    values: rankOf(module) + (decomposed ? 2 * (module.weight[0] as number) : 0),
  });
  const shapes: TrainedShapes = {
    ...NOTHING,
    tensors: [...tensors, ...(settings.bias === 'all' ? allBiases(architecture) : [])],
    branches: new Map(modules.map((module) => [module.path, branch(module)])),
    firstBlock: firstBlock(modules),
  };
  const followsEmbedding = settings.ensure_weight_tying && architecture.tiedHead;
  return together(
    shapes,
    wholeModules(saved.filter(({ path }) => !(followsEmbedding && path === HEAD))),
  );
}

/** A tied head takes a correction or a copy of its own, too: the embedding stays what it is. */
function withHead(architecture: Architecture): readonly ModuleShape[] {
  const modules = moduleShapes(architecture);
  if (!architecture.tiedHead) return modules;
  const weight = [architecture.vocabulary, architecture.hidden];
  return [...modules, { path: HEAD, kind: 'head', block: null, weight, bias: 0 }];
}

function allBiases(architecture: Architecture): (readonly number[])[] {
  return chosenModules(architecture, { target_modules: null })
    .filter(({ bias }) => bias > 0)
    .map(({ bias }) => [bias]);
}
