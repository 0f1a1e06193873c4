import {
  loadEngine,
  type NumberForm,
  planConfig,
  plannedMethods,
  planTraining,
  readArchitecture,
} from '@quaestor/peft';
import * as z from 'zod';
import { defineCommand, jsonOption } from '../command.ts';
import { availableMemory } from '../doctor/available-memory.ts';
import { codeOf } from '../errors.ts';
import { printPlan } from '../planning/print-plan.ts';
import { tableOptions } from '../table.ts';
import { readMethodSettings } from '../training/settings.ts';
import { tunerOf } from '../training/training-flags.ts';

/** `quaestor plan`: the memory of a training run before it starts. */
export const plan = defineCommand({
  options: z.object({
    model: z
      .string()
      .min(1)
      .default('smollm2-135m')
      .describe('a known name (llama2-7b, qwen2.5-3b, t0-3b …), a folder, a file or config.json'),
    method: z
      .enum(plannedMethods() as [string, ...string[]])
      .default('lora')
      .describe('tuning method'),
    set: z
      .array(z.string())
      .default([])
      .describe(
        'field of the method’s configuration, under HF-PEFT’s name; others as `train` takes them',
      ),
    ...planConfig.shape,
    json: jsonOption,
  }),
  examples: [
    'plan --model llama2-7b --method lora --set r=8',
    'plan --model t0-3b --method full --precision fp32 --batch 8 --sequence 64 --target 5',
    'plan --model llama3-8b --method full --optimizer adamw-8bit --checkpointing --offload optimizer',
  ],
  run: async ({ model, method, set, json, ...config }, terminal) => {
    const architecture = await readArchitecture(model);
    const tuner = tunerOf({ method });
    const settings = { ...tuner.defaults, ...readMethodSettings(set, tuner) };
    const form = await engineForm();
    const planned = planTraining(architecture, method, settings, config, form);
    const free = availableMemory();
    terminal.stdout.write(
      json
        ? `${JSON.stringify({ ...planned, form, tuner: settings, settings: config, free }, null, 2)}\n`
        : printPlan(planned, settings, config, form, free, tableOptions(terminal)),
    );
  },
});

/** As the engine computes here. A plan needs none: without one it is for the form that every engine has. */
async function engineForm(): Promise<NumberForm> {
  try {
    const { precision, storage } = await loadEngine();
    return { precision, storage };
  } catch (error) {
    if (codeOf(error) === 'engine-unavailable') return { precision: 'float32', storage: 'float32' };
    throw error;
  }
}
