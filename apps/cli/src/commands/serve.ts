import { spawn } from 'node:child_process';
import * as z from 'zod';
import { defineCommand } from '../command.ts';
import { EXIT } from '../errors.ts';
import { inRepository } from '../repository.ts';

/**
 * `quaestor serve`: the page. The server is a program of its own (applications do not import each
 * other); this starts it with the flags as its environment and stops it again.
 */
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
    setup: z.boolean().default(false).describe('do first what "quaestor setup" does'),
  }),
  examples: ['serve', 'serve --port 8080'],
  run: async ({ port, host, model, adapter, setup }, terminal) => {
    if (setup) {
      const { setUp } = await import('../setup/set-up.ts');
      await setUp(terminal);
    }
    const settings = {
      QUAESTOR_PORT: port?.toString(),
      QUAESTOR_HOST: host,
      QUAESTOR_MODEL: model,
      QUAESTOR_ADAPTER: adapter,
    };
    const given = Object.entries(settings).filter(([, value]) => value !== undefined);
    const server = spawn(
      process.execPath,
      [...process.execArgv, inRepository('apps/server/src/main.ts')],
      { stdio: 'inherit', env: { ...terminal.env, ...Object.fromEntries(given) } },
    );
    const stop = () => server.kill('SIGTERM');
    terminal.signal.addEventListener('abort', stop, { once: true });
    if (terminal.signal.aborted) stop();
    const code = await new Promise<number | null>((resolve, reject) => {
      server.on('error', reject).on('close', resolve);
    });
    // Ctrl-C is how a server is meant to end.
    return terminal.signal.aborted ? EXIT.ok : (code ?? EXIT.failed);
  },
});
