import { resolve } from 'node:path';
import * as z from 'zod';
import { argument, completing, defineCommand, jsonOption } from '../command.ts';

/** `quaestor hub add`: copies an adapter folder, as HF-PEFT writes it, into the hub. */
export const hubAdd = defineCommand({
  options: z.object({
    folder: argument(
      completing(
        'files',
        z.string().min(1).describe('folder with adapter_config.json and adapter_model.safetensors'),
      ),
    ),
    name: argument(z.string().min(1).describe('its name in the hub')),
    replace: z.boolean().default(false).describe('replace an adapter of that name'),
    json: jsonOption,
  }),
  examples: ['hub add ./my-adapter funds'],
  run: async ({ folder, name, replace, json }, terminal) => {
    const { openAdapters } = await import('../adapters.ts');
    const entry = openAdapters().add(resolve(terminal.cwd, folder), name, { replace });
    terminal.stdout.write(json ? `${JSON.stringify(entry, null, 2)}\n` : `${entry.path}\n`);
  },
});
