import { resolve } from 'node:path';
import * as z from 'zod';
import { argument, completing, defineCommand, jsonOption } from '../command.ts';
import { InputError } from '../errors.ts';

/** `quaestor hub merge`: the base model with an adapter folded into its weights. */
export const hubMerge = defineCommand({
  options: z.object({
    name: argument(completing('adapters', z.string().min(1).describe('name of the adapter'))),
    out: z.string().min(1).describe('folder to write the model into, in Hugging Face’s form'),
    model: completing(
      'models',
      z.string().min(1).optional().describe('base model; default: the one that the adapter names'),
    ),
    dtype: z
      .enum(['F32', 'F16', 'BF16'])
      .default('F16')
      .describe('how the weights are stored; F32 keeps every bit'),
    replace: z.boolean().default(false).describe('replace a model that lies there'),
    json: jsonOption,
  }),
  examples: ['hub merge finance-sql --out ./finance-model', 'hub merge mine --out ./m --dtype F32'],
  run: async ({ name, out, model, dtype, replace, json }, terminal) => {
    const { loadEngine, writeMergedModel } = await import('@quaestor/peft');
    const { openAdapters } = await import('../adapters.ts');
    const entry = openAdapters().get(name);
    const base = model ?? entry.baseModel;
    if (base === null) {
      throw new InputError(`${name} does not name its base model; give it with --model.`);
    }
    const path = resolve(terminal.cwd, out);
    await loadEngine();
    await writeMergedModel(entry.path, base, path, { dtype, replace });
    terminal.stdout.write(
      json ? `${JSON.stringify({ path, base, dtype }, null, 2)}\n` : `${path}\n`,
    );
  },
});
