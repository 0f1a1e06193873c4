import * as z from 'zod';
import { argument, completing, defineCommand } from '../command.ts';

/** `quaestor hub remove`: deletes one of the user's own adapters. */
export const hubRemove = defineCommand({
  options: z.object({
    name: argument(completing('adapters', z.string().min(1).describe('name of the adapter'))),
  }),
  examples: ['hub remove funds'],
  run: async ({ name }) => {
    const { openAdapters } = await import('../adapters.ts');
    openAdapters().remove(name);
  },
});
