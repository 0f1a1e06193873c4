import type { ModelConfig } from '../model/config.ts';
import type { Tokenizer } from '../tokenizer/tokenizer.ts';

/**
 * A model on disk, whatever its format: shape, tokenizer and tensors by Hugging Face name
 * (`model.layers.0.self_attn.q_proj.weight`, [out, in] rows, rotate-half order).
 */
export interface ModelFiles {
  /** Where it came from, for messages: a path, or `repo@revision`. */
  readonly source: string;
  /** Name used in `base_model_name_or_path` of adapters, e.g. `HuggingFaceTB/SmolLM2-135M-Instruct`. */
  readonly name: string;
  readonly config: ModelConfig;
  /** Null when the files carry none (tiny test models). */
  readonly tokenizer: Tokenizer | null;
  readonly names: readonly string[];
  /** Shape of a tensor. @throws PeftError 'not-found' */
  shape(name: string): readonly number[];
  /** Values as float32, dequantised where needed. @throws PeftError 'not-found' | 'bad-file' */
  read(name: string): Float32Array;
  /** Its tokenizer as files of a Hugging Face folder, by name; empty where it has none. */
  tokenizerFiles(): ReadonlyMap<string, Uint8Array>;
  close(): void;
}
