/** What people want predicted → settings that fit the table: classes or a quantity, and the features. */
import { compareClasses } from '@quaestor/tabllm';
import { badInput, type InputProblem } from '../problem-words/input-problems.ts';
import type { BoundedTable } from './bounded-table.ts';
import { countLabels } from './count-labels.ts';
import type { LabellingSettings } from './labelling.ts';
import type { StoredSettings } from './labelling-store.ts';
import type { TableDescription } from './learning-protocol.ts';

const MOST_CLASSES = 50;
/** A column of numbers with decimals is a quantity from so many different ones on. */
const FEW_NUMBERS = 10;

/** @throws ServerError 'bad-request' naming every problem */
export function settle(
  { target, classes: named = [], features: chosen, group, threshold }: LabellingSettings,
  { columns }: TableDescription,
  table: BoundedTable,
  given: ReadonlyMap<number, string>,
): StoredSettings {
  const own = columns.find(({ name }) => name === target);
  const features =
    chosen ??
    columns
      .filter(({ name, role }) => role === 'feature' && name !== target)
      .map(({ name }) => name);
  const found = [...countLabels(table, target, given, named).keys()];
  const decimals = found.some((label) => !Number.isInteger(Number(label)));
  const kind =
    own?.kind === 'numeric' && found.length > (decimals ? FEW_NUMBERS : MOST_CLASSES)
      ? 'quantity'
      : 'classes';
  const classes =
    kind === 'quantity' ? [] : [...new Set([...found, ...named])].sort(compareClasses);
  const unknown = features.filter((name) => !columns.some((column) => column.name === name));
  const problems: InputProblem[] = unknown.map((name) => ({ code: 'unknown-feature', name }));
  if (features.includes(target)) problems.push({ code: 'target-as-feature' });
  if (group !== null && !columns.some(({ name }) => name === group)) {
    problems.push({ code: 'unknown-group', name: group });
  }
  if (group === target) problems.push({ code: 'target-as-group' });
  // Classes that no row has yet are handed on in one text, with commas.
  const unfit = named.filter((name) => name.includes(',') && !found.includes(name));
  problems.push(...unfit.map((name) => ({ code: 'class-with-comma', name }) as const));
  if (features.length === 0) problems.push({ code: 'no-features' });
  if (kind === 'classes' && classes.length < 2) {
    problems.push({ code: 'too-few-classes', target, only: found[0] ?? null });
  }
  if (classes.length > MOST_CLASSES) {
    const most = MOST_CLASSES;
    problems.push({ code: 'too-many-classes', target, classes: classes.length, most });
  }
  if (threshold !== null && (kind === 'quantity' || classes.length !== 2)) {
    problems.push({ code: 'threshold-without-two-classes' });
  }
  if (problems.length > 0) throw badInput(problems);
  return {
    target,
    is_new: own === undefined,
    kind,
    classes,
    features: [...features],
    group,
    threshold,
  };
}
