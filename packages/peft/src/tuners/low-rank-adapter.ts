/** The adapter over low-rank modules: what all methods of the family share, and what each adds to it. */
import type { Tensor } from '@tensorflow/tfjs';
import { PeftError } from '../errors.ts';
import type { TensorData } from '../io/safetensors.ts';
import { loadVariables, type SavedState } from './load-variables.ts';
import { type LoraConfig, type LoraFields, loraConfig } from './lora-config.ts';
import { type LowRankLayer, savedName } from './low-rank-layer.ts';
import type { LowRankModules } from './low-rank-modules.ts';
import { EMBEDDING, HEAD } from './low-rank-targets.ts';
import { StepDropout } from './step-dropout.ts';
import type { Adapter, NamedVariable } from './tuner.ts';

/** What a method adds; what it leaves out is plain. */
interface LowRankMethod
  extends Pick<Adapter, 'begin' | 'adjust' | 'onStep' | 'penalty' | 'progress'> {
  /** Called before each step of a run with the number of finished ones, also when it is resumed. */
  startStep?(finished: number): void;
  /** As saved now. */
  config(): Readonly<Record<string, unknown>>;
  /** Which variables are trained, default all. */
  trains?(variable: NamedVariable): boolean;
  state?(): ReadonlyMap<string, Tensor>;
  load?(state: SavedState): void;
  /** Called after the modules were detached. */
  detach?(): void;
}

export function lowRankAdapter<Layer extends LowRankLayer>(
  modules: LowRankModules<Layer>,
  method: LowRankMethod,
): Adapter {
  const { dropout } = modules;
  const trains = method.trains ?? (() => true);
  const frozen = (): readonly NamedVariable[] =>
    modules.variables().filter((variable) => !trains(variable));
  /** As it was when the adapter was taken off. */
  let lastConfig: Adapter['config'] | null = null;
  const startStep = (steps: number): void => {
    dropout.startStep(steps);
    method.startStep?.(steps);
  };
  return {
    get config() {
      return lastConfig ?? method.config();
    },
    get training() {
      return dropout.training;
    },
    set training(value) {
      dropout.training = value;
    },
    parameters: () => modules.variables().filter(trains),
    state: () => {
      const own =
        method.state?.() ??
        new Map(modules.variables().map(({ name, variable }) => [name, variable]));
      return withCopies(own, modules.copies);
    },
    load: (state) => {
      const own = withoutCopies(withoutBaseEmbeddings(state), modules.copies);
      if (method.load) method.load(own);
      else loadVariables(modules.variables(), own);
    },
    merge: () => {
      expectFinite(modules.variables());
      modules.merge();
    },
    unmerge: modules.unmerge,
    detach: () => {
      lastConfig = method.config();
      modules.detach();
      method.detach?.();
    },
    begin: async (run) => {
      await method.begin?.(run);
      startStep(0);
    },
    onStep: async (report) => {
      await method.onStep?.(report);
      startStep(report.step);
    },
    progress: {
      state: () => {
        const tensors = new Map<string, TensorData>([
          ...(method.progress?.state() ?? []),
          dropout.progress(),
        ]);
        for (const { name, variable } of frozen()) {
          const data = Float32Array.from(variable.dataSync());
          tensors.set(name, { shape: variable.shape, data });
        }
        return tensors;
      },
      load: (state) => {
        startStep(StepDropout.finishedSteps(state));
        method.progress?.load(state);
        const kept = frozen();
        const names = new Set(kept.map(({ name }) => name));
        loadVariables(kept, new Map([...state].filter(([name]) => names.has(name))));
      },
    },
    ...(method.adjust && { adjust: method.adjust }),
    ...(method.penalty && { penalty: method.penalty }),
  };
}

/** A configuration as HF-PEFT saves it; `lora_fa` concerns the training alone. */
export function savedConfig<Config extends LoraFields>(
  config: Config,
  modules: Pick<LowRankModules<LowRankLayer>, 'targetNames'>,
): Config {
  const { lora_fa: _trainsOnlyB, ...others } = config;
  return {
    ...others,
    target_modules: modules.targetNames,
    inference_mode: true,
  } as Config;
}

/** The configuration of a method whose result is a LoRA, without that method's own fields. */
export function savedAsLora(saved: LoraFields): LoraConfig {
  const { lora_fa: _trainsOnlyB, ...config } = loraConfig.parse({ ...saved, peft_type: 'LORA' });
  return config as LoraConfig;
}

/** HF-PEFT puts the base's own embedding and head into a file whose adapter targets them. */
function withoutBaseEmbeddings(state: SavedState): SavedState {
  const base = new Set([EMBEDDING, HEAD].map((path) => savedName(path, 'base_layer.weight')));
  return new Map([...state].filter(([name]) => !base.has(name)));
}

/** HF-PEFT saves a tied embedding under the head's name, too, and misses it where it is not. */
function withCopies(
  state: ReadonlyMap<string, Tensor>,
  copies: LowRankModules<LowRankLayer>['copies'],
): ReadonlyMap<string, Tensor> {
  const again = [...copies].map(([name, copy]) => [copy, state.get(name) as Tensor] as const);
  return new Map([...state, ...again]);
}

/** @throws PeftError 'mismatch' for a copy of other values */
function withoutCopies(
  state: SavedState,
  copies: LowRankModules<LowRankLayer>['copies'],
): SavedState {
  const own = new Map(state);
  for (const [name, copy] of copies) {
    const [one, other] = [state.get(name)?.data, state.get(copy)?.data];
    own.delete(copy);
    if (!one || !other) continue;
    if (one.length === other.length && one.every((value, i) => value === other[i])) continue;
    throw new PeftError('mismatch', {
      en: `${name} and ${copy} differ, and with ensure_weight_tying they are one`,
      zh: `${name} 与 ${copy} 的值不同，而在 ensure_weight_tying 下两者应相同`,
    });
  }
  return own;
}

/** @throws PeftError 'mismatch' naming the variables that would spoil the weights */
function expectFinite(variables: readonly NamedVariable[]): void {
  const broken = variables.filter(({ variable }) => !variable.dataSync().every(Number.isFinite));
  if (broken.length === 0) return;
  throw new PeftError(
    'mismatch',
    {
      en: 'the adapter has values that are not finite; it is not merged, and the weights are unchanged',
      zh: '适配器中有不是有限数的值，没有合并，权重保持不变',
    },
    { problems: broken.map(({ name }) => name) },
  );
}
