/**
 * The tensor engine: TensorFlow through tfjs. `loadEngine` takes the first that loads of
 * tfjs-node-gpu, tfjs-node (over a current libtensorflow, see engine-setup) and wasm, then the fused
 * CPU kernels where they were compiled, and probes whether bfloat16 products are fast.
 */
import { createRequire } from 'node:module';
import { performance } from 'node:perf_hooks';
import util from 'node:util';
import type * as tfTypes from '@tensorflow/tfjs';
import { engineState } from '../engine-setup/locate.ts';
import { PeftError } from '../errors.ts';
import type { Text } from '../translated.ts';

export type EngineName = 'tfjs-node-gpu' | 'tfjs-node' | 'wasm';
/** How weights and activations inside a block are stored. The residual stream stays float32. */
export type Precision = 'float32' | 'bfloat16';

export interface Engine {
  readonly name: EngineName;
  readonly tf: typeof tfTypes;
  /** Whether the fused kernels of `packages/peft/native` are loaded. */
  readonly fused: boolean;
  /** Whether their bfloat16 products of few rows run in the processor's tile registers (AMX). */
  readonly tiles: boolean;
  /** bfloat16 where the processor multiplies it at least 1.2 times faster than float32. */
  readonly precision: Precision;
  /** What was tried and why it was passed over; for `doctor`. */
  readonly notes: readonly Text[];
  /** The probe's figures in GFLOP/s; null where it was not run. */
  readonly speed: { readonly float32: number; readonly bfloat16: number } | null;
}

/** One output of a TensorFlow op as the binding hands it over. */
export interface Handle {
  readonly id: number;
  readonly shape: number[];
  readonly dtype: number;
}

export type Attribute = { readonly name: string; readonly type: number; readonly value: unknown };

/** What this package uses of tfjs-node's native binding. */
export interface Binding {
  readonly TF_ATTR_TYPE: number;
  readonly TF_ATTR_BOOL: number;
  readonly TF_ATTR_INT: number;
  readonly TF_ATTR_FLOAT: number;
  executeOp(
    name: string,
    attributes: readonly Attribute[],
    ids: number[],
    outputs: number,
  ): Handle[];
  deleteTensor(id: number): void;
}

/** What this package uses of tfjs-node's backend object. */
export interface NodeBackend {
  readonly binding: Binding;
  readonly tensorMap: {
    get(dataId: object): { dtype: number } | undefined;
    set(dataId: object, entry: object): void;
  };
  getInputTensorIds(tensors: readonly tfTypes.Tensor[]): number[];
}

let loading: Promise<Engine> | undefined;
let loaded: Engine | undefined;
/** Whether the kernels were loaded at the start. */
let available: boolean | undefined;

/**
 * Loads the engine once per process.
 * The environment variable QUAESTOR_ENGINE names the only engine to try.
 * @param options.precision overrides the probe, e.g. 'float32' for parity tests
 * @throws PeftError 'engine-unavailable' when nothing loads
 */
export function loadEngine(options: { precision?: Precision } = {}): Promise<Engine> {
  loading ??= open(options.precision);
  return loading;
}

/** The loaded engine. @throws PeftError when `loadEngine` has not finished */
export function engine(): Engine {
  if (!loaded) {
    throw new PeftError('engine-unavailable', {
      en: 'no tensor engine is loaded: await loadEngine() first',
      zh: '没有加载计算引擎，请先 await loadEngine()',
    });
  }
  return loaded;
}

/**
 * Switches the fused kernels off, or on again, for comparing both forms of every op.
 * @throws PeftError 'unsupported' when there are none to switch on
 */
export function useFusedKernels(on: boolean): void {
  const current = engine();
  available ??= current.fused;
  if (on && !available) {
    throw new PeftError('unsupported', {
      en: 'the fused kernels are not loaded; run `quaestor setup`',
      zh: '没有加载融合算子，请运行 `quaestor setup`',
    });
  }
  loaded = { ...current, fused: on };
}

/** tfjs-node's backend. @throws PeftError 'unsupported' on other engines */
export function nodeBackend(): NodeBackend {
  const { name, tf } = engine();
  if (name === 'wasm') {
    throw new PeftError('unsupported', {
      en: 'raw TensorFlow ops need tfjs-node; this engine is wasm',
      zh: 'TensorFlow 原生算子需要 tfjs-node，而当前引擎是 wasm',
    });
  }
  return tf.backend() as unknown as NodeBackend;
}

