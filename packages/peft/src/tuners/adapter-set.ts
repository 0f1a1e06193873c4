/**
 * Several LoRA adapters at once on one model: one for all rows, or one for each row of a batch, the
 * base among them (HF-PEFT's `adapter_names`); an adapter can be replaced between two passes.
 */

import { PeftError } from '../errors.ts';
import { firstProblems } from '../first-problems.ts';
import type { StoredAdapter } from '../io/adapter-files.ts';
import type { LanguageModel } from '../model/language-model.ts';
import type { Translated } from '../translated.ts';
import { carryMethod } from './carried-method.ts';
import { configProblems } from './config-words.ts';
import { plainLoraConfig } from './lora-config.ts';
import { rankAndScale } from './lora-rank.ts';
import { savedName } from './low-rank-layer.ts';
import { RoutedLoraHook, type RoutedPart } from './routed-lora-hook.ts';
import { projectionGroups } from './target-modules.ts';

/** The name under which a batch asks for the base itself. */
export const BASE = '__base__';

export interface AdapterSet {
  readonly names: readonly string[];
  /** @throws PeftError 'bad-config' for a taken name or a LoRA that cannot be mixed, 'mismatch' */
  add(name: string, adapter: StoredAdapter): void;
  /** Puts another adapter under a name, which keeps its place in batches. @throws as `add`, or 'not-found' */
  replace(name: string, adapter: StoredAdapter): void;
  /** @throws PeftError 'not-found', or 'bad-config' for the base */
  remove(name: string): void;
  /** Takes an adapter for every row of passes without tags; `__base__` at first. */
  use(name: string): void;
  /** Tags for `generate`, `packSequences` and training examples. @throws PeftError 'not-found' */
  tags(names: readonly string[]): number[];
  /** Takes all of them off: the model is the base again. */
  detach(): void;
}

/** An empty set on a model that no other method holds. @throws PeftError 'bad-config' when one does */
export function openAdapterSet(model: LanguageModel): AdapterSet {
  const groups = model.blocks.flatMap(projectionGroups);
  const release = carryMethod(model, 'adapter-set');
  // A removed adapter leaves a gap, so that the tags of the others stay what they were.
  const order: (string | null)[] = [BASE];
  const adapters = new Map<string, ReadonlyMap<string, RoutedPart>>();
  let active = BASE;
  let hooks: RoutedLoraHook[] = [];

  const adapterOfRow = (row: number): string | null => {
    const tag = model.rowTags?.[row];
    const name = tag === undefined ? active : (order[tag] ?? BASE);
    return name === BASE ? null : name;
  };
  const clear = (): void => {
    for (const group of groups) group.hook = null;
    for (const hook of hooks) hook.dispose();
    hooks = [];
  };
  const rebuild = (): void => {
    clear();
    for (const group of groups) {
      const parts = group.parts.flatMap(({ path }) =>
        [...adapters.values()].flatMap((parts) => parts.get(path) ?? []),
      );
      if (parts.length === 0) continue;
      const hook = new RoutedLoraHook(group, parts, adapterOfRow);
      group.hook = hook;
      hooks.push(hook);
    }
  };
  const known = (name: string): string => {
    if (name === BASE || adapters.has(name)) return name;
    const names = [BASE, ...adapters.keys()];
    throw new PeftError('not-found', {
      en: `there is no adapter ${name}; there is ${names.join(', ')}`,
      zh: `没有名为 ${name} 的适配器，已有的适配器：${names.join('、')}`,
    });
  };

  const ownAdapter = (name: string): string => {
    if (name !== BASE) return known(name);
    throw new PeftError('bad-config', {
      en: `${BASE} is the model itself, which can be neither replaced nor removed`,
      zh: `${BASE} 是模型本身，不能替换或移除`,
    });
  };

  return {
    get names() {
      return [...adapters.keys()];
    },
    add(name, adapter) {
      if (name === BASE || adapters.has(name)) {
        throw new PeftError('bad-config', {
          en: `the name ${name} is taken; choose another or replace it`,
          zh: `名称 ${name} 已被占用，请换一个名称，或替换它`,
        });
      }
      adapters.set(name, readParts(model, name, adapter));
      order.push(name);
      rebuild();
    },
    replace(name, adapter) {
      adapters.set(ownAdapter(name), readParts(model, name, adapter));
      rebuild();
    },
    remove(name) {
      adapters.delete(ownAdapter(name));
      order[order.indexOf(name)] = null;
      if (active === name) active = BASE;
      rebuild();
    },
    use(name) {
      active = known(name);
    },
    tags: (names) => names.map((name) => order.indexOf(known(name))),
    detach: () => {
      clear();
      release();
    },
  };
}

/** The corrections of a stored LoRA by module path. @throws PeftError naming all that does not fit */
function readParts(
  model: LanguageModel,
  name: string,
  { config, tensors }: StoredAdapter,
): ReadonlyMap<string, RoutedPart> {
  const parsed = plainLoraConfig.safeParse(config);
  if (!parsed.success) {
    throw new PeftError(
      'bad-config',
      {
        en: `${name} cannot be mixed with others: only plain LoRA can`,
        zh: `${name} 不能与其他适配器混用：只有普通的 LoRA 可以`,
      },
      {
        problems: configProblems(plainLoraConfig, config, parsed.error),
        cause: parsed.error,
      },
    );
  }
  const parts = new Map<string, RoutedPart>();
  const used = new Set<string>();
  const problems: Translated[] = [];
  for (const group of model.blocks.flatMap(projectionGroups)) {
    for (const { path, start, size } of group.parts) {
      const keys = ['A', 'B'].map((factor) => savedName(path, `lora_${factor}.weight`));
      const [a, b] = keys.map((key) => tensors.get(key));
      if (!a && !b) continue;
      for (const key of keys) used.add(key);
      const { rank: r, scale } = rankAndScale(path, parsed.data);
      const wanted = [`${r},${group.inputSize}`, `${size},${r}`];
      const got = [a, b].map((tensor) => tensor?.shape.join());
      for (const [i, key] of keys.entries()) {
        if (got[i] === wanted[i]) continue;
        problems.push({
          en: `${key}: expected [${wanted[i]}], got [${got[i] ?? 'missing'}]`,
          zh: `${key}：应为 [${wanted[i]}]，实际为 [${got[i] ?? '缺失'}]`,
        });
      }
      if (!a || !b) continue;
      parts.set(path, { adapter: name, start, size, r, a: a.data, b: b.data, scale });
    }
  }
  for (const key of tensors.keys()) {
    if (used.has(key)) continue;
    problems.push({
      en: `${key}: no linear layer of ${model.name} takes it`,
      zh: `${key}：${model.name} 中没有与它对应的线性层`,
    });
  }
  if (problems.length === 0) return parts;
  const message = { en: `${name} does not fit ${model.name}`, zh: `${name} 与 ${model.name} 不符` };
  throw new PeftError('mismatch', message, { problems: firstProblems(problems, 20) });
}
