/**
 * The training loop. It knows no method and no task: examples in, events out, and whatever is
 * attached to the model is what it trains.
 */
import { performance } from 'node:perf_hooks';
import type { Scalar, Tensor } from '@tensorflow/tfjs';
import { PeftError } from '../errors.ts';
import type { LanguageModel } from '../model/language-model.ts';
import { engine } from '../tensors/engine.ts';
import { seededRandom } from '../tensors/random.ts';
import { expectTrainable } from '../tuners/guarded-adapter.ts';
import type { Adapter, TrainingRun } from '../tuners/tuner.ts';
import { AdamW, type ParameterGroup } from './adamw.ts';
import { countSteps, epochBatches, microBatches, type TrainExample, tokensOf } from './batches.ts';
import { checkExamples } from './check-examples.ts';
import { loadCheckpoint, saveCheckpoint } from './checkpoint.ts';
import type { TrainConfig } from './config.ts';
import { examplesDigest } from './examples-digest.ts';
import { accumulate, clipGradients, passGradients } from './gradients.ts';
import { loraPlusGroups } from './lora-plus.ts';
import { labelCount, labelCounts, packedLoss } from './loss.ts';
import { learningRate } from './schedule.ts';
import { undecayed } from './undecayed.ts';

/** What one optimizer step reports. */
export interface TrainStep {
  readonly type: 'step';
  /** From 1. */
  readonly step: number;
  readonly totalSteps: number;
  readonly epoch: number;
  /** Of the step's examples, before its update: their mean cross-entropy, or what `loss` says; with a method's penalty, as HF's Trainer has it. */
  readonly loss: number;
  readonly learningRate: number;
  readonly gradientNorm: number;
  /** Tokens of the step, prompts included. */
  readonly tokens: number;
  readonly tokensPerSecond: number;
  /** Resident memory of the process in bytes. */
  readonly memory: number;
}

export type TrainEvent =
  | TrainStep
  /** With the loss of each step so far; those of an older checkpoint are not known. */
  | { readonly type: 'resumed'; readonly step: number; readonly losses: readonly number[] }
  | { readonly type: 'checkpoint'; readonly step: number; readonly folder: string };

/**
 * The loss of one pass of a step, differentiable. A step's loss is the sum over its passes, so a mean
 * divides by what the whole step holds.
 */
export type StepLoss<Example extends TrainExample> = (
  model: LanguageModel,
  pass: readonly Example[],
  step: readonly Example[],
) => Scalar;

export interface TrainOptions<Example extends TrainExample = TrainExample> {
  /** Default: mean cross-entropy of the labelled tokens. */
  readonly loss?: StepLoss<Example>;
  /** Folder for checkpoints; a run finds its last one there and goes on from it. */
  readonly checkpoints?: string;
  readonly parameterGroups?: readonly ParameterGroup[];
  /** Stops before the first step, or after the one in progress, with a checkpoint. */
  readonly signal?: AbortSignal;
}

/**
 * Trains the adapter attached to a model.
 * @throws PeftError 'bad-config' when no example has a labelled token, for an adapter that is merged or detached, or
 *   where the loss or its gradient stops being a number (the checkpoint before that stays); 'mismatch' for
 *   ids outside the vocabulary and, under the trainer's own loss, examples beyond the context; 'aborted'
 *   when the signal fires
 */
