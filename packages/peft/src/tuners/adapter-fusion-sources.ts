/** The trained adapters that a fusion starts from, read from their folders and checked together. */

import { PeftError } from '../errors.ts';
import { readAdapter } from '../io/adapter-files.ts';
import type { LanguageModel } from '../model/language-model.ts';
import type { AdapterFusionConfig } from './adapter-fusion-config.ts';
import { PFEIFFER } from './bottleneck-adapter.ts';
import { type BottleneckConfig, bottleneckConfig } from './bottleneck-config.ts';
import { places } from './bottleneck-stack.ts';
import { configProblems } from './config-words.ts';
import type { SavedState } from './load-variables.ts';
import { splitTasks } from './tasks.ts';

/** An adapter to fuse; without tensors where those of the whole fusion are loaded afterwards. */
export interface FusionSource {
  readonly name: string;
  readonly config: BottleneckConfig;
  readonly tensors: SavedState | null;
}

/**
 * Reads the folders among `adapters`; one with several tasks gives an adapter for each, `<name>-<task>`.
 * @throws PeftError 'not-found' | 'bad-file' for a folder, 'mismatch' naming all that cannot be fused
 */
export function fusionSources(
  model: LanguageModel,
  adapters: AdapterFusionConfig['adapters'],
): readonly FusionSource[] {
  const sources = Object.entries(adapters).flatMap(([name, given]) =>
    typeof given === 'string' ? readSources(name, given) : [{ name, config: given, tensors: null }],
  );
  const first = sources[0] as FusionSource;
  const sites = ({ config }: FusionSource): string =>
    `${places(config).join(' and ')}${config.is_parallel ? ', parallel' : ''}`;
  const problems = sources.flatMap((source) => {
    const { name, config } = source;
    const base = config.base_model_name_or_path;
    return [
      ...(base !== null && lastPart(base) !== lastPart(model.name)
        ? [
            {
              en: `${name}: its base model is ${base}, expected ${model.name}`,
              zh: `${name}：它的基础模型是 ${base}，应为 ${model.name}`,
            },
          ]
        : []),
      ...(config.train_layer_norm
        ? [
            {
              en: `${name}: it has layer norms of its own; train it with train_layer_norm false`,
              zh: `${name}：它有自己的归一化层，请将 train_layer_norm 设为 false 再训练`,
            },
          ]
        : []),
      ...(config.tasks.length > 0
        ? [
            {
              en: `${name}: expected the configuration of a single task`,
              zh: `${name}：应为单个任务的配置`,
            },
          ]
        : []),
      ...(sites(source) === sites(first)
        ? []
        : [
            {
              en: `${name}: it sits at ${sites(source)}, ${first.name} at ${sites(first)}`,
              zh: `${name}：它位于 ${sites(source)}，而 ${first.name} 位于 ${sites(first)}`,
            },
          ]),
    ];
  });
  if (problems.length === 0) return sources;
  const message = { en: 'these adapters cannot be fused', zh: '这些适配器不能融合' };
  throw new PeftError('mismatch', message, { problems });
}

function readSources(name: string, folder: string): FusionSource[] {
  return [...splitTasks(readAdapter(folder))].map(([task, { config, tensors }]) => {
    const parsed = bottleneckConfig(PFEIFFER).safeParse(config);
    if (!parsed.success) {
      throw new PeftError(
        'mismatch',
        { en: `${folder} holds no bottleneck adapter`, zh: `${folder} 中没有瓶颈适配器` },
        {
          problems: configProblems(bottleneckConfig(PFEIFFER), config, parsed.error),
          cause: parsed.error,
        },
      );
    }
    return { name: task === '' ? name : `${name}-${task}`, config: parsed.data, tensors };
  });
}

/** The name without its organisation or folder. */
function lastPart(name: string): string {
  return name.toLowerCase().slice(name.lastIndexOf('/') + 1);
}
