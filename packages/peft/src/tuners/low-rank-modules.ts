/**
 * Everything that a low-rank configuration puts on a model, taken together: hooks on the groups of
 * linear layers, the head among them, the embedding's factors, and modules trained whole.
 */
import { PeftError } from '../errors.ts';
import type { LanguageModel } from '../model/language-model.ts';
import type { ProjectionGroup, ProjectionPart } from '../model/projection.ts';
import type { Random } from '../tensors/random.ts';
import type { LoraFields } from './lora-config.ts';
import { LoraEmbedding } from './lora-embedding.ts';
import { type AdaptedHead, adaptHead } from './lora-head.ts';
import { type SavedModule, saveModules } from './lora-saved-module.ts';
import { LowRankBias } from './low-rank-bias.ts';
import { LowRankHook } from './low-rank-hook.ts';
import { disposeLayer, type LowRankLayer, savedName } from './low-rank-layer.ts';
import { EMBEDDING, HEAD, lowRankTargets } from './low-rank-targets.ts';
import { StepDropout } from './step-dropout.ts';
import { projectionGroups } from './target-modules.ts';
import type { NamedVariable } from './tuner.ts';

export interface LowRankModules<Layer extends LowRankLayer> {
  readonly hooks: readonly LowRankHook<Layer>[];
  readonly dropout: StepDropout;
  /** As `target_modules` is saved. */
  readonly targetNames: string | readonly string[];
  layers(): readonly Layer[];
  /** Names under which a variable is saved once more, by its own. */
  readonly copies: ReadonlyMap<string, string>;
  /** All that is saved, in a fixed order. */
  variables(): readonly NamedVariable[];
  merge(): void;
  unmerge(): void;
  detach(): void;
}

interface LayerOptions<Layer extends LowRankLayer> {
  readonly createLayer: (part: ProjectionPart, inputSize: number) => Layer;
  /** Whether the method has factors for embeddings. */
  readonly embeddings: boolean;
}

/**
 * Attaches what a configuration names; nothing is left on the model when it throws.
 * @throws PeftError 'bad-config' with every problem and the names that there are
 */
export function attachModules<Layer extends LowRankLayer>(
  model: LanguageModel,
  config: LoraFields,
  random: Random,
  { createLayer, embeddings }: LayerOptions<Layer>,
): LowRankModules<Layer> {
  const targets = lowRankTargets(model, config);
  if (targets.embedding && !embeddings) {
    throw new PeftError('bad-config', {
      en: 'target_modules: this method has no factors for embed_tokens; put it into modules_to_save',
      zh: 'target_modules：这个方法不能分解 embed_tokens，请把它放到 modules_to_save 中',
    });
  }
  const dropout = new StepDropout(config.lora_dropout, random.integer(2 ** 31));
  const saved = saveModules(model, targets.savedModules, config.ensure_weight_tying);
  const hooks: LowRankHook<Layer>[] = [];
  const hook = (group: ProjectionGroup, parts: readonly ProjectionPart[]): void => {
    const layers = parts.map((part) => createLayer(part, group.inputSize));
    const bias = trainedBias(group, layers, config.bias);
    hooks.push(new LowRankHook(group, layers, { dropout, bias, frozenA: config.lora_fa }));
  };
  for (const { group, parts } of targets.groups) hook(group, parts);
  if (targets.head) hook(targets.head.group, targets.head.parts);
  const head = targets.head && adaptHead(model, targets.head.group);
  if (config.bias === 'all') {
    for (const group of model.blocks.flatMap(projectionGroups)) {
      if (group.bias && !group.hook) hook(group, []);
    }
  }
  const embedding = targets.embedding ? new LoraEmbedding(model, config, random) : null;
  const tied = config.ensure_weight_tying && model.head === model.embedding;
  const copies = new Map(
    tied && targets.savedModules.includes(EMBEDDING)
      ? [[savedName(EMBEDDING, 'weight'), savedName(HEAD, 'weight')]]
      : [],
  );
  return combine({ hooks, dropout, targetNames: targets.names, copies }, head, embedding, saved);
}

function combine<Layer extends LowRankLayer>(
  shared: Pick<LowRankModules<Layer>, 'hooks' | 'dropout' | 'targetNames' | 'copies'>,
  head: AdaptedHead | null,
  embedding: LoraEmbedding | null,
  saved: readonly SavedModule[],
): LowRankModules<Layer> {
  const { hooks } = shared;
  const layers = (): readonly Layer[] => hooks.flatMap((hook) => hook.layers);
  const wholes = [...(embedding ? [embedding] : []), ...saved];
  return {
    ...shared,
    layers,
    variables: () => [
      ...layers().flatMap(({ variables }) => variables),
      ...hooks.flatMap(biasVariables),
      ...wholes.flatMap(({ variables }) => variables),
    ],
    merge: () => {
      for (const one of [...hooks, ...wholes]) one.merge();
      head?.merged();
    },
    unmerge: () => {
      head?.unmerged();
      for (const one of [...hooks, ...wholes]) one.unmerge();
    },
    detach: () => {
      head?.detach();
      for (const hook of hooks) {
        hook.detach();
        hook.options.bias?.dispose();
        for (const layer of hook.layers) disposeLayer(layer);
      }
      for (const whole of wholes) whole.detach();
    },
  };
}

/** What of a group's bias is trained, null when nothing is. */
function trainedBias(
  group: ProjectionGroup,
  layers: readonly LowRankLayer[],
  mode: LoraFields['bias'],
): LowRankBias | null {
  const paths = (mode === 'all' ? group.parts : mode === 'lora_only' ? layers : []).map(
    ({ path }) => path,
  );
  const own = group.bias ? paths : [];
  const added = layers.flatMap(({ start, scale, bias }) =>
    bias ? [{ start, variable: bias, scale }] : [],
  );
  return own.length + added.length > 0 ? new LowRankBias(group, new Set(own), added) : null;
}

/** Trained biases: those of adapted layers lie in their `base_layer`. */
function biasVariables({ layers, options }: LowRankHook): readonly NamedVariable[] {
  const adapted = new Set(layers.map(({ path }) => path));
  return [...(options.bias?.trained ?? [])].map(([path, variable]) => ({
    name: savedName(path, adapted.has(path) ? 'base_layer.bias' : 'bias'),
    variable,
  }));
}
