import * as z from 'zod';
import { adapterOption, defineCommand, modelOption } from '../command.ts';
import { runServerProgram } from '../server-program.ts';

/** `quaestor mcp`: the tools for assistants that start their servers themselves. */
export const mcp = defineCommand({
  options: z.object({
    model: modelOption,
    adapter: adapterOption,
  }),
  examples: ['mcp', 'mcp --adapter finance-sql'],
  run: ({ model, adapter }, terminal) =>
    runServerProgram('mcp-main.ts', { QUAESTOR_MODEL: model, QUAESTOR_ADAPTER: adapter }, terminal),
});
