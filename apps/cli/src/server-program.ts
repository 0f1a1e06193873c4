/**
 * Programs of the server. Applications do not import each other, so what only the server knows is
 * asked of a process of its own.
 */
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { loaderArguments } from '@quaestor/finsql';
import type { Terminal } from './command.ts';
import { EXIT, InputError } from './errors.ts';
import { inRepository } from './repository.ts';

type Program = 'main.ts' | 'mcp-main.ts' | 'keys-main.ts';

/** Runs a program until it ends by itself or by Ctrl-C, on this process's own input and output. */
export async function runServerProgram(
  program: Program,
  settings: Readonly<Record<string, string | undefined>>,
  { env, signal }: Terminal,
): Promise<number> {
  const given = Object.entries(settings).filter(([, value]) => value !== undefined);
  const child = spawn(process.execPath, serverWords(program), {
    stdio: 'inherit',
    env: { ...env, ...Object.fromEntries(given) },
  });
  const stop = () => child.kill('SIGTERM');
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject).on('close', resolve);
  });
  // Ctrl-C is how a server is meant to end.
  return signal.aborted ? EXIT.ok : (code ?? EXIT.failed);
}

/** Sends one JSON command to a program. @throws InputError with what the program says against it */
export async function askServerProgram(
  program: Program,
  command: object,
  { env }: Terminal,
): Promise<unknown> {
  const child = spawn(process.execPath, [...serverWords(program), JSON.stringify(command)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env,
  });
  const [output, complaint, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((resolve, reject) => {
      child.on('error', reject).on('close', resolve);
    }),
  ]);
  if (code === EXIT.ok) return JSON.parse(output);
  if (code === EXIT.refused) throw new InputError(complaint);
  throw new Error(complaint);
}

/** What Node is given to run a program of the server. */
export function serverWords(program: Program): string[] {
  return [...loaderArguments(true), inRepository(`apps/server/src/${program}`)];
}
