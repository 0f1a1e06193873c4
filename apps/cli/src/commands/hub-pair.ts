import * as z from 'zod';
import { argument, completing, defineCommand, jsonOption } from '../command.ts';

/** `quaestor hub pair`: an adapter that asks another where it is not sure itself. */
export const hubPair = defineCommand({
  options: z.object({
    adapters: argument(
      completing(
        'adapters',
        z
          .array(z.string().min(1))
          .length(2)
          .describe('the one that writes first, and the one that is asked where it is not sure'),
      ),
    ),
    out: z.string().min(1).describe('name of the pair in the hub'),
    replace: z.boolean().default(false).describe('replace an adapter of that name'),
    json: jsonOption,
  }),
  examples: ['hub pair finance-sql funds --out both'],
  run: async ({ adapters, out, replace, json }, terminal) => {
    const { openAdapters } = await import('../adapters.ts');
    const hub = openAdapters();
    const [first, second] = adapters.map((name) => hub.get(name).path);
    if (first === undefined || second === undefined) return;
    const entry = hub.pair(first, second, out, { replace });
    terminal.stdout.write(json ? `${JSON.stringify(entry, null, 2)}\n` : `${entry.path}\n`);
  },
});
