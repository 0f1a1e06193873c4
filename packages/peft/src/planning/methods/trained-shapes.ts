/** What a method trains in a model, as shapes: no tensor is made. */
import { PeftError } from '../../errors.ts';
import { chosenLayers, matches } from '../../tuners/target-modules.ts';
import { type Architecture, type ModuleShape, moduleShapes } from '../architecture.ts';

/** What a method adds to a linear layer. */
export interface Branch {
  /** Whether the layer's input must be kept for it. */
  readonly readsInput: boolean;
  /** Dropout before it: then it keeps its own, dropped copy of the input. */
  readonly dropout: number;
  /** Further values that are kept for it, per token. */
  readonly values: number;
  /** Rank of a low-rank branch, 0 for another. */
  readonly rank: number;
}

export interface TrainedShapes {
  /** Shape of every trained tensor. */
  readonly tensors: readonly (readonly number[])[];
  /** Entries that a gradient is computed for, where they are more than those trained. */
  readonly gradientEntries?: number;
  /** Paths of modules whose own weight has a gradient. */
  readonly ownWeights: ReadonlySet<string>;
  /** By path of the linear layer. */
  readonly branches: ReadonlyMap<string, Branch>;
  /** Values that added layers keep in every block, per token. */
  readonly valuesPerBlock: number;
  /** Tokens that are put before each sequence and run through the blocks. */
  readonly virtualTokens: number;
  /** Earliest block with something to train; 0 when it is the entrance. */
  readonly firstBlock: number;
}

/** Trains nothing; the parts of a method are spread over it. */
export const NOTHING: TrainedShapes = {
  tensors: [],
  ownWeights: new Set(),
  branches: new Map(),
  valuesPerBlock: 0,
  virtualTokens: 0,
  firstBlock: 0,
};

/** Which modules a method names, under HF-PEFT's fields; null stands for every module. */
export interface ModuleRule {
  readonly target_modules: string | readonly string[] | null;
  readonly exclude_modules?: string | readonly string[] | null | undefined;
  readonly layers_to_transform?: number | readonly number[] | null | undefined;
  /** Whether a module that a list names by its whole path is meant whatever its layer. */
  readonly wholePaths?: boolean;
}

/** @throws PeftError 'bad-config' with the names that there are when a rule names no module */
export function chosenModules(
  architecture: Architecture,
  rule: ModuleRule,
  kinds: readonly ModuleShape['kind'][] = ['linear', 'norm', 'embedding', 'head'],
  modules: readonly ModuleShape[] = moduleShapes(architecture),
): readonly ModuleShape[] {
  const all = modules.filter(({ kind }) => kinds.includes(kind));
  const { target_modules: wanted, exclude_modules: excluded, wholePaths = false } = rule;
  const inFull = (path: string): boolean =>
    wholePaths && Array.isArray(wanted) && wanted.includes(path);
  const blocks = chosenLayers(rule.layers_to_transform);
  const chosen = all.filter(({ path, kind, block }) => {
    if (excluded && matches(path, excluded)) return false;
    if (blocks && !(block !== null && blocks.has(block)) && !inFull(path)) return false;
    if (wanted === 'all-linear') return kind === 'linear';
    return wanted === null || matches(path, wanted);
  });
  if (chosen.length > 0) return chosen;
  const names = [...new Set(all.map(({ path }) => path.slice(path.lastIndexOf('.') + 1)))];
  throw new PeftError('bad-config', {
    en: `target_modules ${JSON.stringify(wanted)} matches no module of ${architecture.name} (after exclude_modules and layers_to_transform); they are called ${names.join(', ')}`,
    zh: `target_modules ${JSON.stringify(wanted)} 与 ${architecture.name} 的模块都不匹配（已应用 exclude_modules 和 layers_to_transform），各模块的名称：${names.join('、')}`,
  });
}

/** Weights and biases of whole modules, of each once however often it is given. */
export function wholeModules(given: readonly ModuleShape[]): TrainedShapes {
  const modules = [...new Map(given.map((module) => [module.path, module])).values()];
  return {
    ...NOTHING,
    tensors: modules.flatMap(({ weight, bias }) => (bias > 0 ? [weight, [bias]] : [weight])),
    ownWeights: new Set(modules.map(({ path }) => path)),
    firstBlock: firstBlock(modules),
  };
}

/** The modules that `modules_to_save` names; a tied head is the embedding. */
export function savedModules(
  architecture: Architecture,
  names: readonly string[] | null | undefined,
): readonly ModuleShape[] {
  const modules = moduleShapes(architecture);
  const embedding = modules.find(({ kind }) => kind === 'embedding');
  return modules.filter((module) =>
    names?.some(
      (name) =>
        matches(module.path, [name]) ||
        (architecture.tiedHead && module === embedding && matches(HEAD, [name])),
    ),
  );
}

/** In all families. */
export const HEAD = 'lm_head';

/** Both together. */
export function together(a: TrainedShapes, b: TrainedShapes): TrainedShapes {
  if (b.tensors.length === 0) return a;
  return {
    ...a,
    tensors: [...a.tensors, ...b.tensors],
    ownWeights: new Set([...a.ownWeights, ...b.ownWeights]),
    branches: new Map([...a.branches, ...b.branches]),
    firstBlock: Math.min(a.firstBlock, b.firstBlock),
  };
}

/**
 * The earliest block that gradients reach. An embedding counts as the entrance; a head or the last
 * norm lies behind every block.
 */
export function firstBlock(modules: readonly ModuleShape[]): number {
  return Math.min(
    ...modules.map(({ kind, block }) =>
      kind === 'embedding' ? 0 : (block ?? Number.POSITIVE_INFINITY),
    ),
  );
}
