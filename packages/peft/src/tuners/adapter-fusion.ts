/**
 * AdapterFusion (Pfeiffer et al. 2021, arXiv 2005.00247; chapter eq. 4.2), its second stage: trained
 * adapters Φ_1 … Φ_N and the base stay frozen, and a module Ψ at each of their places learns how to
 * combine them. The first stage is `bottleneck-adapter.ts`: adapters trained one by one (ST-A), or
 * jointly with `tasks` (MT-A).
 *   y = h + Ψ(h; f_1, …, f_N)        loss + 0.01·Σ‖I − V‖²
 * A saved fusion holds Ψ and the adapters, so it stands on its own.
 */
import type { Scalar } from '@tensorflow/tfjs';
import type { LanguageModel } from '../model/language-model.ts';
import { engine } from '../tensors/engine.ts';
import type { Random } from '../tensors/random.ts';
import { type AdapterFusionConfig, adapterFusionConfig } from './adapter-fusion-config.ts';
import {
  distanceFromIdentity,
  type FusionModule,
  fuse,
  fusionModule,
  namedFusion,
} from './adapter-fusion-module.ts';
import { fusionSources } from './adapter-fusion-sources.ts';
import {
  bottleneckHook,
  bottleneckSize,
  bottleneckStack,
  type Place,
  places,
} from './bottleneck-stack.ts';
import { loadVariables } from './load-variables.ts';
import { type Adapter, defineTuner } from './tuner.ts';

defineTuner<AdapterFusionConfig>({
  name: 'adapter-fusion',
  peftType: 'ADAPTER_FUSION',
  family: 'model',
  paper: 'Pfeiffer et al. 2021, arXiv 2005.00247',
  parameterCount: {
    en: '3D² + D for each layer and place, or once for all layers',
    zh: '每层每处 3D² + D，或所有层共一份',
  },
  startsAtBase: false,
  learningRate: 1e-4,
  config: adapterFusionConfig,
  attach: attachFusion,
});

/** Installs the adapters, frozen, and Ψ. @throws PeftError 'mismatch' | 'not-found' | 'bad-config' */
function attachFusion(model: LanguageModel, config: AdapterFusionConfig, random: Random): Adapter {
  const sources = fusionSources(model, config.adapters);
  const frozen = sources.map((source) => ({
    source,
    stack: bottleneckStack(model, source.config, `adapters.${source.name}.`, random),
  }));
  const disposeFrozen = (): void => {
    for (const { stack } of frozen) stack.dispose();
  };
  try {
    for (const { source, stack } of frozen) {
      const prefix = `adapters.${source.name}.`;
      const unprefixed = stack.variables.map(({ name, variable }) => ({
        name: name.slice(prefix.length),
        variable,
      }));
      if (source.tensors) loadVariables(unprefixed, source.tensors);
    }
  } catch (error) {
    disposeFrozen();
    throw error;
  }
  const [{ config: form }] = sources as [(typeof sources)[number]];
  const modules = new Map(
    places(form).map((place) => [place, placedModules(model, place, config, random)]),
  );
  const placed = [...modules.values()];
  const trained = placed.flatMap(({ variables }) => variables);
  const all = [...trained, ...frozen.flatMap(({ stack }) => stack.variables)];
  for (const [layer, block] of model.blocks.entries()) {
    block.hook = bottleneckHook(form, (place, h, read) => {
      const outputs = frozen.map(({ stack }) => stack.update(read, layer, place));
      return fuse(h, outputs, (modules.get(place) as PlacedModules).of(layer), model.precision);
    });
  }
  return {
    config: {
      ...config,
      adapters: Object.fromEntries(
        sources.map((source) => [
          source.name,
          { ...source.config, bottleneck_size: bottleneckSize(model, source.config) },
        ]),
      ),
    },
    training: false,
    parameters: () => trained,
    state: () => new Map(all.map(({ name, variable }) => [name, variable])),
    load: (state) => loadVariables(all, state),
    ...(config.regularization > 0 && {
      penalty: () => regularization(placed, config.regularization),
    }),
    detach: () => {
      for (const block of model.blocks) block.hook = null;
      for (const { variable } of trained) variable.dispose();
      disposeFrozen();
    },
  };
}

interface PlacedModules {
  readonly modules: readonly FusionModule[];
  readonly variables: ReturnType<typeof namedFusion>;
  of(layer: number): FusionModule;
}

/** The modules of a place: one for each layer, or one that all layers share. */
function placedModules(
  model: LanguageModel,
  place: Place,
  { share_fusion: share }: AdapterFusionConfig,
  random: Random,
): PlacedModules {
  const count = share ? 1 : model.blocks.length;
  const modules = Array.from({ length: count }, () =>
    fusionModule(model.config.hidden_size, random),
  );
  return {
    modules,
    variables: modules.flatMap((module, layer) =>
      namedFusion(share ? `fusion.${place}` : `fusion.layers.${layer}.${place}`, module),
    ),
    of: (layer) => modules[share ? 0 : layer] as FusionModule,
  };
}

function regularization(placed: readonly PlacedModules[], weight: number): Scalar {
  const { tf } = engine();
  return tf.tidy(() => {
    const distances = placed.flatMap(({ modules }) => modules.map(distanceFromIdentity));
    return tf.mul(tf.addN(distances), weight);
  });
}
