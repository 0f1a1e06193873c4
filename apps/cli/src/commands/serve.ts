import { generatorConfig } from '@quaestor/finsql';
import * as z from 'zod';
import { defineCommand } from '../command.ts';
import { runServerProgram } from '../server-program.ts';

/** `quaestor serve`: the page and the HTTP interface, with the flags as the server's environment. */
export const serve = defineCommand({
  options: z.object({
    port: z.int().min(0).max(65_535).optional().describe('first port to try; 0 = any free one'),
    host: z
      .string()
      .min(1)
      .optional()
      .describe('address to listen on; without it, this machine only'),
    model: z.string().min(1).optional().describe('base model: a folder, a file or a name'),
    adapter: z.string().min(1).optional().describe('adapter to answer with'),
    ...generatorConfig.shape,
    generator: generatorConfig.shape.generator
      .removeDefault()
      .optional()
      .describe(generatorConfig.shape.generator.description ?? ''),
    setup: z.boolean().default(false).describe('do first what "quaestor setup" does'),
  }),
  examples: ['serve', 'serve --port 8080'],
  run: async ({ port, host, model, adapter, setup, ...chosen }, terminal) => {
    if (setup) {
      const { setUp } = await import('../setup/set-up.ts');
      await setUp(terminal);
    }
    const settings = {
      QUAESTOR_PORT: port?.toString(),
      QUAESTOR_HOST: host,
      QUAESTOR_MODEL: model,
      QUAESTOR_ADAPTER: adapter,
      QUAESTOR_GENERATOR: chosen.generator,
      QUAESTOR_REMOTE_URL: chosen.remoteUrl,
      QUAESTOR_REMOTE_MODEL: chosen.remoteModel,
    };
    return runServerProgram('main.ts', settings, terminal);
  },
});
