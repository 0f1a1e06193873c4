import * as z from 'zod';
import { argument, defineCommand } from '../command.ts';
import { askServerProgram } from '../server-program.ts';

/** `quaestor keys revoke`: a running server refuses the key from its next request on. */
export const keysRevoke = defineCommand({
  options: z.object({ name: argument(z.string().min(1).describe('name or id of the key')) }),
  examples: ['keys revoke dashboard'],
  run: async ({ name }, terminal) => {
    await askServerProgram('keys-main.ts', { action: 'revoke', name }, terminal);
  },
});
