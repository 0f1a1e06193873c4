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
export { introspect } from './database/introspect.ts';
export { FinSqlError, type FinSqlErrorCode } from './errors.ts';
export type { Completion, GenerateRequest, Generator } from './generate/generator.ts';
export { buildPrompt, estimateTokens, type Prompt, type PromptOptions } from './prompt/build.ts';
export { type DatabaseContext, prepareDatabase } from './retrieval/context.ts';
export { buildExemplarIndex, type ExemplarIndex, type Neighbour } from './retrieval/exemplars.ts';
export { buildValueIndex, type LinkedValue, type ValueIndex } from './retrieval/values.ts';
export type { Column, ColumnKind, ForeignKey, Schema, Table } from './schema/schema.ts';
export {
  overlaySpiderTables,
  parseSpiderTables,
  type SpiderTables,
} from './schema/spider-tables.ts';
export { normalizeSql } from './sql/normalize.ts';
