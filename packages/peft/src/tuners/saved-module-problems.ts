/** Why names of `modules_to_save` mean nothing that can be trained whole. */
import type { Translated } from '../translated.ts';

interface KnownModules {
  readonly modelName: string;
  /** Paths of all modules that hold a tensor. */
  readonly every: readonly string[];
  /** Those whose tensor is theirs alone. */
  readonly whole: readonly string[];
}

/** HF-PEFT takes a module whose path ends in the name, whatever it holds. */
export function savedModuleProblems(names: readonly string[], known: KnownModules): Translated[] {
  return names
    .filter((name) => !known.every.some((path) => path.endsWith(name)))
    .map((name) => containerProblem(name, known) ?? absent(name, known));
}

/** null for a name that no module with several parts has. */
function containerProblem(name: string, { every, whole }: KnownModules): Translated | null {
  const inside = (paths: readonly string[]): readonly string[] =>
    paths.filter((path) => containers(path).some((one) => one.endsWith(name)));
  const parts = lastNames(inside(every));
  if (parts.length === 0) return null;
  const able = lastNames(inside(whole));
  const [en, zh] =
    able.length > 0
      ? [`; of these, name ${able.join(', ')}`, `；其中可以写 ${able.join('、')}`]
      : ['', ''];
  return {
    en: `modules_to_save: '${name}' holds several matrices (${parts.join(', ')}) and cannot be trained whole here${en}`,
    zh: `modules_to_save：“${name}”包含多个矩阵（${parts.join('、')}），不能在这里完整训练${zh}`,
  };
}

function absent(name: string, { modelName }: KnownModules): Translated {
  return {
    en: `modules_to_save: there is no module '${name}' in ${modelName}`,
    zh: `modules_to_save：${modelName} 中没有名为“${name}”的模块`,
  };
}

/** `model`, `model.layers`, `model.layers.0`, `model.layers.0.mlp` of a path in there. */
function containers(path: string): readonly string[] {
  const names = path.split('.');
  return names.slice(1).map((_, i) => names.slice(0, i + 1).join('.'));
}

/** The distinct last parts of paths. */
export function lastNames(paths: readonly string[]): readonly string[] {
  return [...new Set(paths.map((path) => path.slice(path.lastIndexOf('.') + 1)))];
}
