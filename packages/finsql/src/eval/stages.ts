/** Stages of an answer that an evaluation may go without, to see what each is worth. */
import { RULES } from '../calibrate/calibrate.ts';
import type { DatabaseContext } from '../retrieval/context.ts';

const WITHOUT_RULES = [
  'values',
  'exemplars',
  'notes',
  'keys',
  'second-draft',
  'second-opinion',
  'word-by-word',
  'second-try',
  'rules',
] as const;

/** `rules` stands for all of the calibration rules, which follow it by name. */
export const STAGES: readonly string[] = [...WITHOUT_RULES, ...RULES.map(({ name }) => name)];

/** The database as it looks without the stages: no linked values, no keys. */
export function contextWithout(
  context: DatabaseContext,
  without: readonly string[],
): DatabaseContext {
  return {
    ...context,
    ...(without.includes('values') ? { values: { ...context.values, find: () => [] } } : {}),
    ...(without.includes('keys') ? { links: [] } : {}),
  };
}

/** The names of the rules among them; all of the rules for `rules`. */
export function rulesAmong(without: readonly string[]): readonly string[] {
  const names = RULES.map(({ name }) => name);
  return without.includes('rules') ? names : names.filter((name) => without.includes(name));
}
