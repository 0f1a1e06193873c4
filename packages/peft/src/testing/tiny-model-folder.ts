/** The tiny model as files, for what opens models by their path: programs, commands. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeSafetensors } from '../io/safetensors.ts';
import { BYTE_CHARACTERS } from '../tokenizer/byte-level.ts';
import { ggufTokenizerJson } from '../tokenizer/gguf-tokenizer.ts';
import { tinyModelFiles } from './tiny-model-files.ts';

/**
 * Writes a Hugging Face folder: the weights of `tinyModel`, and a tokenizer with one token for each
 * byte, as there, and the two tokens of ChatML. Its context is twice as long.
 */
export function writeTinyModel(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const { config, names, shape, read } = tinyModelFiles();
  const tensors = new Map(
    names.map((name) => [name, { shape: shape(name), data: read(name) }] as const),
  );
  const metadata = new Map<string, unknown>([
    ['tokenizer.ggml.model', 'gpt2'],
    ['tokenizer.ggml.pre', 'smollm'],
    ['tokenizer.ggml.tokens', [...BYTE_CHARACTERS, '<|im_end|>', '<|im_start|>']],
    ['tokenizer.ggml.token_type', [...BYTE_CHARACTERS.map(() => 1), 3, 3]],
    ['tokenizer.ggml.merges', []],
  ]);
  const write = (name: string, content: object): void =>
    writeFileSync(join(folder, name), JSON.stringify(content));
  // A byte is a token: what is asked about a database takes more than the 512 of `tinyModel`.
  write('config.json', { ...config, max_position_embeddings: 1024 });
  write('tokenizer.json', ggufTokenizerJson(metadata));
  write('tokenizer_config.json', {
    chat_template: '<|im_start|>{{ role }}<|im_end|>',
    pad_token: '<|im_end|>',
  });
  writeFileSync(join(folder, 'model.safetensors'), encodeSafetensors(tensors, { dtype: 'F32' }));
}
