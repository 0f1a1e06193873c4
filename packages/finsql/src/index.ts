/** The public names of this package, in reading order. */

// Ask

export { type Abstention, type AbstentionCode, abstainConfig } from './abstain/abstention.ts';
export type { Answer, RetrievedTable, SampledCandidate, Stage, Warning } from './answer.ts';
export { createFinSql, type FinSql } from './pipeline.ts';
export {
  type AskOptions,
  type FinSqlConfig,
  type FinSqlOptions,
  finSqlConfig,
  type Writer,
} from './pipeline-options.ts';

// Generators

export { isLlamaFaster, type LocalGenerators } from './generate/faster-generator.ts';
export type { Completion, GenerateRequest, Generator } from './generate/generator.ts';
export {
  chosenRemote,
  type GeneratorChoice,
  generatorConfig,
} from './generate/generator-config.ts';
export {
  createLlamaGenerator,
  type LlamaGenerator,
  type LlamaGeneratorOptions,
} from './generate/llama-generator.ts';
export { createPeftGenerator, DRAFT_TOKENS } from './generate/peft-generator.ts';
export { type RemoteConfig, remoteConfig } from './generate/remote-config.ts';
export { createRemoteGenerator } from './generate/remote-generator.ts';
export {
  asTrained,
  skeletonFirst,
  skeletonsOfParts,
  withSkeleton,
} from './generate/skeleton-first.ts';

// Stages and parts of your own

export { type Calibrated, calibrate, type Repair, RULES } from './calibrate/calibrate.ts';
export type { CalibrationContext, Rule } from './calibrate/rule.ts';
export type { Vocabulary } from './dialogue/mentions.ts';
export {
  FOLLOW_UP_RULES,
  MOST_TURNS,
  type Rewritten,
  rewriteFollowUp,
  type Turn,
  withTurn,
} from './dialogue/rewrite.ts';
export type { FollowUpRule } from './dialogue/rule.ts';
export { explainSql } from './explain/explain.ts';
export { type Statement, statementOf } from './generate/draft.ts';
export { secondPrompt } from './generate/second-draft.ts';
export { type SqlState, sqlGrammar } from './grammar/sql-automaton.ts';
export { type KnownStatement, knownStatement } from './known/known-statement.ts';
export { buildPrompt, estimateTokens, type Prompt, type PromptOptions } from './prompt/build.ts';
export {
  type CrossEncoder,
  type CrossEncoderConfig,
  createCrossEncoder,
  crossEncoderConfig,
  type TableScores,
} from './retrieval/cross-encoder/cross-encoder.ts';
export { reRanker } from './retrieval/cross-encoder/re-ranker.ts';
export {
  buildExemplarIndex,
  type ExemplarIndex,
  type Neighbour,
  questionKey,
} from './retrieval/exemplars.ts';
export {
  type Amount,
  type Percentage,
  type Period,
  type Quantity,
  quantityText,
  readQuantities,
} from './retrieval/quantities.ts';
export { type Retrieval, type RetrieveOptions, retrieve } from './retrieval/retrieve.ts';
export { RETRIEVERS } from './retrieval/retrievers/index.ts';
export type { Ranking, RankOptions, Retriever } from './retrieval/retrievers/retriever.ts';
export {
  buildValueIndex,
  type CappedColumn,
  type LinkedValue,
  type ValueIndex,
  type ValueIndexOptions,
} from './retrieval/values.ts';
export { normalizeSql } from './sql/normalize.ts';
export { wordByWord } from './word-by-word/answers-by-reading.ts';

// Databases and descriptions

