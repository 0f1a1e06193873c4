/** The public names of this package, in reading order. */

// Engine

export type { Scalar, Tensor } from '@tensorflow/tfjs';
export {
  buildAddon,
  type EngineState,
  engineFolder,
  engineState,
  engineSteps,
  engineVariant,
  forgetRefusedKernels,
  isPlaced,
  placeFile,
  processor,
  runSideBySide,
  type SetupContext,
  type SetupProgress,
  type SetupStep,
} from './engine-setup/index.ts';
export { multiply, multiplyTransposed } from './linear-algebra/product.ts';
export { withByteProducts } from './tensors/byte-products.ts';
export { cast } from './tensors/cast.ts';
export type { NumberForm } from './tensors/chosen-precision.ts';
export {
  type Engine,
  type EngineName,
  engine,
  loadEngine,
  type Precision,
  type ProductSpeed,
} from './tensors/engine.ts';
export { type Random, seededRandom } from './tensors/random.ts';

// Model

export type { ModelFiles } from './io/model-files.ts';
export { findModel, modelName, openModel } from './io/open-model.ts';
export { afterBeginning } from './model/after-beginning.ts';
export { type ModelConfig, modelConfig } from './model/config.ts';
export { firstLayers } from './model/first-layers.ts';
export {
  hiddenRows,
  type LanguageModel,
  loadLanguageModel,
  logits,
  type PartWay,
  streamBefore,
} from './model/language-model.ts';
export { modelView } from './model/model-view.ts';
export { openLanguageModel } from './model/open-language-model.ts';
export { type PackedRows, packBatch, packSequences } from './model/packing.ts';
export type { ProjectionHook } from './model/projection.ts';
export { type TokenReadOptions, tokenLogProbabilities } from './model/token-log-probabilities.ts';
export { withZeroBiases } from './model/zero-biases.ts';

// Text

export type { ChatMessage, Tokenizer } from './tokenizer/tokenizer.ts';

// Generation

export type { Finish, Generated, TextModel } from './generation/completion.ts';
export { Decoder } from './generation/decoder.ts';
export { generate } from './generation/generate.ts';
export type { GeneratedToken, GenerateOptions } from './generation/generate-options.ts';
export { findLlamaCpp, type LlamaCpp, type LlamaCppSequence } from './generation/llama-cpp.ts';
export {
  type LlamaScorer,
  type LlamaScorerOptions,
  openLlamaScorer,
} from './generation/llama-scorer.ts';
export { type ProxyModels, proxyScorer } from './generation/proxy-tuning.ts';
export { type RemoteModel, remoteScorer } from './generation/remote-scorer.ts';
export {
  type SharedGeneration,
  type SharedGenerationOptions,
  shareGeneration,
} from './generation/shared-generation.ts';
export { textFilter } from './generation/text-filter.ts';
export type { TextAutomaton, TokenFilter } from './generation/token-filter.ts';
export type {
  DecodeRow,
  OpenScorer,
  PrefillPrompt,
  TokenScorer,
} from './generation/token-scorer.ts';

// Examples in the prompt

export {
  type DemonstrationIndex,
  type DemonstrationRanking,
  indexDemonstrations,
  type Selection,
  type SelectionOptions,
  selectDemonstrations,
} from './in-context/demonstrations.ts';
export {
  DEFAULT_IN_CONTEXT_TEMPLATE,
  type Demonstration,
  type InContextPrompt,
  type InContextTemplate,
  inContextPrompt,
} from './in-context/prompt.ts';

// Tuners

export { type AdapterSet, BASE, openAdapterSet } from './tuners/adapter-set.ts';
export { CHECK_WORDS, METHOD_WORDS } from './tuners/config-words.ts';
export { truncateRank } from './tuners/dylora-truncate.ts';
export {
  type Adapter,
  type AdapterProgress,
  adapterState,
  attachTuner,
  composeDifferences,
  defineTuner,
  type NamedVariable,
  type StepReport,
  type TrainingRun,
  type Tuner,
  tuners,
} from './tuners/index.ts';
export { knownSettings } from './tuners/known-settings.ts';
export { joinTasks, splitTasks } from './tuners/tasks.ts';

// Composition

export { combineAdapters } from './composition/combine-adapters.ts';
export { type CombineConfig, combineConfig } from './composition/combine-config.ts';
export { type MinimizeOptions, type Minimum, minimize } from './gradient-free/minimize.ts';
export { type AlgorithmName, shiwa } from './gradient-free/shiwa.ts';
export { composeLora } from './lorahub/compose-lora.ts';
export { lorahubObjective } from './lorahub/lorahub-objective.ts';
export {
  compositionKey,
  expectComposable,
  type LoraHubOptions,
  type LoraHubResult,
  searchLoraHub,
} from './lorahub/search-lorahub.ts';

