import type { LanguageModel } from '@quaestor/peft';
import type { Machine } from './machine.ts';
import type { GenerationSpeed } from './speed-of-generation.ts';

/** How near the figures come to what the machine can do, which says what holds them back. */
export interface Limits {
  /** Reading prompts: arithmetic done, as a share of the probe's matrix product. */
  readonly prefillShareOfMatmul: number | null;
  /** Writing one stream: milliseconds a step, and the bytes of weights that it reads a second. */
  readonly stepMilliseconds: number;
  readonly weightBytesPerSecond: number;
}

/** Compares measured speeds with the engine's probe: 2 operations a weight and token. */
export function limitsOf(
  model: LanguageModel,
  machine: Machine,
  speeds: readonly GenerationSpeed[],
): Limits {
  const { config, precision, storage, answersInBytes } = model;
  const attention =
    config.hidden_size *
    config.head_dim *
    (config.num_attention_heads + config.num_key_value_heads) *
    2;
  const feedForward = 3 * config.hidden_size * config.intermediate_size;
  const blocks = config.num_hidden_layers * (attention + feedForward);
  const head = config.vocab_size * config.hidden_size;
  const best = speeds.reduce((most, { prefill }) => Math.max(most, prefill), 0);
  const stepsPerSecond = speeds.find(({ streams }) => streams === 1)?.decode ?? 0;
  const form = precision === storage ? precision : 'mixed';
  const peak = machine.matmul?.[answersInBytes ? 'bytes' : form];
  const wholeWeight = storage === 'bfloat16' ? 2 : 4;
  // A byte, and a scale in float32 for every 32.
  const blockWeight = answersInBytes ? 1 + 4 / 32 : wholeWeight;
  return {
    prefillShareOfMatmul: peak === undefined ? null : (2 * blocks * best) / (peak * 1e9),
    stepMilliseconds: 1000 / stepsPerSecond,
    weightBytesPerSecond: stepsPerSecond * (blocks * blockWeight + head * wholeWeight),
  };
}
