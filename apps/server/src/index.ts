export { type AppDependencies, createApp } from './app.ts';
export { readConfig, type ServerConfig, type ServerOptions, serverConfig } from './config.ts';
export { DatabaseCatalog, type DatabaseSummary } from './database-catalog.ts';
export { ServerError, type ServerErrorCode } from './errors.ts';
export { readQuestions } from './example-questions.ts';
export type { Problem, ReportError } from './http-error.ts';
export { type RunningServer, type StartOptions, startServer } from './listen.ts';
export {
  type LoadedModel,
  type LoadModel,
  ModelLoader,
  type ModelState,
  type ReportProgress,
} from './model-loader.ts';
