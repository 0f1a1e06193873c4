import { createInterface } from 'node:readline';
import type { Terminal } from '../command.ts';
import { codeOf, EXIT, exitCodeOf, UsageError } from '../errors.ts';
import { printAnswer } from '../print-answer.ts';
import { printableLine } from '../printable.ts';
import { tableOptions } from '../table.ts';
import type { Asking } from './open-asking.ts';

/**
 * Questions of standard input, one a line, each by itself. With `json` an answer is a line as well:
 * `{ question, … }`, or `{ question, error }`.
 *
 * @param open called with the first question
 * @returns 0 where all were answered, else the code of the first that was not
 * @throws UsageError where there is no question
 */
export async function askLines(
  open: () => Promise<Asking>,
  file: string,
  json: boolean,
  terminal: Terminal,
): Promise<number> {
  const { stdin, stdout, stderr, signal } = terminal;
  let asking: Asking | undefined;
  let code: number = EXIT.ok;
  const lines = createInterface({ input: stdin, crlfDelay: Number.POSITIVE_INFINITY });
  const stop = () => lines.close();
  signal.addEventListener('abort', stop, { once: true });
  try {
    for await (const line of lines) {
      const question = line.trim();
      if (question === '') continue;
      asking ??= await open();
      const options = tableOptions(terminal);
      if (!json) stdout.write(`${options.style.bold(printableLine(`> ${question}`))}\n\n`);
      try {
        const answer = await asking.ask(question, file, { signal });
        if (answer.kind === 'abstained' && code === EXIT.ok) code = EXIT.abstained;
        stdout.write(
          json
            ? `${JSON.stringify({ question, ...answer })}\n`
            : `${printAnswer(answer, options)}\n`,
        );
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof Error) || codeOf(error) === null) throw error;
        if (code === EXIT.ok) code = exitCodeOf(error, signal);
        const { message } = error;
        if (json) {
          const problem = { code: codeOf(error), message };
          stdout.write(`${JSON.stringify({ question, error: problem })}\n`);
        } else stderr.write(`quaestor: ${printableLine(message)}\n\n`);
      }
    }
    signal.throwIfAborted();
  } finally {
    signal.removeEventListener('abort', stop);
    lines.close();
    await asking?.close();
  }
  if (asking === undefined) {
    throw new UsageError(
      ['<question> is missing: give it in quotes, or one a line on standard input'],
      'ask',
    );
  }
  return code;
}
