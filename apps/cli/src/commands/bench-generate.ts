import { availableParallelism } from 'node:os';
import { DEFAULT_MODEL, findLlamaCpp, findModel } from '@quaestor/peft';
import * as z from 'zod';
import { limitsOf } from '../bench/limits.ts';
import { speedOfLlamaCpp } from '../bench/llama-cpp.ts';
import { describeMachine } from '../bench/machine.ts';
import { type GenerationSpeed, speedOfGeneration } from '../bench/speed-of-generation.ts';
import { defineCommand, jsonOption, modelOption } from '../command.ts';
import { openBaseModel } from '../language-model/open.ts';
import { Progress } from '../progress.ts';
import { table, tableOptions } from '../table.ts';

/** `quaestor bench generate`: tokens a second of reading and writing, beside llama.cpp's. */
export const benchGenerate = defineCommand({
  options: z.object({
    model: modelOption,
    streams: z
      .array(z.int().positive())
      .default([1, 8, 16])
      .describe('completions written side by side'),
    context: z.int().positive().default(300).describe('tokens of each prompt'),
    tokens: z.int().positive().default(48).describe('tokens written to each prompt'),
    json: jsonOption,
  }),
  examples: ['bench generate', 'bench generate --streams 1 --json'],
  run: async ({ model: name, streams, json, ...shape }, terminal) => {
    const progress = new Progress(terminal);
    const model = await openBaseModel(name, terminal);
    const machine = await describeMachine();
    const ours: GenerationSpeed[] = [];
    try {
      for (const count of streams) {
        progress.update(`${count} streams`);
        ours.push(await speedOfGeneration(model, count, shape, terminal.signal));
      }
    } finally {
      progress.clear();
      model.dispose();
    }
    const limits = limitsOf(model, machine, ours);
    const file = findModel(name ?? DEFAULT_MODEL);
    const library = file?.endsWith('.gguf') ? await findLlamaCpp() : null;
    const theirs: GenerationSpeed[] = [];
    if (library !== null && file !== null) {
      const threads = availableParallelism();
      for (const count of streams) {
        progress.update(`llama.cpp, ${count} streams`);
        const { vocab_size } = model.config;
        theirs.push(await speedOfLlamaCpp(library, file, threads, count, vocab_size, shape));
      }
      progress.clear();
    }
    if (json) {
      const report = { machine, model: model.name, ...shape, ours, llamaCpp: theirs, limits };
      terminal.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
      return;
    }
    const ratio = (mine: number, other: number | undefined) =>
      other === undefined
        ? 'not installed'
        : `${other.toFixed(0)} (× ${(mine / other).toFixed(2)})`;
    const rows = ours.map((speed, index) => [
      speed.streams,
      Math.round(speed.prefill),
      ratio(speed.prefill, theirs[index]?.prefill),
      Math.round(speed.decode),
      ratio(speed.decode, theirs[index]?.decode),
    ]);
    const share = limits.prefillShareOfMatmul;
    terminal.stdout.write(
      [
        table(
          ['streams', 'read/s', 'llama.cpp', 'write/s', 'llama.cpp'],
          rows,
          tableOptions(terminal),
        ),
        ...(share === null
          ? []
          : [`Reading uses ${(share * 100).toFixed(0)} % of this machine's matrix product.\n`]),
        `A step of one stream takes ${limits.stepMilliseconds.toFixed(0)} ms and reads ${(limits.weightBytesPerSecond / 1e9).toFixed(1)} GB of weights a second.\n`,
      ].join(''),
    );
  },
});
