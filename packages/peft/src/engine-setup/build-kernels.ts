import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
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
import { findCompiler, nodeHeaders } from './toolchain.ts';

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

/** Marks sources that this machine's compiler refuses, so that each start does not try again. */
function refusal(file: string): string {
  return `${file}.refused`;
}

async function compile(file: string, variant: EngineVariant, context: SetupContext): Promise<void> {
  const libraries = join(libtensorflowFolder(context.home, variant), 'tensorflow');
  const { main, framework } = libraryNames();
  const headers = nodeHeaders();
  const partial = `${file}.${process.pid}.partial`;
  mkdirSync(dirname(file), { recursive: true });
  try {
    await runTool({
      command: findCompiler(),
      args: [
        ...['-O3', '-march=native', '-std=c++17', '-shared', '-fPIC', '-fopenmp', '-w'],
        ...['-I', join(libraries, 'include')],
        ...(headers === null ? [] : ['-I', join(headers, 'include', 'node')]),
        ...kernelSources().filter((source) => source.endsWith('.cc')),
        ...[join(libraries, framework), join(libraries, main), `-Wl,-rpath,${libraries}`],
        ...['-o', partial],
      ],
      signal: context.signal,
      purpose: 'Compiling kernels',
    });
    renameSync(partial, file);
  } finally {
    rmSync(partial, { force: true });
  }
}
