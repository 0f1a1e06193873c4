import * as z from 'zod';
import { defineCommand, jsonOption } from '../command.ts';
import { table } from '../table.ts';

/** `quaestor methods`: the registry of tuning methods. */
export const methods = defineCommand({
  options: z.object({ json: jsonOption }),
  examples: ['methods', 'methods --json'],
  run: async ({ json }, terminal) => {
    const { tuners } = await import('@quaestor/peft');
    const rows = tuners().map(({ name, peftType, family, parameterCount, paper }) => ({
      name,
      peftType,
      family,
      parameterCount,
      paper,
    }));
    terminal.stdout.write(
      json
        ? `${JSON.stringify(rows, null, 2)}\n`
        : table(
            ['method', 'HF-PEFT', 'family', 'parameters', 'paper'],
            rows.map((row) => Object.values(row)),
          ),
    );
  },
});