export { type AllowList, restrictSchema } from './database/allow-list.ts';
export { databaseName } from './database/database-name.ts';
export {
  createSqlExecutor,
  type ExecuteOptions,
  executorConfig,
  type QueryResult,
  type SqlExecutor,
} from './database/execute.ts';
export type { QueryRows, SqlValue } from './database/execute-protocol.ts';
export { fileStamp } from './database/file-stamp.ts';
export { refusal } from './database/guard.ts';
export { introspect } from './database/introspect.ts';
export { introspectApart } from './database/introspect-apart.ts';
export { forkProgram } from './fork-program.ts';
export type { Exemplars } from './latest-index.ts';
export { type DatabaseSource, sourceOf } from './prepared-databases.ts';
export { type DatabaseContext, prepareDatabase } from './retrieval/context.ts';
export { isNewDatabase } from './retrieval/familiar.ts';
export { DescriptionStore } from './schema/description-store.ts';
export {
  type Description,
  type DescriptionChange,
  describeSchema,
  description,
  isKnown,
  meaning,
} from './schema/descriptions.ts';
export type { Column, ColumnKind, ForeignKey, Schema, Table } from './schema/schema.ts';
export {
  overlaySpiderTables,
  parseSpiderTables,
  type SpiderTables,
} from './schema/spider-tables.ts';
export { loaderArguments } from './source-loader.ts';

// Training questions

export type { GeneratedPair, PairReport } from './data/augment/generate-pairs.ts';
export {
  augmentSet,
  HYBRID_PARTS,
  type HybridItem,
  type HybridOptions,
  type HybridPart,
  type PartReport,
} from './data/augment/hybrid.ts';
export type { PatternSet } from './data/augment/pattern-draft.ts';
export {
  type QuestionsForDatabaseOptions,
  questionsForDatabase,
  readPatternFolder,
} from './data/augment/questions-for-database.ts';
export { DEMO_EXEMPLARS, DEMO_HELD_OUT } from './data/demo-questions.ts';
export {
  type DescriptionMarks,
  descriptionMarks,
  differingMarks,
  markOf,
  marksOf,
} from './data/description-marks.ts';
export { examineSet, type SetExamination } from './data/examine-set.ts';
export {
  parseQuestions,
  parseUnanswerable,
  type UnanswerableQuestion,
} from './data/question-file.ts';
export { contextsOf } from './data/set-contexts.ts';
export {
  DESCRIPTIONS,
  databaseInstances,
  readTextToSqlSet,
  type TextToSqlDatabase,
  type TextToSqlItem,
  type TextToSqlPaths,
  type TextToSqlSet,
} from './data/text-to-sql-set.ts';
export {
  buildTrainingExamples,
  type PlannedExamples,
  planTrainingExamples,
  type TrainingExample,
  type TrainingExampleOptions,
  type TrainingExamples,
} from './data/training-examples.ts';

// Training and scoring

export {
  type ConfidenceModel,
  confidenceOf,
  type Evidence,
  type Reliability,
  reliability,
} from './consistency/confidence.ts';
export { readConfidence, writeConfidence } from './consistency/confidence-file.ts';
export {
  type AbstainedItem,
  type MeasureAbstainingOptions,
  measureAbstaining,
} from './eval/abstaining.ts';
export { type AbstainingReport, abstainingReport } from './eval/abstaining-report.ts';
export {
  confidenceFrom,
  confidenceReliability,
  type FittedConfidence,
} from './eval/confidence.ts';
export { ERROR_CLASSES, type ErrorClass } from './eval/error-classes.ts';
export {
  type EvaluatedItem,
  type EvaluateOptions,
  evaluate,
  evaluateConfig,
} from './eval/evaluate.ts';
export { isOrdered, sameResult } from './eval/execution-accuracy.ts';
export { readPredictions } from './eval/predictions.ts';
export {
  type AccuracyReport,
  accuracyReport,
  type DatabaseScore,
  type ErrorCount,
  type EvaluationReport,
  report,
} from './eval/report.ts';
export {
  type MeasureOptions,
  measureRetrieval,
  type PromptFigures,
  RECALL_AT,
  type Recall,
  type RetrievalReport,
  type RetrieverFigures,
} from './eval/retrieval.ts';
export {
  type ScoredPrediction,
  type ScorePredictionsOptions,
  scorePredictions,
} from './eval/score-predictions.ts';
export { STAGES } from './eval/stages.ts';
export { labelledPairs } from './retrieval/cross-encoder/examples.ts';
export { openCrossEncoder, writeCrossEncoder } from './retrieval/cross-encoder/files.ts';

// Wording and errors

export { FinSqlError, type FinSqlErrorCode } from './errors.ts';
export { LANGUAGES, type Language, languageOf, languageOption } from './language.ts';
export { sqliteInChinese } from './wording/sqlite-in-chinese.ts';
