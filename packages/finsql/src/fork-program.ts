import { type ChildProcess, fork } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * A program of this package in a process of its own, which ends with this one. It is TypeScript where
 * the caller is, and then needs tsx, which development has.
 *
 * @param name of the file beside the caller, without its ending
 * @param caller `import.meta.url`
 */
export function forkProgram(
  name: string,
  caller: string,
  parameters: readonly string[] = [],
): ChildProcess {
  const fromSource = caller.endsWith('.ts');
  const file = fileURLToPath(new URL(`${name}.${fromSource ? 'ts' : 'js'}`, caller));
  const child = fork(file, parameters, {
    cwd: dirname(file),
    execArgv: fromSource ? ['--conditions=@quaestor/source', '--import', 'tsx'] : [],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  // A child in the middle of a statement does not notice that its parent has gone.
  const onExit = () => child.kill('SIGKILL');
  process.on('exit', onExit);
  child.once('exit', () => process.off('exit', onExit));
  return child;
}
