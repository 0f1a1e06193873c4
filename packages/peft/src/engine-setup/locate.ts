import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stateFolder } from '../io/state-folder.ts';

/** Release of TensorFlow whose shared libraries carry the engine. */
export const TENSORFLOW_VERSION = '2.21.0';

/** Node-API level of the binding: one build serves every Node version from 20 on. */
const NODE_API = 8;

export type EngineVariant = 'cpu' | 'gpu';

const PACKAGE_OF: Readonly<Record<EngineVariant, string>> = {
  cpu: '@tensorflow/tfjs-node',
  gpu: '@tensorflow/tfjs-node-gpu',
};

/** What of the native engine is there, by file stamps alone; nothing is loaded. */
export interface EngineState {
  /** The variant that can be loaded now; null = none, only the wasm backend is left. */
  readonly variant: EngineVariant | null;
  /** The npm package to import for it. */
  readonly packageName: string | null;
  /** Folder of `libtensorflow_cc` and `libtensorflow_framework`. */
  readonly libraries: string | null;
  /** The N-API binding between Node and libtensorflow. */
  readonly binding: string | null;
  /** Our compiled kernels (native/*.cc); null = not built or none exist. */
  readonly kernels: string | null;
  /** What is not there, one sentence each. */
  readonly missing: readonly string[];
}

/** Everything built or fetched for the engine lies here. */
export function engineFolder(home: string): string {
  return join(home, 'engine');
}

/** Unpacked libtensorflow of a variant: `tensorflow/include`, `tensorflow/libtensorflow_*.so.2`. */
export function libtensorflowFolder(home: string, variant: EngineVariant): string {
  return join(engineFolder(home), `libtensorflow-${variant}-${TENSORFLOW_VERSION}`);
}

/** The built binding, kept outside node_modules so that a fresh install finds it again. */
export function cachedBinding(home: string, variant: EngineVariant): string {
  const version = tfjsNodeVersion(variant) ?? 'none';
  const key = `tfjs${version}-tf${TENSORFLOW_VERSION}-napi${NODE_API}`;
  const machine = `${process.platform}-${process.arch}`;
  return join(engineFolder(home), `binding-${variant}-${key}-${machine}`, 'tfjs_binding.node');
}

/** Folder of the installed tfjs-node package of a variant, or null when it is not installed. */
export function tfjsNodeFolder(variant: EngineVariant): string | null {
  try {
    const require = createRequire(import.meta.url);
    return dirname(require.resolve(`${PACKAGE_OF[variant]}/package.json`));
  } catch {
    return null;
  }
}

/** Where tfjs-node looks for its binding. */
export function installedBinding(packageFolder: string): string {
  return join(packageFolder, 'lib', `napi-v${NODE_API}`, 'tfjs_binding.node');
}

/** Sources of our own kernels, sorted; empty when there are none. */
export function kernelSources(): readonly string[] {
  const folder = fileURLToPath(new URL('../../native/', import.meta.url));
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => /\.(cc|h)$/.test(name))
    .sort()
    .map((name) => join(folder, name));
}

/** Compiled kernels of these sources on this processor; null when there are no sources. */
export function kernelsFile(home: string): string | null {
  const sources = kernelSources();
  if (!sources.some((source) => source.endsWith('.cc'))) return null;
  const hash = createHash('sha256').update(processor()).update(TENSORFLOW_VERSION);
  for (const source of sources) hash.update(readFileSync(source));
  return join(engineFolder(home), `kernels-${hash.digest('hex').slice(0, 16)}.node`);
}

/** Looks at the files and says which engine can be loaded. */
export function engineState(home: string = stateFolder()): EngineState {
  const missing: string[] = [];
  const file = kernelsFile(home);
  const kernels = file !== null && existsSync(file) ? file : null;
  for (const variant of ['gpu', 'cpu'] as const) {
    const folder = tfjsNodeFolder(variant);
    if (folder === null) {
      if (variant === 'cpu') missing.push(`the npm package ${PACKAGE_OF.cpu}`);
      continue;
    }
    const binding = installedBinding(folder);
    const libraries = linkedLibraries(folder);
    if (libraries === null) missing.push(`libtensorflow for ${PACKAGE_OF[variant]}`);
    if (!existsSync(binding)) missing.push(`the Node binding of ${PACKAGE_OF[variant]}`);
    if (libraries !== null && existsSync(binding)) {
      return { variant, packageName: PACKAGE_OF[variant], libraries, binding, kernels, missing };
    }
  }
  return {
    variant: null,
    packageName: null,
    libraries: null,
    binding: null,
    kernels,
    missing,
  };
}

/** Names of libtensorflow's two shared libraries on this platform. */
export function libraryNames(): { readonly main: string; readonly framework: string } {
  return process.platform === 'darwin'
    ? { main: 'libtensorflow_cc.2.dylib', framework: 'libtensorflow_framework.2.dylib' }
    : { main: 'libtensorflow_cc.so.2', framework: 'libtensorflow_framework.so.2' };
}

/** Instruction-set flags of the processor (Linux), or its name elsewhere. */
export function processor(): string {
  try {
    return /^(flags|Features)\s*:.*$/m.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[0] ?? '';
  } catch {
    return cpus()[0]?.model ?? process.arch;
  }
}

function linkedLibraries(packageFolder: string): string | null {
  try {
    return dirname(realpathSync(join(packageFolder, 'deps', 'lib', libraryNames().main)));
  } catch {
    return null;
  }
}

function tfjsNodeVersion(variant: EngineVariant): string | null {
  const folder = tfjsNodeFolder(variant);
  if (folder === null) return null;
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return manifest.version;
}
