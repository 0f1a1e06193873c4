import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join, relative, resolve, sep } from 'node:path';
import { PeftError } from '../errors.ts';
import { openGgufModel } from './gguf-model.ts';
import { openHuggingFaceModel } from './huggingface-model.ts';
import type { ModelFiles } from './model-files.ts';
import { stateFolder } from './state-folder.ts';

/**
 * Opens a model: a .gguf file, a folder that holds one, a Hugging Face folder (config.json and
 * safetensors), or the name of a model below `QUAESTOR_HOME/models`. Tensors stay on disk until
 * they are read; close the result when done.
 *
 *     const files = await openModel('HuggingFaceTB/SmolLM2-135M-Instruct');
 *     files.read('model.norm.weight'); // Float32Array(576)
 *
 * @param options.name what adapters are to call this model; otherwise taken from where it lies
 * @throws PeftError 'not-found' | 'bad-file' | 'bad-config' | 'unsupported' | 'mismatch'
 */
export async function openModel(
  pathOrName: string,
  options: { readonly name?: string } = {},
): Promise<ModelFiles> {
  const path = findModel(pathOrName);
  if (path === null) {
    throw new PeftError('not-found', {
      en: `There is no model ${pathOrName}: neither a path nor a name below ${stateFolder('models')}.`,
      zh: `没有模型 ${pathOrName}：它既不是路径，也不是 ${stateFolder('models')} 中的名称。`,
    });
  }
  const name = options.name ?? modelName(path);
  const files = path.endsWith('.gguf')
    ? await openGgufModel(path, name)
    : openHuggingFaceModel(path, name);
  const tokens = files.tokenizer?.vocabularySize ?? 0;
  if (tokens <= files.config.vocab_size) return files;
  files.close();
  throw new PeftError('mismatch', {
    en: `${path}: the tokenizer has ${tokens} tokens, the embedding only ${files.config.vocab_size} rows.`,
    zh: `${path}：分词器有 ${tokens} 个词元，而嵌入只有 ${files.config.vocab_size} 行。`,
  });
}

/**
 * Where a model lies: a .gguf file or a folder with config.json; null when it is not on this
 * machine.
 * @throws PeftError 'bad-file' for a folder with several .gguf files or with no model
 */
export function findModel(pathOrName: string): string | null {
  const inState = stateFolder('models', pathOrName);
  const found = [resolve(pathOrName), inState].find((candidate) => existsSync(candidate));
  if (found === undefined) return null;
  if (!statSync(found).isDirectory()) return found;
  if (existsSync(join(found, 'config.json'))) return found;
  const files = readdirSync(found).filter((file) => file.endsWith('.gguf'));
  if (files.length === 1) return join(found, files[0] as string);
  throw new PeftError(
    'bad-file',
    files.length === 0
      ? {
          en: `${found} holds no model: expected config.json with safetensors, or a .gguf file.`,
          zh: `${found} 中没有模型：应有 config.json 和 safetensors，或一个 .gguf 文件。`,
        }
      : {
          en: `${found} holds several .gguf files; name one of ${files.join(', ')}.`,
          zh: `${found} 中有多个 .gguf 文件，请指定其中一个：${files.join('、')}。`,
        },
  );
}

/**
 * The name by which adapters know the model at a path: `organisation/model` below the models
 * folder or in Hugging Face's cache, else the file or folder name without a quantisation suffix.
 */
export function modelName(path: string): string {
  const inside = relative(stateFolder('models'), path).split(sep);
  if (inside[0] !== '..' && inside.length > 2) return inside.slice(0, 2).join('/');
  const cached = /models--(?:([^/\\]+?)--)?([^/\\]+)/.exec(path);
  if (cached !== null) return cached.slice(1).filter(Boolean).join('/');
  const name = basename(path);
  if (!name.endsWith('.gguf')) {
    return inside[0] !== '..' && inside.length === 2 ? inside.join('/') : name;
  }
  return name.replace(/([.-]((I?Q\d|BF16|F16|F32|MXFP4)\w*))?\.gguf$/i, '');
}
