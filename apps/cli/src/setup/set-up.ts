import { mkdirSync } from 'node:fs';
import {
  engineSteps,
  engineVariant,
  forgetRefusedKernels,
  runSideBySide,
  type SetupStep,
  stateFolder,
} from '@quaestor/peft';
import type { Terminal } from '../command.ts';
import { Progress } from '../progress.ts';
import { buildSqlite } from './build-sqlite.ts';
import { getBaseModel } from './get-base-model.ts';
import { makeDemoDatabase } from './make-demo-database.ts';

/**
 * All that a fresh machine lacks, in rows that need nothing of each other: a processor that compiles
 * SQLite leaves the network idle, and one of its cores.
 */
export function setupSteps(): readonly (readonly SetupStep[])[] {
  return [
    [buildSqlite, makeDemoDatabase],
    [...engineSteps(), getBaseModel],
  ];
}

/**
 * Does what is missing, with progress on standard error. Returns the names of the steps that ran.
 * @param again whether kernels are compiled once more that the compiler refused before
 */
export async function setUp(
  terminal: Terminal,
  { again = false }: { readonly again?: boolean } = {},
): Promise<readonly string[]> {
  const home = stateFolder();
  mkdirSync(home, { recursive: true });
  if (again) forgetRefusedKernels(home);
  const progress = new Progress(terminal);
  if (engineVariant() === null) {
    progress.line(
      `TensorFlow has no build for ${process.platform} ${process.arch}: the wasm engine will be used, about ten times slower.`,
    );
  }
  try {
    return await runSideBySide(setupSteps(), {
      home,
      signal: terminal.signal,
      report: ({ kind, text, fraction }) => {
        if (kind === 'progress') progress.update(text, fraction);
        else progress.line(kind === 'start' ? `${text} …` : text);
      },
    });
  } finally {
    progress.clear();
  }
}
