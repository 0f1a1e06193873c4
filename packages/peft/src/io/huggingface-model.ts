/** A Hugging Face model folder: config.json, one or several safetensors files, tokenizer files. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as z from 'zod';
import { PeftError } from '../errors.ts';
import type { ModelConfig } from '../model/config.ts';
import { huggingFaceTokenizer } from '../tokenizer/huggingface.ts';
import type { Tokenizer } from '../tokenizer/tokenizer.ts';
import { huggingFaceConfig } from './huggingface-config.ts';
import { readJson } from './json-file.ts';
import type { ModelFiles } from './model-files.ts';
import { checkTensors } from './model-tensors.ts';
import { openSafetensors, type SafetensorsFile } from './safetensors.ts';
import { WEIGHT_INDEX, WEIGHTS } from './weight-files.ts';

/** What a tokenizer may consist of; GGUF's converters read some of them beside tokenizer.json. */
export const TOKENIZER_FILES = [
  ...['tokenizer.json', 'tokenizer_config.json', 'chat_template.jinja', 'special_tokens_map.json'],
  ...['added_tokens.json', 'vocab.json', 'merges.txt', 'tokenizer.model'],
];

/**
 * Opens a folder with config.json and model.safetensors, or a sharded set with its index.
 * @throws PeftError 'not-found' | 'bad-file' | 'bad-config' | 'unsupported' | 'mismatch'
 */
export function openHuggingFaceModel(folder: string, name: string): ModelFiles {
  const stated = huggingFaceConfig(
    readJson(join(folder, 'config.json')),
    join(folder, 'config.json'),
  );
  const shards = openShards(folder);
  try {
    const owner = new Map<string, SafetensorsFile>();
    for (const shard of shards) for (const key of shard.tensors.keys()) owner.set(key, shard);
    const config = withEndIds(folder, stated);
    const shapes = new Map(
      [...owner].map(([key, shard]) => [key, shard.tensors.get(key)?.shape ?? []]),
    );
    checkTensors(folder, config, shapes);
    const find = (wanted: string) => {
      const shard = owner.get(wanted);
      if (shard === undefined) {
        throw new PeftError('not-found', {
          en: `${folder} has no ${wanted}.`,
          zh: `${folder} 中没有 ${wanted}。`,
        });
      }
      return shard;
    };
    return {
      source: folder,
      name,
      config,
      tokenizer: folderTokenizer(folder, config),
      names: [...owner.keys()],
      shape: (wanted) => find(wanted).tensors.get(wanted)?.shape ?? [],
      read: (wanted) => find(wanted).read(wanted),
      tokenizerFiles: () => tokenizerFiles(folder),
      close: () =>
        shards.forEach((shard) => {
          shard.close();
        }),
    };
  } catch (error) {
    for (const shard of shards) shard.close();
    throw error;
  }
}

const weightIndex = z.object({ weight_map: z.record(z.string(), z.string()) });

function openShards(folder: string): SafetensorsFile[] {
  if (existsSync(join(folder, WEIGHTS))) return [openSafetensors(join(folder, WEIGHTS))];
  if (!existsSync(join(folder, WEIGHT_INDEX))) {
    throw new PeftError('not-found', {
      en: `${folder} has neither ${WEIGHTS} nor ${WEIGHT_INDEX}.`,
      zh: `${folder} 中没有 ${WEIGHTS}，也没有 ${WEIGHT_INDEX}。`,
    });
  }
  const index = weightIndex.safeParse(readJson(join(folder, WEIGHT_INDEX)));
  const files = index.success ? [...new Set(Object.values(index.data.weight_map))] : [];
  if (files.length === 0 || files.some((file) => file !== basename(file))) {
    const path = join(folder, WEIGHT_INDEX);
    throw new PeftError('bad-file', {
      en: `${path} does not map tensors to file names.`,
      zh: `${path} 没有给出各张量所在的文件名。`,
    });
  }
  const missing = files.filter((file) => !existsSync(join(folder, file)));
  if (missing.length > 0) {
    throw new PeftError(
      'not-found',
      { en: `${folder} lacks parts of the model.`, zh: `${folder} 中缺少模型的一部分。` },
      { problems: missing },
    );
  }
  const shards: SafetensorsFile[] = [];
  try {
    for (const file of files) shards.push(openSafetensors(join(folder, file)));
  } catch (error) {
    for (const shard of shards) shard.close();
    throw error;
  }
  return shards;
}

const generationConfig = z.looseObject({
  eos_token_id: z.union([z.int().transform((id) => [id]), z.array(z.int())]).nullish(),
});

/** generation_config.json may end texts at more ids than config.json. */
function withEndIds(folder: string, config: ModelConfig): ModelConfig {
  const path = join(folder, 'generation_config.json');
  const parsed = generationConfig.safeParse(existsSync(path) ? readJson(path) : {});
  const more = parsed.success ? (parsed.data.eos_token_id ?? []) : [];
  return { ...config, eos_token_id: [...new Set([...config.eos_token_id, ...more])] };
}

const token = z.union([z.string(), z.object({ content: z.string() }).transform((t) => t.content)]);
const chatTemplates = z
  .union([z.string(), z.array(z.object({ name: z.string(), template: z.string() }))])
  .nullish();
const tokenizerConfig = z.looseObject({
  chat_template: chatTemplates,
  pad_token: token.nullish(),
});
const vocabularyOnly = z.looseObject({
  added_tokens: z.array(z.object({ id: z.int(), content: z.string() })).default([]),
});

function folderTokenizer(folder: string, config: ModelConfig): Tokenizer | null {
  const path = join(folder, 'tokenizer.json');
  if (!existsSync(path)) return null;
  const json = readJson(path);
  const settingsPath = join(folder, 'tokenizer_config.json');
  const settings = tokenizerConfig.safeParse(
    existsSync(settingsPath) ? readJson(settingsPath) : {},
  );
  if (!settings.success) {
    throw new PeftError('bad-file', {
      en: `${settingsPath} is malformed.`,
      zh: `${settingsPath} 的格式有误。`,
    });
  }
  const pad = settings.data.pad_token;
  const added = vocabularyOnly.safeParse(json).data?.added_tokens ?? [];
  const padId = added.find(({ content }) => content === pad)?.id;
  return huggingFaceTokenizer(json, {
    chatTemplate: chatTemplateSource(folder, settings.data.chat_template),
    endIds: config.eos_token_id,
    padId: padId ?? config.pad_token_id,
  });
}

function tokenizerFiles(folder: string): ReadonlyMap<string, Uint8Array> {
  const present = TOKENIZER_FILES.filter((file) => existsSync(join(folder, file)));
  return new Map(present.map((file) => [file, readFileSync(join(folder, file))]));
}

/** Newer folders keep the template in a file of its own, older ones in tokenizer_config.json. */
function chatTemplateSource(
  folder: string,
  configured: z.infer<typeof chatTemplates>,
): string | undefined {
  const path = join(folder, 'chat_template.jinja');
  if (existsSync(path)) return readFileSync(path, 'utf8');
  if (!Array.isArray(configured)) return configured ?? undefined;
  return configured.find(({ name }) => name === 'default')?.template;
}
