import { cpus, totalmem } from 'node:os';
import { loadEngine, type ProductSpeed } from '@quaestor/peft';

/** The machine alone. */
export interface Processor {
  readonly processor: string;
  readonly cores: number;
  readonly memory: number;
  readonly node: string;
}

/** What a figure has to be read with: the machine and engine that it was measured on. */
export interface Machine extends Processor {
  readonly engine: string;
  readonly fusedKernels: boolean;
  /** In which models compute, and keep their weights, unless told otherwise: what the probe found fastest. */
  readonly precision: string;
  readonly storage: string;
  /** Whether models answer in products of bytes. */
  readonly bytes: boolean;
  /** GFLOP/s of the engine's probe; null where it made none. */
  readonly matmul: ProductSpeed | null;
}

/** For figures in which the engine has no part. */
export function describeProcessor(): Processor {
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memory: totalmem(),
    node: process.versions.node,
  };
}

/** Describes this machine; loads the engine. */
export async function describeMachine(): Promise<Machine> {
  const { name, fused, precision, storage, bytes, speed } = await loadEngine();
  return {
    ...describeProcessor(),
    engine: name,
    fusedKernels: fused,
    precision,
    storage,
    bytes,
    matmul: speed,
  };
}
