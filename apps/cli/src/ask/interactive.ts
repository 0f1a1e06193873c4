import type { Terminal } from '../command.ts';
import { codeOf, InputError } from '../errors.ts';
import { printAnswer } from '../print-answer.ts';
import { printableText } from '../printable.ts';
import { styleOf } from '../style.ts';
import { tableOptions } from '../table.ts';
import { Conversation } from './conversation.ts';
import { InputLines } from './input-lines.ts';
import { metaWords, promptOf, runMeta } from './meta-commands.ts';
import type { Asking } from './open-asking.ts';

/**
 * Questions at a terminal until `:quit`, Ctrl-D or the second Ctrl-C. What fails is said, and the
 * next question may be asked.
 */
export async function askInteractively(
  asking: Asking,
  file: string,
  json: boolean,
  terminal: Terminal,
): Promise<void> {
  const conversation = new Conversation(asking, file);
  let running: AbortController | undefined;
  const input = new InputLines(terminal, {
    words: () => metaWords,
    interrupt: () => {
      if (running === undefined) return false;
      if (running.signal.aborted) input.close();
      running.abort(new DOMException('Stopped.', 'AbortError'));
      return true;
    },
  });
  const print = (text: string) => terminal.stdout.write(text);
  print('Ask in plain words; :help tells what else there is.\n');
  try {
    for (;;) {
      const line = (await input.next(promptOf(conversation)))?.trim();
      if (line === undefined || /^:q(?:uit)?$|^:exit$/.test(line)) break;
      if (line === '') continue;
      running = new AbortController();
      const signal = AbortSignal.any([running.signal, terminal.signal]);
      try {
        if (line.startsWith(':')) print(await runMeta(line, { conversation, terminal, signal }));
        else {
          const answer = await conversation.ask(line, signal);
          print(
            json
              ? `${JSON.stringify(answer, null, 2)}\n`
              : `${printAnswer(answer, tableOptions(terminal))}\n`,
          );
        }
      } catch (error) {
        terminal.stderr.write(`${complaint(error, signal, terminal)}\n`);
      } finally {
        running = undefined;
      }
    }
  } finally {
    input.close();
  }
}

/** What is said of a question that failed. @throws what nobody foresaw */
function complaint(error: unknown, signal: AbortSignal, terminal: Terminal): string {
  if (signal.aborted) return 'Stopped.';
  if (!(error instanceof InputError) && codeOf(error) === null) throw error;
  return styleOf(terminal.stderr, terminal.env).red(printableText((error as Error).message));
}
