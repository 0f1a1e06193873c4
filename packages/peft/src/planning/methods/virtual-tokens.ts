/**
 * Soft prompts: m·D for each task (Lester et al. 2021); P-tuning with its encoder (Liu et al. 2021);
 * prefixes, m·L·2·w with w the width of keys (Li & Liang 2021). An encoder-decoder has twice as many.
 */
import * as z from 'zod';
import type { Architecture } from '../architecture.ts';
import { NOTHING, type TrainedShapes } from './trained-shapes.ts';

const fields = z.object({
  num_virtual_tokens: z.int().positive().default(20),
  encoder_hidden_size: z.int().positive().nullish(),
  tasks: z.array(z.string()).default([]),
  prefix_projection: z.boolean().default(false),
  encoder_reparameterization_type: z.enum(['MLP', 'LSTM']).default('MLP'),
  encoder_num_layers: z.int().positive().default(2),
});

const stacks = ({ encoderLayers }: Architecture): number => (encoderLayers > 0 ? 2 : 1);
/** Weight and bias. */
const dense = (input: number, out: number): number[][] => [[out, input], [out]];

export function promptTuningShapes(architecture: Architecture, config: unknown): TrainedShapes {
  const { num_virtual_tokens: length, tasks } = fields.parse(config);
  const prompt = [length * stacks(architecture), architecture.hidden];
  return {
    ...NOTHING,
    tensors: Array.from({ length: Math.max(1, tasks.length) }, () => prompt),
    virtualTokens: length,
  };
}

export function pTuningShapes(architecture: Architecture, config: unknown): TrainedShapes {
  const settings = fields.parse(config);
  const { num_virtual_tokens: length, encoder_reparameterization_type: type } = settings;
  const width = architecture.hidden;
  const hidden = settings.encoder_hidden_size ?? width;
  const table = [length * stacks(architecture), width];
  const encoder =
    type === 'MLP'
      ? [...dense(width, hidden), ...dense(hidden, hidden), ...dense(hidden, width)]
      : [
          ...lstm(width, hidden, settings.encoder_num_layers),
          ...dense(2 * hidden, 2 * hidden),
          ...dense(2 * hidden, width),
        ];
  return { ...NOTHING, tensors: [table, ...encoder], virtualTokens: length };
}

export function prefixTuningShapes(architecture: Architecture, config: unknown): TrainedShapes {
  const settings = fields.parse(config);
  const width = architecture.keyValueHeads * architecture.headDim;
  const length = settings.num_virtual_tokens * stacks(architecture);
  const all = architecture.decoderLayers * 2 * width;
  if (!settings.prefix_projection) return { ...NOTHING, tensors: [[length, all]] };
  const hidden = settings.encoder_hidden_size ?? architecture.hidden;
  return {
    ...NOTHING,
    tensors: [[length, width], ...dense(width, hidden), ...dense(hidden, all)],
  };
}

/** Both directions of every layer: four gates from the input and from the last state. */
function lstm(input: number, hidden: number, layers: number): number[][] {
  return Array.from({ length: 2 * layers }, (_, i) => [
    ...dense(i < 2 ? input : 2 * hidden, 4 * hidden),
    ...dense(hidden, 4 * hidden),
  ]).flat();
}
