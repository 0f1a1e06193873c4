import * as z from 'zod';
import { defineCommand, jsonOption } from '../command.ts';
import { askServerProgram } from '../server-program.ts';
import { table, tableOptions } from '../table.ts';

const listed = z.object({
  keys: z.array(
    z.looseObject({
      id: z.string(),
      name: z.string(),
      scope: z.string(),
      allow: z.array(z.string()).nullable(),
      ratePerMinute: z.int().nullable(),
      created: z.string(),
      revoked: z.string().nullable(),
    }),
  ),
});

/** `quaestor keys list`: the keys of the HTTP interface, without the keys themselves. */
export const keysList = defineCommand({
  options: z.object({ json: jsonOption }),
  examples: ['keys list'],
  run: async ({ json }, terminal) => {
    const { keys } = listed.parse(
      await askServerProgram('keys-main.ts', { action: 'list' }, terminal),
    );
    if (json) {
      terminal.stdout.write(`${JSON.stringify(keys, null, 2)}\n`);
    } else if (keys.length === 0) {
      terminal.stdout.write('No keys yet; "quaestor keys add NAME" makes one.\n');
    } else {
      const rows = keys.map((key) => [
        key.id,
        key.name,
        key.scope,
        key.allow?.join(' ') ?? 'everything',
        key.created.slice(0, 10),
        key.revoked?.slice(0, 10) ?? '',
      ]);
      const header = ['id', 'name', 'scope', 'reads', 'made', 'revoked'];
      terminal.stdout.write(table(header, rows, tableOptions(terminal)));
    }
  },
});
