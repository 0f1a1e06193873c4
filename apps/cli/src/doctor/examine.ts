import { existsSync, statfsSync, statSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { dirname } from 'node:path';
import {
  DEFAULT_MODEL,
  type Engine,
  engineState,
  findModel,
  loadEngine,
  processor,
  stateFolder,
  textIn,
} from '@quaestor/peft';
import { openAdapters } from '../adapters.ts';
import { demoDatabase } from '../setup/make-demo-database.ts';
import { setupSteps } from '../setup/set-up.ts';
import { availableMemory } from './available-memory.ts';
import { type MatmulSpeed, matmulSpeed } from './matmul-speed.ts';

/** Everything `doctor` looks at; printed as it is by `--json`. Bytes are bytes. */
export interface Findings {
  readonly node: { readonly version: string; readonly platform: string };
  readonly processor: { readonly name: string; readonly cores: number; readonly flags: string[] };
  readonly engine: {
    readonly name: string;
    readonly tensorflow: string | null;
    readonly precision: string;
    readonly storage: string;
    /** Whether answers are computed in products of bytes. */
    readonly bytes: boolean;
    readonly fusedKernels: boolean;
    /** GFLOP/s of a matrix product; null where the engine lacks the type. */
    readonly matmul: MatmulSpeed;
    readonly libraries: string | null;
    readonly notes: readonly string[];
  } | null;
  readonly model: { readonly name: string; readonly path: string | null };
  readonly demoDatabase: { readonly path: string; readonly bytes: number | null };
  readonly adapters: readonly { readonly name: string; readonly problem: string | null }[];
  readonly memory: { readonly total: number; readonly available: number };
  readonly disk: { readonly folder: string; readonly free: number };
  readonly problems: readonly Problem[];
}

interface Problem {
  readonly problem: string;
  readonly repair: string;
}

/** Set-up steps that only an engine in use can tell to be done: another state folder's may have placed it. */
const STEPS_OF_ENGINE: ReadonlySet<string> = new Set(['libtensorflow', 'binding']);

/** Set-up steps of which the lack stops questions from being answered. */
const OPTIONAL_STEPS: ReadonlySet<string> = new Set(['kernels']);

/** Looks at this machine; takes about a second, most of it the speed of a matrix product. */
export async function examine(): Promise<Findings> {
  const home = stateFolder();
  const problems: Problem[] = [];
  const engine = await describeEngine(home, problems);
  const isNative = engine !== null && engine.tensorflow !== null;
  const undone = setupSteps()
    .flat()
    .filter(({ name }) => !OPTIONAL_STEPS.has(name) && !(isNative && STEPS_OF_ENGINE.has(name)))
    .filter((step) => !step.done(home));
  problems.unshift(
    ...undone.map(({ title }) => ({ problem: `not done: ${title}`, repair: 'quaestor setup' })),
  );
  const adapters = openAdapters()
    .list()
    .map(({ name, problem }) => ({ name, problem: problem && textIn(problem, 'en') }));
  for (const { name, problem } of adapters) {
    if (problem !== null) problems.push({ problem, repair: `quaestor hub remove ${name}` });
  }
  const demo = demoDatabase(home);
  const folder = existsSync(home) ? home : dirname(home);
  const { bavail, bsize } = statfsSync(existsSync(folder) ? folder : '/');
  return {
    node: { version: process.versions.node, platform: `${process.platform} ${process.arch}` },
    processor: {
      name: cpus()[0]?.model.trim() ?? 'unknown',
      cores: cpus().length,
      flags: (
        processor().match(/\b(avx2|avx512f|avx512_bf16|amx_bf16|asimd|bf16)\b/g) ?? []
      ).sort(),
    },
    engine,
    model: { name: DEFAULT_MODEL, path: findModel(DEFAULT_MODEL) },
    demoDatabase: { path: demo, bytes: existsSync(demo) ? statSync(demo).size : null },
    adapters,
    memory: { total: totalmem(), available: availableMemory() },
    disk: { folder: home, free: bavail * bsize },
    problems,
  };
}

async function describeEngine(home: string, problems: Problem[]): Promise<Findings['engine']> {
  let engine: Engine;
  try {
    engine = await loadEngine();
  } catch (error) {
    problems.push({ problem: (error as Error).message, repair: 'quaestor setup' });
    return null;
  }
  return {
    name: engine.name,
    tensorflow: tensorflowVersion(engine),
    precision: engine.precision,
    storage: engine.storage,
    bytes: engine.bytes,
    fusedKernels: engine.fused,
    matmul: matmulSpeed(engine),
    libraries: engineState(home).libraries,
    notes: engine.notes.map((note) => textIn(note, 'en')),
  };
}

function tensorflowVersion({ tf }: Engine): string | null {
  const { binding } = tf.backend() as unknown as { binding?: { TF_Version?: string } };
  return binding?.TF_Version ?? null;
}
