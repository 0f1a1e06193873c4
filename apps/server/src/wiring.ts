import type { ServerConfig } from './config.ts';
import { ServerError } from './errors.ts';
import type { LoadModel } from './model-loader.ts';

/** The base model and adapter of the configuration, and the pipeline over them. */
export function loadModel(_config: ServerConfig): LoadModel {
  return () => Promise.reject(new ServerError('model-failed', 'No model.'));
}
