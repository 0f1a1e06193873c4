/**
 * The native kernels and tensors for their tests. The kernels are those that the engine loads, else
 * they are compiled to a temporary folder.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import type { Tensor } from '@tensorflow/tfjs';
import { engineState, kernelSources, libraryNames } from '../engine-setup/locate.ts';
import { findCompiler, nodeApiHeaders } from '../engine-setup/toolchain.ts';
import { castRaw } from '../tensors/cast.ts';
import { engine, loadEngine, type Precision } from '../tensors/engine.ts';
import { seededRandom } from '../tensors/random.ts';
import { BFLOAT16, FLOAT32 } from '../tensors/raw-op.ts';
import { angle, slopes, type Values } from './kernel-reference.ts';

const { libraries } = engineState();
const compiler = compilerIfAny();

/** Whether this machine can have native kernels at all. */
export const nativeKernelsPossible = libraries !== null && compiler !== null;

/** The precisions that each kernel exists in, and how exact its results in them must be. */
export const precisions = [
  { precision: 'float32', type: FLOAT32, tolerance: 1e-4 },
  { precision: 'bfloat16', type: BFLOAT16, tolerance: 1e-2 },
] as const;

let loading: Promise<void> | undefined;

/** Loads the engine and makes sure that the kernels are registered, once per process. */
export function loadNativeKernels(): Promise<void> {
  loading ??= load();
  return loading;
}

async function load(): Promise<void> {
  if ((await loadEngine()).fused) return;
  const folder = mkdtempSync(join(tmpdir(), 'quaestor-kernels-'));
  try {
    await compileKernels(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function compilerIfAny(): string | null {
  try {
    return findCompiler();
  } catch {
    return null;
  }
}

/** Compiles the kernels and registers them with TensorFlow. */
async function compileKernels(folder: string): Promise<void> {
  const run = (args: string[]) => promisify(execFile)(compiler as string, args);
  const include = [`-I${libraries}/include`, `-I${nodeApiHeaders()}`];
  const flags = ['-O2', '-march=native', '-std=c++17', '-fPIC', '-fopenmp', '-w', ...include, '-c'];
  const objects = await Promise.all(
    kernelSources()
      .filter((source) => source.endsWith('.cc'))
      .map(async (source) => {
        const object = join(folder, `${basename(source)}.o`);
        await run([...flags, source, '-o', object]);
        return object;
      }),
  );
  const library = join(folder, 'kernels.node');
  const framework = join(libraries as string, libraryNames().framework);
  await run(['-shared', '-fopenmp', ...objects, framework, '-o', library]);
  process.dlopen({ exports: {} }, library);
}

const random = seededRandom(7);

/** Random normal values as a tensor of this precision, and as the kernel sees them. */
export function normal(shape: number[], precision: Precision = 'float32'): [Tensor, Values] {
  const count = shape.reduce((product, size) => product * size, 1);
  return stored(
    Array.from({ length: count }, () => random.normal()),
    shape,
    precision,
  );
}

/** The same for given values. */
export function stored(values: number[], shape: number[], precision: Precision): [Tensor, Values] {
  const tensor = castRaw(engine().tf.tensor(values, shape, 'float32'), precision);
  return [tensor, numbers(tensor)];
}

/** int32 [N] */
export function integers(values: number[]): Tensor {
  return engine().tf.tensor(values, [values.length], 'int32');
}

/** The values in float32. */
export function numbers(tensor: Tensor): Values {
  return castRaw(tensor, 'float32').dataSync();
}

/** The largest deviation, relative to the largest expected value (or to 1 when all are smaller). */
export function deviation(actual: Values, expected: Values): number {
  if (actual.length !== expected.length) {
    throw new Error(`${actual.length} values instead of ${expected.length}`);
  }
  let worst = 0;
  let scale = 1;
  for (let i = 0; i < expected.length; i++) {
    worst = Math.max(worst, Math.abs((actual[i] as number) - (expected[i] as number)));
    scale = Math.max(scale, Math.abs(expected[i] as number));
  }
  return worst / scale;
}

/** How long the difference is beside what is expected, as vectors: 0 where they are the same. */
export function relativeError(actual: Values, expected: Values): number {
  let [difference, length] = [0, 0];
  for (let i = 0; i < expected.length; i++) {
    difference += ((actual[i] as number) - (expected[i] as number)) ** 2;
    length += (expected[i] as number) ** 2;
  }
  return Math.sqrt(difference / length);
}

/** Deviation of a gradient from the slopes at some places. */
export function gradientDeviation(
  gradient: Tensor,
  value: (x: Float64Array) => number,
  at: Values,
): number {
  const places = Array.from({ length: 40 }, () => random.integer(at.length));
  const all = numbers(gradient);
  return deviation(
    places.map((place) => all[place] as number),
    slopes(value, at, places),
  );
}

/** cos and sin of the rotation, [length, dim/2] each. */
export function rotary(length: number, dim: number): [Tensor, Tensor] {
  const table = (f: (x: number) => number): Tensor => {
    const values = Array.from({ length: (length * dim) / 2 }, (_, i) =>
      f(angle(Math.floor(i / (dim / 2)), i % (dim / 2), dim)),
    );
    return engine().tf.tensor(values, [length, dim / 2]);
  };
  return [table(Math.cos), table(Math.sin)];
}

/** A test whose tensors are freed. */
export function tidied<Args extends unknown[]>(
  test: (...args: Args) => void,
): (...args: Args) => void {
  return (...args) => engine().tf.tidy(() => test(...args));
}
