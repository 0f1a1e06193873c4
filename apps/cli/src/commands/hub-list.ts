import { textIn } from '@quaestor/peft';
import * as z from 'zod';
import { defineCommand, jsonOption } from '../command.ts';
import { fileSize } from '../file-size.ts';
import { table, tableOptions } from '../table.ts';

/** `quaestor hub list`: adapters on this machine, the shipped ones included. */
export const hubList = defineCommand({
  options: z.object({ json: jsonOption }),
  examples: ['hub list'],
  run: async ({ json }, terminal) => {
    const { openAdapters } = await import('../adapters.ts');
    const entries = openAdapters().list();
    if (json) {
      const told = entries.map(({ problem, ...entry }) => ({
        ...entry,
        problem: problem && textIn(problem, 'en'),
      }));
      terminal.stdout.write(`${JSON.stringify(told, null, 2)}\n`);
    } else if (entries.length === 0) {
      terminal.stdout.write('No adapters yet; "quaestor train sql" makes one.\n');
    } else {
      const rows = entries.map((entry) => [
        entry.name,
        entry.problem === null ? entry.peftType : 'unreadable',
        entry.rank,
        fileSize(entry.sizeBytes),
        entry.baseModel ?? '',
        entry.readOnly ? 'shipped' : 'yours',
      ]);
      const header = ['adapter', 'type', 'rank', 'size', 'base model', 'from'];
      terminal.stdout.write(table(header, rows, tableOptions(terminal)));
    }
  },
});