export async function* train<Example extends TrainExample = TrainExample>(
  model: LanguageModel,
  adapter: Adapter,
  examples: readonly Example[],
  config: TrainConfig,
  options: TrainOptions<Example> = {},
): AsyncGenerator<TrainEvent> {
  expectTrainable(adapter);
  const hasLabel = (example: Example): boolean => labelCount(example) > 0;
  // Another loss may run other tokens than the ids.
  checkExamples(model, examples, options.loss ? () => false : hasLabel);
  const usable = examples.filter(hasLabel);
  if (usable.length === 0) {
    throw new PeftError('bad-config', {
      en: `none of the ${examples.length} training examples has a labelled token; check the training data`,
      zh: `${examples.length} 个训练样本中没有一个带标签的词元，请检查训练数据`,
    });
  }
  const totalSteps = countSteps(usable.length, config);
  const groups = [...(options.parameterGroups ?? []), ...loraPlusGroups(config), undecayed];
  const optimizer = new AdamW(config, groups);
  const { loss: lossOf = crossEntropy } = options;
  const run: TrainingRun = {
    model,
    examples: usable,
    totalSteps,
    config,
    random: seededRandom(config.seed),
    // A method is given the examples of this very run.
    loss: (some) => lossOf(model, some as readonly Example[], some as readonly Example[]),
  };
  adapter.training = true;
  try {
    const data = options.checkpoints ? examplesDigest(usable) : '';
    const kept = { model, adapter, optimizer, config, examples: data };
    let step = 0;
    let losses: number[] = [];
    if (options.checkpoints) {
      ({ step, losses } = loadCheckpoint(options.checkpoints, kept));
      if (step > 0) yield { type: 'resumed', step, losses: [...losses] };
    }
    if (options.signal?.aborted) throw stopped(step, totalSteps);
    if (step === 0) await adapter.begin?.(run);
    const perEpoch = Math.ceil(usable.length / config.batch_size);
    let batches: readonly (readonly Example[])[] = [];
    let batchesOf = -1;
    while (step < totalSteps) {
      const epoch = Math.floor(step / perEpoch);
      if (epoch !== batchesOf) {
        batches = epochBatches(usable, epoch, config);
        batchesOf = epoch;
      }
      const batch = batches[step % perEpoch] as readonly Example[];
      const rate = learningRate(step, totalSteps, config);
      const started = performance.now();
      const { loss, gradientNorm, gradients } = stepGradients(
        model,
        adapter,
        batch,
        config,
        lossOf,
      );
      try {
        expectFinite({ loss, gradientNorm, step: step + 1, totalSteps, rate });
        optimizer.step(adapter.parameters(), gradients, rate);
        step++;
        losses.push(loss);
        await adapter.onStep?.({ step, loss, gradients, optimizer, run });
      } finally {
        for (const gradient of gradients.values()) gradient.dispose();
      }
      const tokens = batch.reduce((sum, example) => sum + tokensOf(example), 0);
      yield {
        type: 'step',
        step,
        totalSteps,
        epoch: step / perEpoch,
        loss,
        learningRate: rate,
        gradientNorm,
        tokens,
        tokensPerSecond: (1000 * tokens) / (performance.now() - started),
        memory: process.memoryUsage.rss(),
      };
      const stopping = options.signal?.aborted ?? false;
      if (
        options.checkpoints &&
        (stopping || step % config.save_steps === 0 || step === totalSteps)
      ) {
        const folder = saveCheckpoint(options.checkpoints, step, losses, kept);
        yield { type: 'checkpoint', step, folder };
      }
      if (stopping) throw stopped(step, totalSteps);
      // Lets timers, signals and other requests in between two steps.
      await new Promise((resolve) => setImmediate(resolve));
    }
  } finally {
    adapter.training = false;
    optimizer.dispose();
  }
}

function stopped(step: number, totalSteps: number): PeftError {
  return new PeftError('aborted', {
    en: `training was stopped after step ${step} of ${totalSteps}`,
    zh: `训练在第 ${step} 步后停止，共 ${totalSteps} 步`,
  });
}

const crossEntropy: StepLoss<TrainExample> = (model, pass, step) =>
  packedLoss(model, pass, labelCounts(step));

/** Loss and clipped gradients of a step, over as many passes as it needs. The caller disposes the gradients. */
function stepGradients<Example extends TrainExample>(
  model: LanguageModel,
  adapter: Adapter,
  batch: readonly Example[],
  config: TrainConfig,
  lossOf: StepLoss<Example>,
): { loss: number; gradientNorm: number; gradients: ReadonlyMap<string, Tensor> } {
  const { tf } = engine();
  const variables = adapter.parameters();
  let gradients = new Map<string, Tensor>();
  let loss = 0;
  const passes = microBatches(batch, config.micro_batch_tokens);
  try {
    for (const pass of passes) {
      const result = passGradients(variables, () => {
        const value = lossOf(model, pass, batch);
        const penalty = adapter.penalty?.();
        return penalty ? (tf.add(value, tf.div(penalty, passes.length)) as Scalar) : value;
      });
      loss += result.loss;
      gradients = accumulate(gradients, result.gradients);
    }
    adapter.adjust?.(gradients);
    return { loss, gradientNorm: clipGradients(gradients, config.max_grad_norm), gradients };
  } catch (error) {
    for (const gradient of gradients.values()) gradient.dispose();
    throw error;
  }
}

/** An update by such a gradient would leave no parameter a number, and the next checkpoint keep none. */
function expectFinite(at: {
  readonly loss: number;
  readonly gradientNorm: number;
  readonly step: number;
  readonly totalSteps: number;
  readonly rate: number;
}): void {
  const { loss, gradientNorm, step, totalSteps, rate } = at;
  if (Number.isFinite(loss) && Number.isFinite(gradientNorm)) return;
  throw new PeftError('bad-config', {
    en: `training diverged at step ${step} of ${totalSteps}: loss ${loss}, gradient norm ${gradientNorm} at learning rate ${rate}; lower learning_rate, warm up longer (warmup_ratio), or clip gradients (max_grad_norm)`,
    zh: `训练在第 ${step} 步发散（共 ${totalSteps} 步）：学习率为 ${rate} 时损失为 ${loss}，梯度范数为 ${gradientNorm}；请降低 learning_rate、延长预热（warmup_ratio），或裁剪梯度（max_grad_norm）`,
  });
}
