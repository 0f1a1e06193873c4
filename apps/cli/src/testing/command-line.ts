/** Command lines run in this process, over a state folder of their own. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { loadEngine } from '@quaestor/peft';
import { writeTinyModel } from '@quaestor/peft/testing';
import type { Terminal } from '../command.ts';
import { run } from '../run.ts';

export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

/** A state folder with the tiny model as `tiny`, in which commands also run. */
export interface TemporaryHome {
  readonly folder: string;
  quaestor(...words: string[]): Promise<Outcome>;
  /** Puts the state folder back that was in use. */
  remove(): void;
}

/** Makes one and takes it into use; the engine is still the installed one. */
export async function temporaryHome(): Promise<TemporaryHome> {
  await loadEngine();
  const before = process.env.QUAESTOR_HOME;
  const folder = mkdtempSync(join(tmpdir(), 'quaestor-home-'));
  process.env.QUAESTOR_HOME = folder;
  writeTinyModel(join(folder, 'models', 'tiny'));
  return {
    folder,
    quaestor: (...words) => runIn(folder, words),
    remove: () => {
      if (before === undefined) delete process.env.QUAESTOR_HOME;
      else process.env.QUAESTOR_HOME = before;
      rmSync(folder, { recursive: true });
    },
  };
}

/** Runs a command line in a folder, to its end or until the signal fires, as Ctrl-C makes it. */
export async function runIn(
  cwd: string,
  words: readonly string[],
  signal: AbortSignal = new AbortController().signal,
  env: Terminal['env'] = {},
): Promise<Outcome> {
  const [stdout, stderr, stdin] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const printed = Promise.all([text(stdout), text(stderr)]);
  const code = await run(words, { stdout, stderr, stdin, signal, cwd, env });
  stdout.end();
  stderr.end();
  const [out, error] = await printed;
  return { code, out, error };
}
