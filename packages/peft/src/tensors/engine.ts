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
import { bestSpeed } from './best-speed.ts';
import {
  type ComputingForm,
  fastestForm,
  namedForm,
  PLAIN,
  type Precision,
  type ProductSpeed,
} from './chosen-precision.ts';

export type { Precision, ProductSpeed } from './chosen-precision.ts';
export type EngineName = 'tfjs-node-gpu' | 'tfjs-node' | 'wasm';

export interface Engine extends ComputingForm {
  readonly name: EngineName;
  readonly tf: typeof tfTypes;
  /** Whether the fused kernels of `packages/peft/native` are loaded. */
  readonly fused: boolean;
  /** Whether their bfloat16 products of few rows run in the processor's tile registers (AMX). */
  readonly tiles: boolean;
  /** What was tried and why it was passed over; for `doctor`. */
  readonly notes: readonly Text[];
  /** The probe's best figures so far in GFLOP/s; null where it was not run. */
  readonly speed: ProductSpeed | null;
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
 * The environment variable QUAESTOR_ENGINE names the only engine to try; QUAESTOR_PRECISION is in place of
 * the probe: `float32`, `bfloat16`, `mixed`, products in float32 over weights in bfloat16, or `bytes`, the same
 * with answers computed in products of bytes where the processor has those.
 * @param options.precision overrides the probe, e.g. 'float32' for parity tests
 * @throws PeftError 'engine-unavailable' when nothing loads, 'bad-config' for another QUAESTOR_PRECISION
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
  const named = namedForm(process.env.QUAESTOR_PRECISION);
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
      const kernels = loadFusedKernels(name, notes) ?? NO_KERNELS;
      loaded = {
        name,
        tf,
        ...PLAIN,
        notes,
        speed: null,
        fused: kernels.fused,
        tiles: kernels.tiles,
      };
      const probed = loaded.fused ? probe(tf, kernels.bytes) : null;
      const speed = probed && kernels.path !== '' ? bestSpeed(kernels.path, probed) : probed;
      // Without the kernels, bfloat16 would only be slower.
      const chosen = speed ? (named ?? fastestForm(speed)) : PLAIN;
      const asked = wanted ? { precision: wanted, storage: wanted, bytes: false } : chosen;
      loaded = { ...loaded, speed, ...asked, bytes: asked.bytes && kernels.bytes };
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
    loaded = { name: 'wasm', tf, ...PLAIN, notes, speed: null, fused: false, tiles: false };
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

/** What the compiled kernels can do on this processor. */
interface Kernels {
  readonly fused: boolean;
  readonly tiles: boolean;
  /** Whether there are products of bytes. */
  readonly bytes: boolean;
  /** Where they lie; `''` without any. */
  readonly path: string;
}

const NO_KERNELS: Kernels = { fused: false, tiles: false, bytes: false, path: '' };

/** Loads the compiled kernels, whose static initialiser registers them with TensorFlow. */
function loadFusedKernels(name: EngineName, notes: Text[]): Kernels | undefined {
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
    const addon: { readonly exports: Partial<Kernels> } = { exports: {} };
    process.dlopen(addon, kernels);
    const { tiles = false, bytes = false } = addon.exports;
    return { fused: true, tiles, bytes, path: kernels };
  } catch (error) {
    notes.push(`fused kernels: ${firstLine(error)}`);
    return undefined;
  }
}

/**
 * Speed of a typical product, some 80 ms: each form at its best of six rounds, in turns, so that what else
 * the machine does slows all of them.
 * @param bytes whether there are products of bytes
 */
function probe(tf: typeof tfTypes, bytes: boolean): ProductSpeed {
  const [rows, inner, columns] = [512, 576, 1536];
  const backend = tf.backend() as unknown as NodeBackend;
  const { binding } = backend;
  const left = tf.ones([rows, inner]);
  const right = tf.ones([columns, inner]);
  const wide = backend.getInputTensorIds([left, right]) as [number, number];
  const typed = (name: string, value: number): Attribute => ({
    name,
    type: binding.TF_ATTR_TYPE,
    value,
  });
  const flag = (name: string, value: boolean): Attribute => ({
    name,
    type: binding.TF_ATTR_BOOL,
    value,
  });
  const cast = (id: number): number => {
    const attributes = [typed('SrcT', 1), typed('DstT', 14), flag('Truncate', false)];
    return binding.executeOp('Cast', attributes, [id], 1)[0]?.id ?? -1;
  };
  const low = wide.map(cast) as [number, number];
  const transposed = [flag('transpose_a', false), flag('transpose_b', true)];
  const forms = {
    float32: { op: 'MatMul', attributes: [...transposed, typed('T', 1)], ids: wide },
    bfloat16: { op: 'MatMul', attributes: [...transposed, typed('T', 14)], ids: low },
    mixed: { op: 'QuaestorLinear', attributes: [typed('T', 14)], ids: [wide[0], low[1]] },
    bytes: { op: 'QuaestorByteLinear', attributes: [typed('T', 14)], ids: [wide[0], low[1]] },
  };
  const speed = { float32: 0, bfloat16: 0, mixed: 0, bytes: 0 };
  const tried = ['float32', 'bfloat16', 'mixed', ...(bytes ? ['bytes' as const] : [])] as const;
  for (let round = 0; round < 6; round++) {
    for (const form of tried) {
      const { op, attributes, ids } = forms[form];
      const start = performance.now();
      const [product] = binding.executeOp(op, attributes, ids, 1);
      const milliseconds = performance.now() - start;
      speed[form] = Math.max(speed[form], (2 * rows * inner * columns) / milliseconds / 1e6);
      if (product) binding.deleteTensor(product.id);
    }
  }
  for (const id of low) binding.deleteTensor(id);
  tf.dispose([left, right]);
  return speed;
}

function firstLine(error: unknown): string {
  return String(error instanceof Error ? error.message : error).split('\n')[0] ?? 'unknown reason';
}
