/** The public names of this package, in reading order. */

export type { Answer, RetrievedTable, SampledCandidate, Stage } from './answer.ts';
export { type Calibrated, calibrate, type Repair, RULES } from './calibrate/calibrate.ts';
export type { CalibrationContext, Rule } from './calibrate/rule.ts';
// Training and scoring
export { parseQuestions } from './data/question-file.ts';
export {
  databaseInstances,
  readTextToSqlSet,
  type TextToSqlDatabase,
  type TextToSqlItem,
  type TextToSqlPaths,
  type TextToSqlSet,
} from './data/text-to-sql-set.ts';
export {
  buildTrainingExamples,
  type TrainingExample,
  type TrainingExampleOptions,
  type TrainingExamples,
} from './data/training-examples.ts';
export { type AllowList, restrictSchema } from './database/allow-list.ts';
export {
  createSqlExecutor,
  type ExecuteOptions,
  executorConfig,
  type QueryResult,
  type SqlExecutor,
} from './database/execute.ts';
export type { QueryRows, SqlValue } from './database/execute-protocol.ts';
export { refusal } from './database/guard.ts';
export { introspect } from './database/introspect.ts';
export { FinSqlError, type FinSqlErrorCode } from './errors.ts';
export {
  type EvaluatedItem,
  type EvaluateOptions,
  evaluate,
  evaluateConfig,
} from './eval/evaluate.ts';
export { isOrdered, sameResult } from './eval/execution-accuracy.ts';
export { type DatabaseScore, type EvaluationReport, report } from './eval/report.ts';
export { explainSql } from './explain/explain.ts';
// Question → rows
export type { Completion, GenerateRequest, Generator } from './generate/generator.ts';
export { createPeftGenerator } from './generate/peft-generator.ts';
export {
  type AskOptions,
  createFinSql,
  type FinSql,
  type FinSqlOptions,
  finSqlConfig,
} from './pipeline.ts';
export type { DatabaseSource } from './prepared-databases.ts';
export { buildPrompt, estimateTokens, type Prompt, type PromptOptions } from './prompt/build.ts';
// Its stages
export { type DatabaseContext, prepareDatabase } from './retrieval/context.ts';
export { buildExemplarIndex, type ExemplarIndex, type Neighbour } from './retrieval/exemplars.ts';
export { type Retrieval, retrieve } from './retrieval/retrieve.ts';
export { buildValueIndex, type LinkedValue, type ValueIndex } from './retrieval/values.ts';
// Schema
export type { Column, ColumnKind, ForeignKey, Schema, Table } from './schema/schema.ts';
export {
  overlaySpiderTables,
  parseSpiderTables,
  type SpiderTables,
} from './schema/spider-tables.ts';
export { normalizeSql } from './sql/normalize.ts';
