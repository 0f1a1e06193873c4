import * as z from 'zod';
import { defineCommand } from '../command.ts';
import { runServerProgram } from '../server-program.ts';

/** `quaestor mcp`: the tools for assistants that start their servers themselves. */
export const mcp = defineCommand({
  options: z.object({
    model: z.string().min(1).optional().describe('base model: a folder, a file or a name'),
    adapter: z.string().min(1).optional().describe('adapter to answer with'),
  }),
  examples: ['mcp', 'mcp --adapter finance-sql'],
  run: ({ model, adapter }, terminal) =>
    runServerProgram('mcp-main.ts', { QUAESTOR_MODEL: model, QUAESTOR_ADAPTER: adapter }, terminal),
});
