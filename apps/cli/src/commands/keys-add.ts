import * as z from 'zod';
import { argument, defineCommand, jsonOption } from '../command.ts';
import { askServerProgram } from '../server-program.ts';

/** `quaestor keys add`: a key for the HTTP interface, shown this once. */
export const keysAdd = defineCommand({
  options: z.object({
    name: argument(z.string().min(1).describe('whom the key is for')),
    scope: z
      .enum(['read', 'train', 'admin'])
      .default('read')
      .describe('what it may do; each scope includes the former'),
    allow: z
      .array(z.string().min(1))
      .default([])
      .describe(
        'what it may read: database, database.table or database.table.column, names with dots in "…"',
      ),
    rate: z.int().positive().optional().describe("requests a minute; default: the server's limit"),
    json: jsonOption,
  }),
  examples: ['keys add dashboard', 'keys add intern --allow demo.fund --allow demo.company.name'],
  run: async ({ name, scope, allow, rate, json }, terminal) => {
    const command = {
      action: 'add',
      name,
      scope,
      allow: allow.length === 0 ? null : allow,
      ratePerMinute: rate ?? null,
    };
    const made = z
      .looseObject({ key: z.string(), warnings: z.array(z.string()).default([]) })
      .parse(await askServerProgram('keys-main.ts', command, terminal));
    if (json) {
      terminal.stdout.write(`${JSON.stringify(made, null, 2)}\n`);
      return;
    }
    terminal.stdout.write(`${made.key}\n`);
    for (const warning of made.warnings) terminal.stderr.write(`${warning}\n`);
    terminal.stderr.write(
      `A key of scope ${scope} for ${name}. It is not shown again. Use it as: Authorization: Bearer KEY\n`,
    );
  },
});
