import * as z from 'zod';
import { defineCommand, jsonOption } from '../command.ts';
import { Progress } from '../progress.ts';

/** `quaestor setup`: everything that a question needs, once. Run again, it only looks at stamps. */
export const setup = defineCommand({
  options: z.object({
    quiet: z.boolean().default(false).describe('say nothing when there was nothing to do'),
    json: jsonOption,
  }),
  examples: ['setup'],
  run: async ({ quiet, json }, terminal) => {
    const { setUp } = await import('../setup/set-up.ts');
    const ran = await setUp(terminal, { again: !quiet });
    if (json) terminal.stdout.write(`${JSON.stringify({ done: ran })}\n`);
    else if (ran.length === 0 && !quiet)
      new Progress(terminal).line('Everything is there already.');
  },
});
