import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { loaderArguments } from './source-loader.ts';

/**
 * A program of this package in a process of its own, which ends with this one. It is TypeScript where
 * the caller is, and then needs tsx, which development has.
 *
 * @param name of the file beside the caller, without its ending
 * @param caller `import.meta.url`
 */
export function forkProgram(name: string, caller: string): ChildProcess {
  const fromSource = caller.endsWith('.ts');
  const program = new URL(`${name}.${fromSource ? 'ts' : 'js'}`, caller);
  const child = fork(fileURLToPath(program), [], {
    execArgv: [...loaderArguments(fromSource)],
    serialization: 'advanced',
    // Standard output may carry a protocol of ours.
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const onExit = () => child.kill('SIGKILL');
  process.on('exit', onExit);
  child.once('exit', () => process.off('exit', onExit));
  return child;
}
