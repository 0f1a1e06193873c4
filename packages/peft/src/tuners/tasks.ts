/**
 * Adapters that hold something of their own for each of several tasks. A batch names the task of each
 * row by its place in `tasks` (tags); on disk what belongs to a task lies under `tasks.<name>.`, and
 * without the prefix it is the adapter of that task alone.
 */

import * as z from 'zod';
import { described } from '../described.ts';
import { PeftError } from '../errors.ts';
import type { StoredAdapter } from '../io/adapter-files.ts';
import type { TensorData } from '../io/safetensors.ts';
import type { Translated } from '../translated.ts';
import { configProblems } from './config-words.ts';

export const taskNames = z
  .array(z.string().regex(/^[A-Za-z0-9_-]+$/, 'expected letters, digits, - or _'))
  .refine((names) => new Set(names).size === names.length, 'each name only once')
  .default([])
  .apply(described, {
    en: 'names of the tasks that get their own parameters; none: one for all rows',
    zh: '拥有各自参数的任务的名称；留空：所有行共用一套',
  });

/** @throws PeftError 'bad-config' for what are no task names */
function readTaskNames(names: unknown): readonly string[] {
  const parsed = taskNames.safeParse(names);
  if (parsed.success) return parsed.data;
  const given = JSON.stringify(names);
  throw new PeftError(
    'bad-config',
    {
      en: `tasks ${given} are no task names`,
      zh: `tasks ${given} 不是任务名称`,
    },
    { problems: configProblems(taskNames, names, parsed.error), cause: parsed.error },
  );
}

/** The prefix of a task's tensors: empty for an adapter without tasks. */
export function taskPrefix(tasks: readonly string[], task: number): string {
  return tasks.length === 0 ? '' : `tasks.${tasks[task]}.`;
}

/** @throws PeftError 'bad-config' when a tag names none of the adapter's tasks */
export function expectTags(tags: Iterable<number>, tasks: readonly string[]): void {
  const count = Math.max(1, tasks.length);
  const unknown = [...new Set(tags)].filter((tag) => !(tag >= 0 && tag < count));
  if (unknown.length === 0) return;
  const known = tasks.length > 0 ? tasks.map((name, i) => `${i} (${name})`) : ['0'];
  throw new PeftError('bad-config', {
    en: `a row has the tag ${unknown.join(', ')}; this adapter knows ${known.join(', ')}`,
    zh: `有一行的标记是 ${unknown.join('、')}，而这个适配器只有 ${known.join('、')}`,
  });
}

/**
 * One adapter for each task, as if it had been trained alone; tensors that all tasks share go to each.
 * An adapter without tasks is returned under the name ''.
 * @throws PeftError 'bad-config' for malformed task names
 */
export function splitTasks({ config, tensors }: StoredAdapter): Map<string, StoredAdapter> {
  const tasks = readTaskNames(config.tasks);
  if (tasks.length === 0) return new Map([['', { config, tensors }]]);
  const shared = [...tensors].filter(([key]) => !key.startsWith('tasks.'));
  return new Map(
    tasks.map((name) => {
      const prefix = `tasks.${name}.`;
      const own = [...tensors]
        .filter(([key]) => key.startsWith(prefix))
        .map(([key, tensor]) => [key.slice(prefix.length), tensor] as const);
      const { tasks: _, ...rest } = config;
      return [name, { config: rest, tensors: new Map([...shared, ...own]) }];
    }),
  );
}

/** Fields in which adapters of one method may differ and still be joined. */
const FREE = [
  'auto_mapping',
  'inference_mode',
  'peft_version',
  'prompt_tuning_init',
  'prompt_tuning_init_text',
  'revision',
  'tokenizer_name_or_path',
];

/**
 * One adapter that answers each row by the adapter of its tag: soft prompts or bottleneck adapters
 * that were trained one by one, in the order of the map.
 * @throws PeftError 'mismatch' naming every field in which they differ, 'bad-config' for bad names
 */
export function joinTasks(adapters: ReadonlyMap<string, StoredAdapter>): StoredAdapter {
  const names = readTaskNames([...adapters.keys()]);
  const [first] = adapters.values();
  if (!first) {
    throw new PeftError('bad-config', {
      en: 'expected at least one adapter to join, got none',
      zh: '至少要有一个可合并的适配器，实际没有',
    });
  }
  const problems: Translated[] = [];
  const tensors = new Map<string, TensorData>();
  for (const [name, adapter] of adapters) {
    const fields = new Set([...Object.keys(first.config), ...Object.keys(adapter.config)]);
    for (const field of fields) {
      const [expected, got] = [first, adapter].map(({ config }) =>
        JSON.stringify(config[field] ?? null),
      );
      if (expected === got || FREE.includes(field)) continue;
      problems.push({
        en: `${name}: ${field} is ${got}, expected ${expected} as ${names[0]} has it`,
        zh: `${name}：${field} 是 ${got}，应与 ${names[0]} 相同，为 ${expected}`,
      });
    }
    for (const [key, tensor] of adapter.tensors) tensors.set(`tasks.${name}.${key}`, tensor);
  }
  if (problems.length === 0) return { config: { ...first.config, tasks: names }, tensors };
  const message = { en: 'these adapters cannot be joined', zh: '这些适配器不能合为一个' };
  throw new PeftError('mismatch', message, { problems });
}
