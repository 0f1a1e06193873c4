import { closedOutput } from './closed-output.ts';
import { EXIT } from './errors.ts';
import { run } from './run.ts';

/** Milliseconds in which a second Ctrl-C is taken for the first: terminal and launcher both send it. */
const SAME_SIGNAL = 500;

const controller = new AbortController();
let firstSignal = 0;

function stop(): void {
  if (firstSignal === 0) {
    firstSignal = performance.now();
    controller.abort();
  } else if (performance.now() - firstSignal > SAME_SIGNAL) {
    process.exit(EXIT.interrupted);
  }
}

process.on('SIGINT', stop).on('SIGTERM', stop);
// The terminal was closed; the launcher's SIGTERM for the same must not count as a second Ctrl-C.
process.on('SIGHUP', () => controller.abort());
// The launcher was killed: nobody waits for this any more, and a training is kept at its next step.
process.on('disconnect', () => controller.abort());
process.channel?.unref();
// `quaestor … | head` closes our output early; that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') {
    if (closedOutput.ends) process.exit(EXIT.ok);
    return;
  }
  expectClosedTerminal(error);
});
process.stderr.on('error', expectClosedTerminal);

/** Its signal stops the work, which is then kept. @throws any other error */
function expectClosedTerminal(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EIO') throw error;
}

process.exitCode = await run(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  stdin: process.stdin,
  cwd: process.cwd(),
  env: process.env,
  signal: controller.signal,
});
