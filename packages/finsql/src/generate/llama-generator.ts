/**
 * A GGUF base under llama.cpp, with an adapter of ours exported for it. Sampling, grammar and stop texts
 * are those of the built-in generator; only the scores come from elsewhere. Candidates are written one
 * after the other over one cache, which the questions of a database share as far as their prompts begin
 * alike. No drafts are looked up: llama.cpp reads a token about as slowly as it writes one.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  expectBaseModel,
  generate,
  type HubEntry,
  type LlamaScorer,
  loadEngine,
  type ModelFiles,
  openLlamaScorer,
  openModel,
  readAdapter,
  seededRandom,
  textFilter,
  writeGgufLora,
} from '@quaestor/peft';
import { FinSqlError } from '../errors.ts';
import type { Completion, GenerateRequest, Generator } from './generator.ts';

export interface LlamaGeneratorOptions {
  /** Adapter of the hub; it has to be a plain LoRA. Default: none. */
  readonly adapter?: Pick<HubEntry, 'name' | 'path' | 'baseModel'> | undefined;
  /** Default: as many as node-llama-cpp thinks good. */
  readonly threads?: number | undefined;
}

/** Questions and values are in the prompt: what reads like a special token in them is text. */
const PLAIN = { special: false };

export interface LlamaGenerator extends Generator {
  close(): Promise<void>;
}

/**
 * @param file GGUF file of the base model
 * @throws FinSqlError 'bad-config' for another format; PeftError 'engine-unavailable' without
 *   node-llama-cpp, 'unsupported' | 'mismatch' for an adapter that GGUF cannot hold
 */
export async function createLlamaGenerator(
  file: string,
  { adapter, threads }: LlamaGeneratorOptions = {},
): Promise<LlamaGenerator> {
  if (!file.endsWith('.gguf')) {
    throw new FinSqlError('bad-config', {
      en: `llama.cpp reads GGUF files, and ${file} is none. Choose a GGUF model, or the built-in generator.`,
      zh: `llama.cpp 读取 GGUF 文件，而 ${file} 不是。请选择 GGUF 模型，或使用内置的生成器。`,
    });
  }
  await loadEngine();
  const files = await openModel(file);
  files.close();
  const { tokenizer } = files;
  if (!tokenizer) {
    throw new FinSqlError('bad-config', {
      en: `${file} has no tokenizer; text needs one`,
      zh: `${file} 没有分词器，而文本需要分词器`,
    });
  }
  const folder = mkdtempSync(join(tmpdir(), 'quaestor-llama-'));
  let scorer: LlamaScorer;
  try {
    const lora = adapter && exportAdapter(adapter, files, join(folder, 'adapter.gguf'));
    const vocabularySize = files.config.vocab_size;
    scorer = await openLlamaScorer({ file, vocabularySize, lora, threads });
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  const base = files.name.split('/').at(-1) ?? files.name;
  /** Ends when the sequence is free again. */
  let free: Promise<void> = Promise.resolve();

  return {
    name: `${adapter ? `${base} + ${adapter.name}` : base}, llama.cpp`,
    countTokens: (text) => tokenizer.encode(text, PLAIN).length,
    async *generate(
      prompts: readonly string[],
      { n = 1, seed = 1, constraints, likely: _, ...request }: GenerateRequest = {},
    ): AsyncGenerator<Completion> {
      const random = seededRandom(seed);
      for (const [prompt, text] of prompts.entries()) {
        const automaton = constraints?.[prompt];
        const ids = tokenizer.encode(text, PLAIN);
        for (let candidate = 0; candidate < n; candidate++) {
          const before = free;
          let release = () => {};
          free = new Promise((resolve) => {
            release = resolve;
          });
          try {
            await before;
            const written = generate(files, [ids], {
              maxTokens: 160,
              ...request,
              seed: random.integer(2 ** 31),
              streams: 1,
              scorer: scorer.open({ every: automaton !== undefined }),
              ...(automaton && { filters: [textFilter(tokenizer, automaton)] }),
            });
            for await (const { text, logProbability, ids, finish } of written) {
              yield { prompt, candidate, text, logProbability, tokens: ids.length, finish };
            }
          } finally {
            release();
          }
          if (request.signal?.aborted) return;
        }
      }
    },
    async close() {
      await free;
      await scorer.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function exportAdapter(
  adapter: NonNullable<LlamaGeneratorOptions['adapter']>,
  { name, config: shape }: ModelFiles,
  path: string,
): string {
  expectBaseModel(adapter, name);
  const { config, tensors } = readAdapter(adapter.path);
  writeGgufLora(path, config, tensors, shape);
  return path;
}
