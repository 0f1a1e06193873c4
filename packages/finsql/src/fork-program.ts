import { type ChildProcess, type ForkOptions, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { loaderArguments } from './source-loader.ts';

/**
 * A program of a package in a process of its own, which ends with this one, even in the middle of its
 * work. It is TypeScript where the caller is, and then needs tsx, which development has.
 *
 * @param name of the file beside the caller, without its ending
 * @param caller `import.meta.url`
 * @param options in place of those that suit most: errors are shown, and nothing else, since standard
 *   output may carry a protocol of ours
 */
export function forkProgram(
  name: string,
  caller: string,
  parameters: readonly string[] = [],
  options: ForkOptions = {},
): ChildProcess {
  const fromSource = caller.endsWith('.ts');
  const program = new URL(`${name}.${fromSource ? 'ts' : 'js'}`, caller);
  const child = fork(fileURLToPath(program), parameters, {
    execArgv: [...loaderArguments(fromSource)],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    ...options,
  });
  const onExit = () => child.kill('SIGKILL');
  process.on('exit', onExit);
  child.once('exit', () => process.off('exit', onExit));
  return child;
}

/** Of a process that has nothing to tell but its replies, whatever Node is told by its environment. */
export function silent(): ForkOptions {
  return {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: { ...process.env, NODE_OPTIONS: '' },
  };
}

/**
 * What a program replies to the one message that it is sent; undefined where it ends without a reply,
 * whatever the reason: it is told to nobody, and the caller may try itself.
 */
export function replyOf<Reply>(
  name: string,
  caller: string,
  message: object,
): Promise<Reply | undefined> {
  return new Promise<Reply | undefined>((resolve) => {
    const child = forkProgram(name, caller, [], silent());
    child.once('message', (reply: Reply) => resolve(reply));
    child.once('error', () => resolve(undefined)).once('exit', () => resolve(undefined));
    // One that could not be started cannot be told either.
    child.send(message, (error) => error && resolve(undefined));
  }).catch(() => undefined);
}
