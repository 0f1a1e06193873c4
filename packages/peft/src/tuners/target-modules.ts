/**
 * Which modules a method touches, by Hugging Face PEFT's rules: a string is a regular expression for
 * the whole path (or 'all-linear'), a list names paths or their last parts.
 */
import { PeftError } from '../errors.ts';
import { javaScriptPattern } from '../io/python-pattern.ts';
import type { Block } from '../model/block.ts';
import type { LanguageModel } from '../model/language-model.ts';
import type { ProjectionGroup, ProjectionPart } from '../model/projection.ts';

export interface TargetRule {
  readonly target_modules: string | readonly string[];
  readonly exclude_modules?: string | readonly string[] | null | undefined;
  readonly layers_to_transform?: number | readonly number[] | null | undefined;
}

export interface TargetGroup {
  readonly group: ProjectionGroup;
  /** The parts of the group that were chosen, in the group's order; never empty. */
  readonly parts: readonly ProjectionPart[];
}

/** The projection groups of a block. */
export function projectionGroups(block: Block): readonly ProjectionGroup[] {
  return [block.qkv, block.output, block.gateUp, block.down];
}

/** Every group with at least one chosen part. @throws PeftError 'bad-config' when nothing matches */
export function targetGroups(model: LanguageModel, rule: TargetRule): readonly TargetGroup[] {
  const wanted = chosenLayers(rule.layers_to_transform);
  const found: TargetGroup[] = [];
  for (const [layer, block] of model.blocks.entries()) {
    if (wanted && !wanted.has(layer)) continue;
    for (const group of projectionGroups(block)) {
      const parts = group.parts.filter(
        ({ path }) =>
          matches(path, rule.target_modules) &&
          !(rule.exclude_modules && matches(path, rule.exclude_modules)),
      );
      if (parts.length > 0) found.push({ group, parts });
    }
  }
  if (found.length > 0) return found;
  const names = new Set(
    model.blocks.flatMap(projectionGroups).flatMap((g) => g.parts.map(lastPart)),
  );
  throw new PeftError('bad-config', {
    en: `target_modules ${JSON.stringify(rule.target_modules)} matches no linear layer of ${model.name} (after exclude_modules and layers_to_transform); the layers are called ${[...names].join(', ')}`,
    zh: `target_modules ${JSON.stringify(rule.target_modules)} 与 ${model.name} 的线性层都不匹配（已应用 exclude_modules 和 layers_to_transform），各层的名称：${[...names].join('、')}`,
  });
}

/** The layers that are chosen, null for all of them: so HF-PEFT takes an empty list. */
export function chosenLayers(
  layers: TargetRule['layers_to_transform'],
): ReadonlySet<number> | null {
  const list = [layers ?? []].flat();
  return list.length > 0 ? new Set(list) : null;
}

/** Whether a module path is meant by a pattern. */
export function matches(path: string, pattern: string | readonly string[]): boolean {
  if (pattern === 'all-linear') return true;
  if (typeof pattern === 'string') return wholePattern(pattern).test(path);
  return pattern.some((name) => path === name || path.endsWith(`.${name}`));
}

/** The value of the first key of rank_pattern or alpha_pattern that fits the path. */
export function fromPattern(
  path: string,
  pattern: Readonly<Record<string, number>>,
  fallback: number,
): number {
  const key = Object.keys(pattern).find((name) => fitsPattern(path, name));
  return key === undefined ? fallback : (pattern[key] as number);
}

/** Whether a key of rank_pattern or alpha_pattern means a module. */
export function fitsPattern(path: string, key: string): boolean {
  return wholePattern(`(?:.*\\.)?(?:${key})`).test(path);
}

function wholePattern(pattern: string): RegExp {
  return new RegExp(`^(?:${javaScriptPattern(pattern)})$`);
}

function lastPart({ path }: ProjectionPart): string {
  return path.slice(path.lastIndexOf('.') + 1);
}
