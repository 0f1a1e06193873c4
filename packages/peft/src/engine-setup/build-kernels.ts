import { setMaxListeners } from 'node:events';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { PeftError } from '../errors.ts';
import {
  type EngineVariant,
  kernelSources,
  kernelsFile,
  libraryNames,
  libtensorflowFolder,
} from './locate.ts';
import { runTool } from './run-tool.ts';
import type { SetupContext, SetupStep } from './step.ts';
import { findCompiler, nodeApiHeaders } from './toolchain.ts';

/**
 * Our own kernels (native/*.cc), compiled for this very processor. They only make things faster:
 * when the compiler refuses them, set-up says so and goes on.
 */
export function buildKernels(variant: EngineVariant): SetupStep {
  return {
    name: 'kernels',
    title: 'Compiling kernels for this processor',
    done: (home) => {
      const file = kernelsFile(home);
      return file === null || existsSync(file) || existsSync(refusal(file));
    },
    run: async (context) => {
      const file = kernelsFile(context.home);
      if (file === null) return;
      try {
        await compile(file, variant, context);
      } catch (error) {
        if (!(error instanceof PeftError) || error.code === 'aborted') throw error;
        mkdirSync(refusal(file), { recursive: true });
        context.report({
          kind: 'note',
          text: `going on without compiled kernels (slower). ${error.message}`,
        });
      }
    },
  };
}

/** Set-up tries again what the compiler refused: another compiler may be there now. */
export function forgetRefusedKernels(home: string): void {
  const file = kernelsFile(home);
  if (file !== null) rmSync(refusal(file), { recursive: true, force: true });
}

/** Marks sources that this machine's compiler refuses, so that each start does not try again. */
function refusal(file: string): string {
  return `${file}.refused`;
}

/** Each source by a compiler of its own, side by side; then one library of them. */
async function compile(file: string, variant: EngineVariant, context: SetupContext): Promise<void> {
  const libraries = join(libtensorflowFolder(context.home, variant), 'tensorflow');
  const { main, framework } = libraryNames();
  const compiler = findCompiler();
  const working = `${file}.${process.pid}.partial`;
  mkdirSync(working, { recursive: true });
  const failed = new AbortController();
  const signal = AbortSignal.any([context.signal, failed.signal]);
  setMaxListeners(0, signal); // one listener a compiler
  const run = async (args: readonly string[]) => {
    await runTool({
      command: compiler,
      args,
      signal,
      purpose: { en: 'Compiling kernels', zh: '编译算子' },
    });
  };
  try {
    const objects = await Promise.all(
      kernelSources()
        .filter((source) => source.endsWith('.cc'))
        .map(async (source) => {
          const object = join(working, `${basename(source)}.o`);
          await run([
            ...['-O3', '-march=native', '-std=c++17', '-fPIC', '-fopenmp', '-w'],
            ...['-I', join(libraries, 'include')],
            ...['-I', nodeApiHeaders()],
            ...['-c', source, '-o', object],
          ]);
          return object;
        }),
    );
    const library = join(working, basename(file));
    await run([
      ...['-shared', '-fopenmp', ...objects, join(libraries, framework), join(libraries, main)],
      ...[`-Wl,-rpath,${libraries}`, '-o', library],
    ]);
    renameSync(library, file);
  } finally {
    failed.abort();
    rmSync(working, { recursive: true, force: true, maxRetries: 5 });
  }
}
