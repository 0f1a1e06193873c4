/**
 * LoRA: Low-Rank Adaptation (Hu et al. 2021, arXiv 2106.09685, eq. 3; chapter eq. 4.9).
 *   y = x·Wᵀ + s·(dropout(x)·Aᵀ)·Bᵀ,   A[r, in], B[out, r],   s = α/r, or α/√r with rsLoRA
 * A is Kaiming-uniform and B zero, as in the paper and HF-PEFT (the chapter's text swaps them), so
 * training starts at the base's output. Merged: W + s·B·A.
 */
import type { Variable } from '@tensorflow/tfjs';
import type { LanguageModel } from '../model/language-model.ts';
import type { ProjectionPart } from '../model/projection.ts';
import { engine } from '../tensors/engine.ts';
import type { Random } from '../tensors/random.ts';
import { loadVariables } from './load-variables.ts';
import { type LoraConfig, loraConfig } from './lora-config.ts';
import { type LoraFactors, LoraHook } from './lora-hook.ts';
import { fromPattern, targetGroups } from './target-modules.ts';
import { type Adapter, defineTuner, type NamedVariable } from './tuner.ts';

defineTuner<LoraConfig>({
  name: 'lora',
  peftType: 'LORA',
  family: 'low-rank',
  paper: 'Hu et al. 2021, arXiv 2106.09685',
  parameterCount: 'Σ over target layers of r·(in + out)',
  startsAtBase: true,
  learningRate: 5e-4,
  defaults: { r: 16, lora_alpha: 32, target_modules: 'all-linear' },
  config: loraConfig,
  attach: attachLora,
});

/** Installs LoRA on every target layer. @throws PeftError 'bad-config' when no layer matches */
function attachLora(model: LanguageModel, config: LoraConfig, random: Random): Adapter {
  const hooks = targetGroups(model, config).map(
    ({ group, parts }) =>
      new LoraHook(
        group,
        parts.map((part) => createFactors(part, group.inputSize, config, random)),
        config.lora_dropout,
      ),
  );
  const variables = hooks.flatMap(({ factors }) => factors.flatMap(namedFactors));
  let training = false;
  return {
    config: {
      ...config,
      base_model_name_or_path: config.base_model_name_or_path ?? model.name,
      // As HF-PEFT saves it: other readers know no 'all-linear'.
      target_modules:
        config.target_modules === 'all-linear' ? lastNames(hooks) : config.target_modules,
    },
    get training() {
      return training;
    },
    set training(value) {
      training = value;
      for (const hook of hooks) hook.training = value;
    },
    parameters: () => variables,
    state: () => new Map(variables.map(({ name, variable }) => [name, variable])),
    load: (state) => loadVariables(variables, state),
    merge: () => {
      for (const hook of hooks) hook.merge();
    },
    unmerge: () => {
      for (const hook of hooks) hook.unmerge();
    },
    detach: () => {
      for (const hook of hooks) hook.detach();
    },
  };
}

function createFactors(
  { path, start, size }: ProjectionPart,
  inputSize: number,
  config: LoraConfig,
  random: Random,
): LoraFactors {
  const r = fromPattern(path, config.rank_pattern, config.r);
  const alpha = fromPattern(path, config.alpha_pattern, config.lora_alpha);
  const bound = 1 / Math.sqrt(inputSize);
  const deviation = 1 / r;
  const draw =
    config.init_lora_weights === 'gaussian'
      ? () => random.normal() * deviation
      : () => (random.next() * 2 - 1) * bound;
  const drawB =
    config.init_lora_weights === false ? () => (random.next() * 2 - 1) / Math.sqrt(r) : () => 0;
  return {
    path,
    start,
    a: variable(r, inputSize, draw),
    b: variable(size, r, drawB),
    scale: config.use_rslora ? alpha / Math.sqrt(r) : alpha / r,
  };
}

/** The distinct last parts of the adapted paths: q_proj, k_proj … */
function lastNames(hooks: readonly LoraHook[]): readonly string[] {
  const paths = hooks.flatMap(({ factors }) => factors.map(({ path }) => path));
  return [...new Set(paths.map((path) => path.slice(path.lastIndexOf('.') + 1)))];
}

function namedFactors({ path, a, b }: LoraFactors): NamedVariable[] {
  return [
    { name: `base_model.model.${path}.lora_A.weight`, variable: a },
    { name: `base_model.model.${path}.lora_B.weight`, variable: b },
  ];
}

function variable(rows: number, columns: number, draw: () => number): Variable {
  const { tf } = engine();
  return tf.tidy(() =>
    tf.variable(tf.tensor2d(Float32Array.from({ length: rows * columns }, draw), [rows, columns])),
  );
}
