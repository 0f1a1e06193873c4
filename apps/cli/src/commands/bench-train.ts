import * as z from 'zod';
import { describeMachine } from '../bench/machine.ts';
import {
  speedOfTraining,
  TRAINING_SHAPES,
  type TrainingSpeed,
} from '../bench/speed-of-training.ts';
import { defineCommand, jsonOption, modelOption } from '../command.ts';
import { openBaseModel } from '../language-model/open.ts';
import { Progress } from '../progress.ts';
import { table, tableOptions } from '../table.ts';

/** `quaestor bench train`: tokens a second and memory of LoRA training here. */
export const benchTrain = defineCommand({
  options: z.object({
    model: modelOption,
    shape: z
      .enum(TRAINING_SHAPES.map(({ name }) => name) as [string, ...string[]])
      .optional()
      .describe('only this one'),
    steps: z.int().positive().default(8).describe('optimizer steps that are timed'),
    json: jsonOption,
  }),
  examples: ['bench train', 'bench train --steps 20 --json'],
  run: async ({ model: name, shape: only, steps, json }, terminal) => {
    const progress = new Progress(terminal);
    const model = await openBaseModel(name, terminal);
    const results: TrainingSpeed[] = [];
    try {
      for (const shape of TRAINING_SHAPES) {
        if (only !== undefined && only !== shape.name) continue;
        progress.update(shape.name);
        results.push(await speedOfTraining(model, shape, steps, terminal.signal));
      }
    } finally {
      progress.clear();
      model.dispose();
    }
    const report = { machine: await describeMachine(), model: model.name, results };
    const rows = results.map(
      ({ name: shape, sequence, batch, precision, tokensPerSecond, peakMemory }) => [
        shape,
        `${batch} × ${sequence}`,
        precision,
        Math.round(tokensPerSecond.median),
        Math.round(tokensPerSecond.best),
        (peakMemory / 1e9).toFixed(2),
      ],
    );
    const header = ['method', 'batch', 'weights', 'tokens/s', 'best', 'GB'];
    terminal.stdout.write(
      json ? `${JSON.stringify(report, null, 2)}\n` : table(header, rows, tableOptions(terminal)),
    );
  },
});
