/** Bottlenecks at their places in every layer of a model: one adapter, as it is trained and saved. */
import type { Tensor } from '@tensorflow/tfjs';
import type { BlockHook } from '../model/block.ts';
import type { LanguageModel } from '../model/language-model.ts';
import { cast } from '../tensors/cast.ts';
import { engine } from '../tensors/engine.ts';
import type { Random } from '../tensors/random.ts';
import { precisionOf } from '../tensors/raw-op.ts';
import { type Bottleneck, bottleneck, newBottleneck } from './bottleneck.ts';
import type { BottleneckConfig } from './bottleneck-config.ts';
import { namedDense } from './dense-layer.ts';
import type { NamedVariable } from './tuner.ts';

/** Which sub-layer an adapter belongs to. */
export type Place = 'self_attn' | 'mlp';

export interface BottleneckStack {
  readonly variables: readonly NamedVariable[];
  /** What an adapter adds: f of [N, D], both float32. */
  update(x: Tensor, layer: number, place: Place): Tensor;
  dispose(): void;
}

/** The places that a configuration fills. */
export function places({ mh_adapter, output_adapter }: BottleneckConfig): readonly Place[] {
  return [
    ...(mh_adapter ? ['self_attn' as const] : []),
    ...(output_adapter ? ['mlp' as const] : []),
  ];
}

/** The inner width r. */
export function bottleneckSize(model: LanguageModel, config: BottleneckConfig): number {
  const width = model.config.hidden_size;
  return config.bottleneck_size ?? Math.max(1, Math.floor(width / config.reduction_factor));
}

/** New adapters in every layer. @param prefix of their names @returns a stack that the caller disposes */
export function bottleneckStack(
  model: LanguageModel,
  config: BottleneckConfig,
  prefix: string,
  random: Random,
): BottleneckStack {
  const size = bottleneckSize(model, config);
  const layers = model.blocks.map(
    () =>
      new Map<Place, Bottleneck>(
        places(config).map((place) => [
          place,
          newBottleneck(model.config.hidden_size, size, config.init_weights, random),
        ]),
      ),
  );
  const variables = layers.flatMap((adapters, layer) =>
    [...adapters].flatMap(([place, { down, up }]) => {
      const path = `${prefix}base_model.model.model.layers.${layer}.${place}`;
      return [...namedDense(`${path}.adapter_down`, down), ...namedDense(`${path}.adapter_up`, up)];
    }),
  );
  return {
    variables,
    update: (x, layer, place) =>
      bottleneck(x, layers[layer]?.get(place) as Bottleneck, config, model.precision),
    dispose: () => {
      for (const { variable } of variables) variable.dispose();
    },
  };
}

/**
 * The hook of a block whose sub-layers' outputs h get something added.
 * @param added from h and what the adapters read (the same unless parallel) to what is added, float32
 */
export function bottleneckHook(
  config: BottleneckConfig,
  added: (place: Place, h: Tensor, read: Tensor) => Tensor,
): BlockHook {
  const sum = (place: Place, delta: Tensor, input: Tensor | null): Tensor => {
    // In float32: tfjs itself sums the gradients of what several readers share.
    const h = cast(delta, 'float32');
    const read = input ? cast(input, 'float32') : h;
    return cast(engine().tf.add(h, added(place, h, read)), precisionOf(delta));
  };
  const { mh_adapter, output_adapter, is_parallel } = config;
  return {
    ...(mh_adapter && { afterAttention: (delta) => sum('self_attn', delta, null) }),
    ...(output_adapter && !is_parallel && { afterFeedForward: (delta) => sum('mlp', delta, null) }),
    ...(output_adapter &&
      is_parallel && { besideFeedForward: (delta, input) => sum('mlp', delta, input) }),
  };
}
