import * as z from 'zod';
import { argument, defineCommand, jsonOption } from '../command.ts';
import { askServerProgram } from '../server-program.ts';

/** `quaestor keys revoke`: a running server refuses the key from its next request on. */
export const keysRevoke = defineCommand({
  options: z.object({
    name: argument(z.string().min(1).describe('name or id of the key')),
    json: jsonOption,
  }),
  examples: ['keys revoke dashboard'],
  run: async ({ name, json }, terminal) => {
    const revoked = await askServerProgram('keys-main.ts', { action: 'revoke', name }, terminal);
    if (json) terminal.stdout.write(`${JSON.stringify(revoked, null, 2)}\n`);
    else terminal.stderr.write(`The key ${name} stops counting at once.\n`);
  },
});
