/** Starting and ending the process of a job. */

import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loaderArguments } from '@quaestor/finsql';
import { identify, type ProcessIdentity } from '@quaestor/peft';

export interface StartWorker {
  readonly program: string;
  readonly words: readonly string[];
  readonly folder: string;
  /** From 1. */
  readonly attempt: number;
  readonly home: string;
}

export interface StartedWorker {
  readonly identity: ProcessIdentity;
  /** Gives the word: work begins. */
  begin(): void;
  /** Resolves when the process has gone. */
  readonly gone: Promise<void>;
}

const own = fileURLToPath(import.meta.url);
const fromSource = own.endsWith('.ts');

/** Names of settings that a job has no need to know. */
const SECRET = /KEY|TOKEN|SECRET|PASSWORD/;

/** Each attempt has files of its own: what one was told is never taken for another's. */
export const logOf = (folder: string, attempt: number) => join(folder, `log-${attempt}.jsonl`);
export const outputOf = (folder: string, attempt: number) => join(folder, `output-${attempt}.json`);

/**
 * Starts a process that waits for `begin`. It has a session of its own and writes to files, so it
 * goes on when the server is killed, and the next server finds it and what it said.
 *
 * @throws Error when the process ends before it could be identified
 */
export function startWorker({ program, words, folder, attempt, home }: StartWorker): StartedWorker {
  const output = openSync(outputOf(folder, attempt), 'w');
  const log = openSync(logOf(folder, attempt), 'w');
  let child: ChildProcess;
  try {
    child = spawn(
      process.execPath,
      [
        ...loaderArguments(fromSource),
        join(dirname(own), fromSource ? 'worker.ts' : 'worker.js'),
        program,
        ...words,
      ],
      {
        cwd: folder,
        detached: true,
        stdio: ['pipe', output, log],
        env: {
          ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !SECRET.test(name))),
          NODE_OPTIONS: '',
          NO_COLOR: '1',
          QUAESTOR_HOME: home,
          QUAESTOR_PROGRESS: 'json',
          TF_CPP_MIN_LOG_LEVEL: process.env.TF_CPP_MIN_LOG_LEVEL ?? '3',
        },
      },
    );
  } finally {
    closeSync(output);
    closeSync(log);
  }
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  child.stdin?.on('error', () => {});
  const identity = child.pid === undefined ? null : identify(child.pid);
  if (identity === null) throw new Error(`the process of ${program} could not be started`);
  child.unref();
  return { identity, gone, begin: () => child.stdin?.end('\n') };
}

/** Sends a signal to the process and those it started; one that has gone is no error. */
export function signalWorker({ pid }: ProcessIdentity, signal: 'SIGTERM' | 'SIGKILL'): void {
  try {
    process.kill(signal === 'SIGTERM' ? pid : -pid, signal);
  } catch {
    // It ended by itself.
  }
}
