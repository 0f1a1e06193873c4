import * as z from 'zod';
import { argument, completing, defineCommand, jsonOption } from '../command.ts';

/** `quaestor hub remove`: deletes one of the user's own adapters. */
export const hubRemove = defineCommand({
  options: z.object({
    name: argument(completing('adapters', z.string().min(1).describe('name of the adapter'))),
    json: jsonOption,
  }),
  examples: ['hub remove funds'],
  run: async ({ name, json }, terminal) => {
    const { openAdapters } = await import('../adapters.ts');
    openAdapters().remove(name);
    if (json) terminal.stdout.write(`${JSON.stringify({ removed: name })}\n`);
    else terminal.stderr.write(`The adapter ${name} is deleted.\n`);
  },
});
