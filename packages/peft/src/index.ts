// The public list, in reading order: engine, model, text, generation, methods, training, files, hub.

export {
  buildAddon,
  type EngineState,
  engineFolder,
  engineState,
  engineSteps,
  engineVariant,
  isPlaced,
  placeFile,
  processor,
  runSteps,
  type SetupContext,
  type SetupProgress,
  type SetupStep,
} from './engine-setup/index.ts';
export { PeftError, type PeftErrorCode } from './errors.ts';
export { type Generated, type GenerateOptions, generate } from './generation/generate.ts';
export { type ProxyModels, proxyScorer } from './generation/proxy-tuning.ts';
export { type RemoteModel, remoteScorer } from './generation/remote-scorer.ts';
export type {
  DecodeRow,
  OpenScorer,
  PrefillPrompt,
  TokenScorer,
} from './generation/token-scorer.ts';
export { type AdapterHub, expectBaseModel, type HubEntry, openHub } from './hub/adapter-hub.ts';
export { DEFAULT_MODEL, obtainModel } from './hub/model-sources.ts';
export { defaultAdapter, mergeStoredAdapter } from './hub/stored-adapter.ts';
export { readAdapter, readAdapterConfig, writeAdapter } from './io/adapter-files.ts';
export type { ModelFiles } from './io/model-files.ts';
export { findModel, openModel } from './io/open-model.ts';
export { stateFolder } from './io/state-folder.ts';
export { type ModelConfig, modelConfig } from './model/config.ts';
export {
  hiddenRows,
  type LanguageModel,
  loadLanguageModel,
  logits,
} from './model/language-model.ts';
export { type PackedRows, packBatch, packSequences } from './model/packing.ts';
export {
  type Engine,
  type EngineName,
  engine,
  loadEngine,
  type Precision,
} from './tensors/engine.ts';
export { type Random, seededRandom } from './tensors/random.ts';
export type { ChatMessage, Tokenizer } from './tokenizer/tokenizer.ts';
export type { TrainExample } from './trainer/batches.ts';
export { type TrainConfig, trainConfig } from './trainer/config.ts';
export { type TrainEvent, type TrainOptions, type TrainStep, train } from './trainer/trainer.ts';
export { type AdapterSet, BASE, openAdapterSet } from './tuners/adapter-set.ts';
export {
  type Adapter,
  adapterState,
  attachTuner,
  defineTuner,
  type NamedVariable,
  type StepReport,
  type TrainingRun,
  type Tuner,
  tuners,
} from './tuners/index.ts';
