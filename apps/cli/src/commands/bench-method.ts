import { tuners } from '@quaestor/peft';
import * as z from 'zod';
import { BASE_ROW, expectMethod, measureMethod } from '../bench/methods/measure-method.ts';
import { openTask, TASKS } from '../bench/methods/tasks.ts';
import { argument, defineCommand, jsonOption, modelOption } from '../command.ts';
import { openBaseModel } from '../language-model/open.ts';
import { readMethodSettings, resolveAdapters } from '../training/settings.ts';

const ZERO_BIASES =
  'the same base with q, k and v biases of 0, as Qwen2 has biases: the same function until they are trained';

/** `quaestor bench method`: one method on one task, alone in this process, so that its memory is its own. */
export const benchMethod = defineCommand({
  options: z.object({
    method: argument(z.string().min(1)).describe(`a method, or ${BASE_ROW} for the model as it is`),
    task: z.enum(TASKS).default('sql').describe('what is learned'),
    model: modelOption,
    set: z.array(z.string()).default([]).describe('field of the method’s configuration'),
    learningRate: z.number().positive().optional().describe('default: what suits the method'),
    sources: z
      .string()
      .min(1)
      .optional()
      .describe('method of which two adapters are trained first, for a method that combines them'),
    zeroBiases: z
      .boolean()
      .default(false)
      .describe('give a base without biases some that are 0: the same function'),
    steps: z.int().positive().default(24).describe('optimizer steps'),
    batchSize: z.int().positive().default(4).describe('examples of a step'),
    seed: z.int().default(1).describe('seed of data, initial values and order'),
    json: jsonOption,
  }),
  examples: [
    'bench method lora',
    'bench method ia3 --task table --steps 40 --json',
    'bench method adapter-fusion --sources adapter-pfeiffer',
    'bench method bitfit --zero-biases',
  ],
  run: async ({ task: name, model: modelName, set, zeroBiases, json, ...run }, terminal) => {
    expectMethod(run.method);
    const tuner = tuners().find((one) => one.name === run.method);
    const given = tuner ? readMethodSettings(set, tuner) : {};
    const model = await openBaseModel(modelName, terminal, { zeroBiases });
    try {
      const task = await openTask(name, model, run.seed);
      const settings = resolveAdapters(given, terminal.cwd);
      const note = zeroBiases ? ZERO_BIASES : undefined;
      const measured = await measureMethod(
        model,
        task,
        { ...run, settings, note },
        terminal.signal,
      );
      const { score, heldOutLoss, tokensPerSecond, peakBytes } = measured;
      terminal.stdout.write(
        json
          ? `${JSON.stringify(measured)}\n`
          : `${measured.method} on ${measured.task}: ${score.name} ${score.value.toFixed(1)}, loss ${heldOutLoss.toFixed(3)}, ${tokensPerSecond.toFixed(0)} tokens/s, ${(peakBytes / 1e9).toFixed(2)} GB\n`,
      );
    } finally {
      model.dispose();
    }
  },
});
