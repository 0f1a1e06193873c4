// Runs the command line of this repository, with the terminal handed over.
// Only Node built-ins: this runs before anything is installed.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';
import { bundleOf } from './bundle.mjs';

const root = new URL('../../../', import.meta.url);

/** The repository's folder. */
export const repository = fileURLToPath(root);

/** Arguments that make Node run our sources: tsx for types, the condition for workspace packages. */
const sourceArguments = [
  '--conditions=@quaestor/source',
  '--import',
  new URL('node_modules/tsx/dist/loader.mjs', root).href,
];

/** The `quaestor` command line in a process of its own; resolves to its exit code. */
export async function runQuaestor(args) {
  const main = fileURLToPath(new URL('apps/cli/src/main.ts', root));
  const bundle = await bundleOf(repository, main);
  const program = bundle === null ? [...sourceArguments, main] : [bundle];
  // By the channel it learns that this process is gone, however it ended.
  const stdio = ['inherit', 'inherit', 'inherit', 'ipc'];
  return runProcess(process.execPath, [...program, ...args], { stdio });
}

/** Runs a program on this terminal; resolves to its exit code, 128 + n when signal n ended it. */
export function runProcess(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit', ...options });
    // A terminal sends Ctrl-C to the child as well; a process manager signals only this process.
    const interrupt = () => {
      if (!process.stdin.isTTY) child.kill('SIGINT');
    };
    const terminate = () => child.kill('SIGTERM');
    process.on('SIGINT', interrupt).on('SIGTERM', terminate).on('SIGHUP', terminate);
    const settle = (finish, value) => {
      process.off('SIGINT', interrupt).off('SIGTERM', terminate).off('SIGHUP', terminate);
      finish(value);
    };
    child.on('error', (error) => settle(reject, error));
    child.on('close', (code, signal) =>
      settle(resolve, code ?? 128 + (constants.signals[signal] ?? 0)),
    );
  });
}
