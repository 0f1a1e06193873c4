import {
  attachTuner,
  type LanguageModel,
  seededRandom,
  type TrainExample,
  train,
  trainConfig,
} from '@quaestor/peft';

/** What a run is made of: the shapes at which libraries are compared. */
export interface TrainingShape {
  readonly name: string;
  readonly method: string;
  readonly tuner: Readonly<Record<string, unknown>>;
  readonly sequence: number;
  readonly labels: number;
  readonly batch: number;
}

export interface TrainingSpeed extends TrainingShape {
  readonly precision: string;
  readonly steps: number;
  /** Tokens a second, prompts included: median and best step. */
  readonly tokensPerSecond: { readonly median: number; readonly best: number };
  /** Tokens a second of each step. */
  readonly speeds: readonly number[];
  /** Resident memory of the process at its highest, bytes. */
  readonly peakMemory: number;
  readonly lastLoss: number;
}

const everyLinear = { r: 16, lora_alpha: 32, target_modules: 'all-linear' };

/** Both usual placements of LoRA and one shape of each other method that HF-PEFT has too. */
export const TRAINING_SHAPES: readonly TrainingShape[] = [
  shape('lora r=8 on q,v', 'lora', { r: 8, lora_alpha: 16, target_modules: ['q_proj', 'v_proj'] }),
  shape('lora r=16 on all linear layers', 'lora', everyLinear),
  shape('dora r=16 on all linear layers', 'dora', everyLinear),
  shape('adalora 12 → 8 on all linear layers', 'adalora', {
    init_r: 12,
    target_r: 8,
    lora_alpha: 16,
    target_modules: 'all-linear',
    tinit: 1,
    tfinal: 1,
    deltaT: 1,
  }),
  shape('ia3', 'ia3', {}),
  shape('prompt-tuning, 20 tokens', 'prompt-tuning', { num_virtual_tokens: 20 }),
  shape('prefix-tuning, 20 tokens', 'prefix-tuning', { num_virtual_tokens: 20 }),
];

/** 4 × 256 tokens with 40 labelled. */
function shape(
  name: string,
  method: string,
  tuner: Readonly<Record<string, unknown>>,
): TrainingShape {
  return { name, method, tuner, sequence: 256, labels: 40, batch: 4 };
}

/** Times optimizer steps on random tokens; the first step is not counted. */
export async function speedOfTraining(
  model: LanguageModel,
  shape: TrainingShape,
  steps: number,
  signal: AbortSignal,
): Promise<TrainingSpeed> {
  const random = seededRandom(1);
  const example = (): TrainExample => ({
    ids: Array.from({ length: shape.sequence }, () =>
      Math.floor(random.next() * model.config.vocab_size),
    ),
    labelStart: shape.sequence - shape.labels,
  });
  const examples = Array.from({ length: shape.batch * (steps + 1) }, example);
  const adapter = attachTuner(model, shape.method, shape.tuner, random);
  try {
    const config = trainConfig.parse({ batch_size: shape.batch, learning_rate: 1e-4 });
    const speeds: number[] = [];
    let lastLoss = 0;
    for await (const event of train(model, adapter, examples, config, { signal })) {
      if (event.type !== 'step') continue;
      if (event.step > 1) speeds.push(event.tokensPerSecond);
      lastLoss = event.loss;
    }
    const sorted = [...speeds].sort((a, b) => a - b);
    return {
      ...shape,
      precision: model.precision,
      steps,
      tokensPerSecond: {
        median: sorted[Math.floor(sorted.length / 2)] ?? 0,
        best: sorted.at(-1) ?? 0,
      },
      speeds,
      peakMemory: process.resourceUsage().maxRSS * 1024,
      lastLoss,
    };
  } finally {
    adapter.detach();
  }
}
