/** Stages of an answer that an evaluation may go without, to see what each is worth. */
import { RULES } from '../calibrate/calibrate.ts';
import type { DatabaseContext } from '../retrieval/context.ts';
import type { FinalTools } from './final-sql.ts';

const WITHOUT_RULES = [
  'values',
  'exemplars',
  'notes',
  'keys',
  'known-question',
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

/** Where an evaluation runs the statements that answer a question, and by which rules they are mended. */
export function settlingTools(
  { question, context, instances }: Pick<FinalTools, 'question' | 'context' | 'instances'>,
  { config, executor, signal }: Pick<FinalTools, 'config' | 'executor' | 'signal'>,
) {
  const { withoutRules, without, timeoutMs } = config;
  return {
    file: instances[0] ?? '',
    executor,
    limits: { timeoutMs, signal },
    calibration: { ...context, question, without: [...withoutRules, ...rulesAmong(without)] },
  };
}

/** The names of the rules among them; all of the rules for `rules`. */
function rulesAmong(without: readonly string[]): readonly string[] {
  const names = RULES.map(({ name }) => name);
  return without.includes('rules') ? names : names.filter((name) => without.includes(name));
}
