/**
 * The process of a job: `worker PROGRAM WORD…`. It waits for a word on standard input, so that no work
 * is done before the queue knows which process does it, then runs the program in this very process
 * at the lowest priority. Standard error is a list of JSON lines, and its last is written here: a list
 * without it means that the process was killed.
 */
import { fsyncSync, readSync, writeFileSync, writeSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { pathToFileURL } from 'node:url';

const [program, ...words] = process.argv.slice(2);
if (program === undefined || !wasTold()) process.exit(1);
stepBack();
// Work goes on where its log has no room; what it makes tells whether the disk is full.
process.stderr.on('error', () => {});
process.argv.splice(1, process.argv.length, program, ...words);
process.on('exit', (code) => {
  flush(1);
  writeSync(2, `\n${JSON.stringify({ type: 'exit', code })}\n`);
  flush(2);
});
await import(pathToFileURL(program).href);

/** False when the server went before it gave the word. */
function wasTold(): boolean {
  const word = Buffer.alloc(1);
  for (;;) {
    try {
      return readSync(0, word) === 1;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return false;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    }
  }
}

/** Of its session, against others: at the lowest weight a busy machine would leave it no time at all. */
const SESSION_NICE = 10;

/** Threads that start from now on inherit it. Linux may weigh sessions first, then their processes. */
function stepBack(): void {
  setPriority(0, constants.priority.PRIORITY_LOW);
  try {
    writeFileSync('/proc/self/autogroup', String(SESSION_NICE));
  } catch {
    // Another system, or one without such groups.
  }
}

function flush(descriptor: number): void {
  try {
    fsyncSync(descriptor);
  } catch {
    // Not a file.
  }
}
