/**
 * Which modules a combined adapter names: those of any of its parts, no other. Rules that agree stay;
 * lists of names are united; otherwise every module is named by its whole path.
 */
import type { NamedAdapter } from './named-adapter.ts';

const RULE = [
  'target_modules',
  'exclude_modules',
  'layers_to_transform',
  'layers_pattern',
] as const;

/** The fields that choose modules, for the new configuration. @param paths of all modules */
export function combinedTarget(
  adapters: readonly NamedAdapter[],
  paths: readonly string[],
): Record<string, unknown> {
  const rules = adapters.map(({ config }) => RULE.map((field) => config[field] ?? null));
  const distinct = new Set(rules.map((rule) => JSON.stringify(rule.map(sorted))));
  if (distinct.size === 1) return {};
  const onlyNames = rules.every(
    ([names, ...limits]) =>
      Array.isArray(names) &&
      limits.every((limit) => limit === null || (Array.isArray(limit) && limit.length === 0)),
  );
  return {
    target_modules: onlyNames
      ? [...new Set(rules.flatMap(([names]) => names as string[]))]
      : [...paths].sort(),
    exclude_modules: null,
    layers_to_transform: null,
    layers_pattern: null,
  };
}

function sorted(value: unknown): unknown {
  return Array.isArray(value) ? [...value].sort() : value;
}
