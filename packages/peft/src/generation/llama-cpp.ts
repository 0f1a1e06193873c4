/**
 * llama.cpp under Node, by the package node-llama-cpp (https://node-llama-cpp.withcat.ai). It is no
 * dependency: who wants it installs it, and only the part that is used is described here.
 */
import { PeftError } from '../errors.ts';

/** What `import('node-llama-cpp')` gives. */
export interface LlamaCpp {
  getLlama(options: object): Promise<{
    loadModel(options: { readonly modelPath: string }): Promise<LlamaCppModel>;
    dispose(): Promise<void>;
  }>;
  getModuleVersion(): Promise<string>;
}

export interface LlamaCppModel {
  createContext(options: {
    readonly sequences: number;
    readonly contextSize: number;
    readonly batchSize?: number;
    readonly threads?: number;
    /** GGUF file of an adapter. */
    readonly lora?: string;
  }): Promise<LlamaCppContext>;
  dispose(): Promise<void>;
}

export interface LlamaCppContext {
  getSequence(): LlamaCppSequence;
  dispose(): Promise<void>;
}

export interface LlamaCppSequence {
  /** Tokens whose keys and values are held. */
  readonly contextTokens: readonly number[];
  eraseContextTokenRanges(
    ranges: readonly { readonly start: number; readonly end: number }[],
  ): Promise<void>;
  evaluate(tokens: readonly number[], options: object): AsyncGenerator<number>;
  /** @returns for each token that asked for them: logits of the next, largest first */
  controlledEvaluate(
    input: readonly (readonly [token: number, options: { readonly generateNext?: object }])[],
  ): Promise<readonly ({ readonly next: { readonly logits?: Map<number, number> } } | undefined)[]>;
}

/** The package; null where it is not installed. */
export async function findLlamaCpp(): Promise<LlamaCpp | null> {
  // A name that is not a literal: no compiler or linter is to take it for a dependency.
  const packageName = ['node', 'llama', 'cpp'].join('-');
  try {
    return (await import(packageName)) as LlamaCpp;
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ERR_MODULE_NOT_FOUND') return null;
    throw error;
  }
}

/** @throws PeftError 'engine-unavailable' where the package is not installed */
export async function loadLlamaCpp(): Promise<LlamaCpp> {
  const library = await findLlamaCpp();
  if (library !== null) return library;
  throw new PeftError('engine-unavailable', {
    en: 'llama.cpp is wanted, but the package node-llama-cpp is not installed. Run: npm install node-llama-cpp',
    zh: '需要 llama.cpp，但没有安装软件包 node-llama-cpp。请运行：npm install node-llama-cpp',
  });
}
