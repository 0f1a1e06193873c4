/** One restart: the present change goes into the weights, the factors and their moments start anew. */
import { engine } from '../tensors/engine.ts';
import type { Random } from '../tensors/random.ts';
import type { AdamW } from '../trainer/adamw.ts';
import { entriesOfA, type LoraLayer } from './lora-layer.ts';
import { savedName } from './low-rank-layer.ts';
import type { AccumulatedChange } from './relora-accumulated.ts';
import type { ReLoraConfig } from './relora-config.ts';
import { pruneAtRandom, pruneSmallest } from './relora-moments.ts';

/** The function of the model stays as it is: B·A moves into W, and the new B is zero. */
export function restart(
  changes: readonly AccumulatedChange[],
  optimizer: AdamW,
  config: ReLoraConfig,
  random: Random,
): void {
  for (const change of changes) {
    change.add();
    for (const layer of change.layers) {
      drawAgain(layer, config, random);
      for (const factor of ['lora_A.weight', 'lora_B.weight']) {
        forget(optimizer, savedName(layer.path, factor), config, random);
      }
    }
  }
}

function drawAgain(layer: LoraLayer, config: ReLoraConfig, random: Random): void {
  const { tf } = engine();
  const { a, b, rank, inputSize } = layer;
  const draw = entriesOfA(rank, inputSize, config, random);
  const values = Float32Array.from({ length: rank * inputSize }, draw);
  tf.tidy(() => {
    a.assign(tf.tensor2d(values, [rank, inputSize]));
    b.assign(tf.zerosLike(b));
  });
}

function forget(
  optimizer: AdamW,
  name: string,
  { optimizer_reset: reset, optimizer_pruning: share }: ReLoraConfig,
  random: Random,
): void {
  if (reset === 'none') return;
  if (reset === 'full') {
    optimizer.edit(name, null);
    return;
  }
  optimizer.edit(name, reset === 'random' ? pruneAtRandom(share, random) : pruneSmallest(share));
}
