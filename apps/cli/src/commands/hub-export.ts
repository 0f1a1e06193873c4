import { resolve } from 'node:path';
import * as z from 'zod';
import { argument, completing, defineCommand, jsonOption } from '../command.ts';
import { InputError } from '../errors.ts';
import { shellWord } from '../shell-word.ts';

/** `quaestor hub export`: an adapter for HF-PEFT, llama.cpp or vLLM. */
export const hubExport = defineCommand({
  options: z.object({
    name: argument(completing('adapters', z.string().min(1).describe('name of the adapter'))),
    format: z
      .enum(['peft', 'gguf', 'vllm'])
      .default('peft')
      .describe('peft: HF-PEFT’s files; gguf: for llama.cpp; vllm: checked for its loader'),
    out: z.string().min(1).describe('folder to write into'),
    model: completing(
      'models',
      z
        .string()
        .min(1)
        .optional()
        .describe('base model for gguf; default: the one that the adapter names'),
    ),
    maxRank: z.int().positive().optional().describe('--max-lora-rank of the vLLM server'),
    replace: z.boolean().default(false).describe('replace what lies there'),
    json: jsonOption,
  }),
  examples: [
    'hub export finance-sql --format gguf --out ./export',
    'hub export finance-sql --format vllm --out ./finance-sql --max-rank 16',
  ],
  run: async ({ name, format, out, model, maxRank, replace, json }, terminal) => {
    const { expectBaseModel, exportAdapter, neededRank, openModel, readAdapterConfig } =
      await import('@quaestor/peft');
    const { openAdapters } = await import('../adapters.ts');
    const entry = openAdapters().get(name);
    const folder = resolve(terminal.cwd, out);
    const baseName = model ?? entry.baseModel;
    if (format === 'gguf' && baseName === null) {
      throw new InputError(`${name} does not name its base model; give it with --model.`);
    }
    const base = format === 'gguf' ? await openModel(baseName as string) : undefined;
    base?.close();
    if (base) expectBaseModel(entry, base.name);
    const path = exportAdapter(entry.path, format, folder, {
      name,
      replace,
      maxRank,
      ...(base && { base: base.config }),
    });
    if (json) {
      terminal.stdout.write(`${JSON.stringify({ path, format }, null, 2)}\n`);
      return;
    }
    terminal.stdout.write(`${path}\n`);
    const suggest = (words: readonly string[]) =>
      terminal.stderr.write(`${words.map(shellWord).join(' ')}\n`);
    if (format === 'gguf') suggest(['llama-cli', '--model', 'BASE.gguf', '--lora', path]);
    if (format === 'vllm') {
      // What begins with a dash would be an option.
      const base = baseName === null || baseName.startsWith('-') ? 'BASE' : baseName;
      // Of what was written: folding patterns in may have raised it.
      const { r } = readAdapterConfig(path);
      const rank = String(neededRank(typeof r === 'number' ? r : 1));
      const lora = ['--enable-lora', '--max-lora-rank', rank, '--lora-modules', `${name}=${path}`];
      suggest(['vllm', 'serve', base, ...lora]);
    }
  },
});