// Training

export {
  ARCHITECTURE_NAMES,
  type Architecture,
  type Memory,
  type PlanConfig,
  planConfig,
  plannedMethods,
  planTraining,
  readArchitecture,
  type TrainingPlan,
} from './planning/index.ts';
export type { AdamW } from './trainer/adamw.ts';
export type { TrainExample } from './trainer/batches.ts';
export { checkpointPrecision, checkpointStep } from './trainer/checkpoint.ts';
export { type TrainConfig, trainConfig } from './trainer/config.ts';
export { evaluateHeldOut, type HeldOut } from './trainer/loss.ts';
export {
  type StepLoss,
  type TrainEvent,
  type TrainOptions,
  type TrainStep,
  train,
} from './trainer/trainer.ts';
export { TrunkCache, type TrunkCacheOptions } from './trainer/trunk-cache.ts';

// Instructions

export { readInstructions, writeInstructions } from './instructions/instruction-file.ts';
export { type InstructionRecord, instructionMessages } from './instructions/instruction-record.ts';
export type { Rejection, RejectionReason } from './instructions/judge-task.ts';
export { rougeL } from './instructions/rouge.ts';
export {
  type ExpansionEnd,
  type ExpansionState,
  expandInstructions,
  expansionEnd,
} from './instructions/self-instruct.ts';
export {
  type SelfInstructConfig,
  selfInstructConfig,
} from './instructions/self-instruct-config.ts';
export { type ExpansionReport, expandInstructionFile } from './instructions/self-instruct-file.ts';
export {
  type InstructionSetOptions,
  type InstructionTask,
  type InstructionTemplate,
  instructionRecords,
  instructionTask,
  type LabelledRow,
} from './instructions/templates.ts';
export {
  type GeneratedText,
  modelTextSource,
  type TextRequest,
  type TextSource,
} from './instructions/text-source.ts';
export {
  encodeRecord,
  type PromptRecord,
  readTrainingRecords,
  type TrainingRecord,
} from './instructions/training-record.ts';

// Formats of other programs

export {
  type AdapterParts,
  type BaseShape,
  EXPORT_FORMATS,
  type ExportFormat,
  type ExportOptions,
  encodeGgufLora,
  exportAdapter,
  type MergeOptions,
  neededRank,
  vllmProblems,
  withoutPatterns,
  writeGgufLora,
  writeMergedModel,
} from './exchange/index.ts';

// Files

export {
  adapterDigest,
  readAdapter,
  readAdapterConfig,
  replaceFolder,
  writeAdapter,
} from './io/adapter-files.ts';
export { readJson } from './io/json-file.ts';
export { namedFile } from './io/named-file.ts';
export { replaceFile } from './io/replace-file.ts';
export { decodeSafetensors, encodeSafetensors, type TensorData } from './io/safetensors.ts';
export { statIfThere } from './io/stat-if-there.ts';
export { stateFolder, whyNoStateFolder } from './io/state-folder.ts';

// Hub

export {
  type AdapterHub,
  expectBaseModel,
  fitsBaseModel,
  type HubEntry,
  openHub,
} from './hub/adapter-hub.ts';
export { exclusivelySync } from './hub/exclusive.ts';
export { methodToTrain } from './hub/method-to-train.ts';
export { DEFAULT_MODEL, obtainModel } from './hub/model-sources.ts';
export { type AskedDatabase, defaultAdapter, mergeStoredAdapter } from './hub/stored-adapter.ts';

// Processes

export { identify, isAlive, type ProcessIdentity } from './process-identity.ts';
export { type HeldLock, holdLock, lockHolder } from './sole-holder.ts';

// Wording and errors

export { CodedError } from './coded-error.ts';
export { described, describeInEachLanguage, descriptionOf, formSchema } from './described.ts';
export { PeftError, type PeftErrorCode } from './errors.ts';
export { firstProblems } from './first-problems.ts';
export { reasonOf } from './reason.ts';
export { type OwnWords, schemaIssues, schemaProblems } from './schema-problems.ts';
export {
  chineseIn,
  isTranslated,
  LANGUAGES,
  type Language,
  type Text,
  type Translated,
  text,
  textIn,
  translated,
} from './translated.ts';
