/**
 * Tiny real parts for tests, here and in code that uses this package: a two-layer Llama with random
 * weights, its files, and comparisons that say where they failed.
 */
import { readFileSync } from 'node:fs';
import { decodeSafetensors, type TensorData } from '../io/safetensors.ts';
import {
  hiddenRows,
  type LanguageModel,
  loadLanguageModel,
  logits,
} from '../model/language-model.ts';
import { packSequences } from '../model/packing.ts';
import { engine, type Precision } from '../tensors/engine.ts';
import { tinyModelFiles } from './tiny-model-files.ts';

export { writeRandomAdapter } from './random-adapter.ts';

/** The tiny model in the engine. The caller disposes it. */
export function tinyModel(
  options: {
    seed?: number;
    precision?: Precision;
    storage?: Precision;
    bytes?: boolean;
    biases?: boolean;
    width?: number;
  } = {},
): LanguageModel {
  const { seed, biases, width, precision = 'float32', storage = precision, bytes } = options;
  const files = tinyModelFiles(seed, biases, width);
  return loadLanguageModel(files, { precision, storage, ...(bytes !== undefined && { bytes }) });
}

/** Logits of every row of packed sequences, one after the other. @param tags task of each sequence */
export function sequenceLogits(
  model: LanguageModel,
  sequences: readonly (readonly number[])[],
  tags?: readonly number[],
): Float32Array {
  return engine().tf.tidy(() =>
    Float32Array.from(logits(model, hiddenRows(model, packSequences(sequences, tags))).dataSync()),
  );
}

/** All tensors of a safetensors file. */
export function readTensors(path: string): Map<string, TensorData> {
  return decodeSafetensors(readFileSync(path), path);
}

/** Largest absolute difference of two equally long lists. @throws Error when their lengths differ */
export function largestDifference(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) {
    throw new Error(`expected ${expected.length} numbers, got ${actual.length}`);
  }
  let largest = 0;
  for (let i = 0; i < actual.length; i++) {
    const difference = Math.abs((actual[i] as number) - (expected[i] as number));
    if (!(difference <= largest)) largest = difference;
  }
  return largest;
}

export { useFusedKernels } from '../tensors/engine.ts';
export { tinyModelFiles } from './tiny-model-files.ts';
export { writeTinyModel } from './tiny-model-folder.ts';