async function open(wanted: Precision | undefined): Promise<Engine> {
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '3';
  // Waiting OpenMP threads would take the cores from TensorFlow's own pool. For as long as it takes from one
  // kernel to the next they may spin: to wake them costs more than a kernel for few rows.
  process.env.OMP_WAIT_POLICY ??= 'passive';
  process.env.GOMP_SPINCOUNT ??= '15000';
  restoreRemovedNodeFunctions();
  const notes: Text[] = [];
  const require = createRequire(import.meta.url);
  const only = process.env.QUAESTOR_ENGINE;
  for (const name of ['tfjs-node-gpu', 'tfjs-node'] as const) {
    if (only !== undefined && only !== name) continue;
    try {
      const tf = require(`@tensorflow/${name}`) as typeof tfTypes;
      tf.enableProdMode();
      await tf.ready();
      const none = { fused: false, tiles: false };
      loaded = { name, tf, ...none, precision: 'float32', notes, speed: null };
      loaded = { ...loaded, ...(loadFusedKernels(name, notes) ?? none) };
      const speed = loaded.fused ? probe(tf) : null;
      const fast = speed !== null && speed.bfloat16 > 1.2 * speed.float32;
      loaded = { ...loaded, speed, precision: wanted ?? (fast ? 'bfloat16' : 'float32') };
      return loaded;
    } catch (error) {
      notes.push(`${name}: ${firstLine(error)}`);
    }
  }
  try {
    const tf = require('@tensorflow/tfjs') as typeof tfTypes;
    require('@tensorflow/tfjs-backend-wasm');
    tf.enableProdMode();
    await tf.setBackend('wasm');
    await tf.ready();
    notes.push({
      en: 'wasm: about ten times slower than tfjs-node; run `quaestor setup` for the native engine',
      zh: 'wasm：约比 tfjs-node 慢十倍，请运行 `quaestor setup` 安装本机引擎',
    });
    const none = { fused: false, tiles: false };
    loaded = { name: 'wasm', tf, ...none, precision: 'float32', notes, speed: null };
    return loaded;
  } catch (error) {
    notes.push(`wasm: ${firstLine(error)}`);
    throw new PeftError(
      'engine-unavailable',
      {
        en: 'no tensor engine loads; run `quaestor setup`',
        zh: '没有可以加载的计算引擎，请运行 `quaestor setup`',
      },
      { problems: notes, cause: error },
    );
  }
}

/** tfjs-node 4.22 calls helpers that Node 23 removed. */
function restoreRemovedNodeFunctions(): void {
  const legacy = util as unknown as Record<string, unknown>;
  legacy.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined;
  legacy.isArray ??= Array.isArray;
}

/** Loads the compiled kernels, whose static initialiser registers them with TensorFlow. */
function loadFusedKernels(
  name: EngineName,
  notes: Text[],
): Pick<Engine, 'fused' | 'tiles'> | undefined {
  const kernels = process.env.QUAESTOR_KERNELS ?? engineState().kernels;
  if (name !== 'tfjs-node' || process.env.QUAESTOR_FUSED === '0') return undefined;
  if (!kernels) {
    notes.push({
      en: 'fused kernels: not compiled; run `quaestor setup` (needs a C++ compiler)',
      zh: '融合算子没有编译，请运行 `quaestor setup`（需要 C++ 编译器）',
    });
    return undefined;
  }
  try {
    const addon: { readonly exports: { readonly tiles?: boolean } } = { exports: {} };
    process.dlopen(addon, kernels);
    return { fused: true, tiles: addon.exports.tiles === true };
  } catch (error) {
    notes.push(`fused kernels: ${firstLine(error)}`);
    return undefined;
  }
}

/** Speed of a typical product in both precisions; about 30 ms. */
function probe(tf: typeof tfTypes): { float32: number; bfloat16: number } {
  const [rows, inner, columns] = [512, 576, 1536];
  const backend = tf.backend() as unknown as NodeBackend;
  const { binding } = backend;
  const left = tf.ones([rows, inner]);
  const right = tf.ones([columns, inner]);
  const ids = backend.getInputTensorIds([left, right]);
  const time = (inputs: number[], type: number): number => {
    const attributes = [
      { name: 'transpose_a', type: binding.TF_ATTR_BOOL, value: false },
      { name: 'transpose_b', type: binding.TF_ATTR_BOOL, value: true },
      { name: 'T', type: binding.TF_ATTR_TYPE, value: type },
    ];
    let best = Number.POSITIVE_INFINITY;
    for (let run = 0; run < 4; run++) {
      const start = performance.now();
      const [product] = binding.executeOp('MatMul', attributes, inputs, 1);
      best = Math.min(best, performance.now() - start);
      deleteHandle(binding, product);
    }
    return (2 * rows * inner * columns) / best / 1e6;
  };
  const cast = (id: number): Handle | undefined =>
    binding.executeOp(
      'Cast',
      [
        { name: 'SrcT', type: binding.TF_ATTR_TYPE, value: 1 },
        { name: 'DstT', type: binding.TF_ATTR_TYPE, value: 14 },
        { name: 'Truncate', type: binding.TF_ATTR_BOOL, value: false },
      ],
      [id],
      1,
    )[0];
  const low = ids.map(cast);
  const speed = {
    float32: time(ids, 1),
    bfloat16: time(
      low.map((handle) => handle?.id ?? -1),
      14,
    ),
  };
  for (const handle of low) deleteHandle(binding, handle);
  tf.dispose([left, right]);
  return speed;
}

function deleteHandle(binding: Binding, handle: Handle | undefined): void {
  if (handle) binding.deleteTensor(handle.id);
}

function firstLine(error: unknown): string {
  return String(error instanceof Error ? error.message : error).split('\n')[0] ?? 'unknown reason';
}
