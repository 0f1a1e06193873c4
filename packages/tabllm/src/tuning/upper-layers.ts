import { knownSettings, type LanguageModel, type Tuner, tuners } from '@quaestor/peft';
import * as z from 'zod';

/**
 * Settings by which a method leaves the lower layers as they are, where it knows HF-PEFT's
 * `exclude_modules`. What is frozen runs once for each row instead of once an epoch. What else the
 * settings, or the method's defaults, leave out stays left out.
 * @param count layers from the top that are trained; 0: all
 */
export function upperLayersOnly(
  { config }: Pick<LanguageModel, 'config'>,
  count: number,
  method = '',
  settings: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> {
  const below = config.num_hidden_layers - count;
  if (count === 0 || below <= 0) return settings;
  const layers = Array.from({ length: below }, (_, layer) => layer).join('|');
  const lower = `model\\.layers\\.(${layers})\\..*`;
  const tuner = tuners().find(({ name, peftType }) => name === method || peftType === method);
  const others = patternOf(excludedBy(tuner, settings));
  const known = others === null || others.includes(lower);
  const own = { exclude_modules: known ? (others ?? lower) : `(?:${lower})|(?:${others})` };
  return { ...settings, ...(tuner ? knownSettings(tuner, own) : own) };
}

/** As the method's own schema completes the settings; it is attaching that tells of wrong ones. */
function excludedBy(
  tuner: Tuner | undefined,
  settings: Readonly<Record<string, unknown>>,
): unknown {
  const completed = tuner?.config.safeParse(settings);
  const own = z.looseObject({ exclude_modules: z.unknown() }).safeParse(completed?.data);
  return own.data?.exclude_modules ?? settings.exclude_modules;
}

/** HF-PEFT's rule as a regular expression for whole paths: a list names paths or their last parts. */
function patternOf(rule: unknown): string | null {
  if (rule === 'all-linear') return '.*';
  if (typeof rule === 'string') return rule;
  if (!Array.isArray(rule)) return null;
  const names = rule.map((name) => String(name).replace(/[^\w]/g, '\\$&'));
  return `(?:.*\\.)?(?:${names.join('|')})`;
}
