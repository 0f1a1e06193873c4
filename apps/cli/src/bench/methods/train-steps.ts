import {
  type Adapter,
  type LanguageModel,
  type TrainExample,
  train,
  trainConfig,
} from '@quaestor/peft';

/** A part of a method's training. */
export interface StepBudget {
  readonly learningRate: number;
  readonly steps: number;
  readonly batchSize: number;
  readonly seed: number;
}

export interface TrainedSteps {
  readonly losses: readonly number[];
  /** Tokens per second of the steps after the first. */
  readonly speeds: readonly number[];
  readonly tokens: number;
  /** At their most: some methods train more at the beginning than at the end. */
  readonly trainedParameters: number;
  /** From the beginning to the end of the first step. */
  readonly secondsBefore: number;
}

/** Trains an attached method for so many steps. */
export async function trainSteps(
  model: LanguageModel,
  adapter: Adapter,
  examples: readonly TrainExample[],
  { learningRate, steps, batchSize, seed }: StepBudget,
  signal: AbortSignal,
): Promise<TrainedSteps> {
  const config = trainConfig.parse({
    learning_rate: learningRate,
    batch_size: batchSize,
    num_train_epochs: 1000,
    max_steps: steps,
    seed,
  });
  const losses: number[] = [];
  const speeds: number[] = [];
  let tokens = 0;
  let trainedParameters = 0;
  const began = performance.now();
  let first = began;
  for await (const event of train(model, adapter, examples, config, { signal })) {
    if (event.type !== 'step') continue;
    if (event.step === 1) first = performance.now();
    losses.push(event.loss);
    if (event.step > 1) speeds.push(event.tokensPerSecond);
    tokens += event.tokens;
    const now = adapter.parameters().reduce((sum, { variable }) => sum + variable.size, 0);
    trainedParameters = Math.max(trainedParameters, now);
  }
  return { losses, speeds, tokens, trainedParameters, secondsBefore: (first - began) / 1000 };
}
