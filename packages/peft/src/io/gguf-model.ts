/** A GGUF file as model files: Hugging Face names, rotate-half rows, its own tokenizer. */
import { PeftError } from '../errors.ts';
import type { ModelConfig } from '../model/config.ts';
import {
  ggufTokenizerFiles,
  ggufTokenizerJson,
  hasVocabulary,
} from '../tokenizer/gguf-tokenizer.ts';
import { huggingFaceTokenizer } from '../tokenizer/huggingface.ts';
import type { Tokenizer } from '../tokenizer/tokenizer.ts';
import { type GgufFile, type GgufTensor, openGguf } from './gguf.ts';
import { ggufModelConfig } from './gguf-config.ts';
import { huggingFaceName, toRotateHalf } from './gguf-names.ts';
import type { ModelFiles } from './model-files.ts';
import { checkTensors } from './model-tensors.ts';

/**
 * Opens a GGUF file of the llama or qwen2 architecture.
 * @throws PeftError 'not-found' | 'bad-file' | 'unsupported' | 'mismatch'
 */
export async function openGgufModel(path: string, name: string): Promise<ModelFiles> {
  const file = await openGguf(path);
  try {
    const config = ggufModelConfig(file);
    const tensors = new Map<string, GgufTensor>();
    for (const tensor of file.tensors.values()) {
      tensors.set(huggingFaceName(tensor.name) ?? tensor.name, tensor);
    }
    checkTensors(path, config, new Map([...tensors].map(([key, { shape }]) => [key, shape])));
    const find = (wanted: string) => {
      const tensor = tensors.get(wanted);
      if (tensor === undefined) {
        throw new PeftError('not-found', {
          en: `${path} has no ${wanted}.`,
          zh: `${path} 中没有 ${wanted}。`,
        });
      }
      return tensor;
    };
    return {
      source: path,
      name,
      config,
      tokenizer: ggufTokenizer(file, config),
      names: [...tensors.keys()],
      shape: (wanted) => find(wanted).shape,
      read: (wanted) => readTensor(file, find(wanted), config),
      tokenizerFiles: () => ggufTokenizerFiles(file.metadata),
      close: () => file.close(),
    };
  } catch (error) {
    file.close();
    throw error;
  }
}

function readTensor(file: GgufFile, tensor: GgufTensor, config: ModelConfig): Float32Array {
  const values = file.read(tensor);
  const rotated = /^blk\.\d+\.attn_([qk])\./.exec(tensor.name);
  if (rotated === null || config.model_type === 'qwen2') return values;
  const heads = rotated[1] === 'q' ? config.num_attention_heads : config.num_key_value_heads;
  return toRotateHalf(values, heads, tensor.shape[1] ?? 1);
}

function ggufTokenizer({ metadata }: GgufFile, config: ModelConfig): Tokenizer | null {
  if (!hasVocabulary(metadata)) return null;
  const template = metadata.get('tokenizer.chat_template');
  return huggingFaceTokenizer(ggufTokenizerJson(metadata), {
    chatTemplate: typeof template === 'string' ? template : undefined,
    endIds: config.eos_token_id,
    padId: config.pad_token_id,
  });
}
