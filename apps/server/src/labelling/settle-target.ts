/** What people want predicted → settings that fit the table: classes or a quantity, and the features. */
import { ServerError } from '../errors.ts';
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
  { target, classes: named = [], features: chosen, threshold }: LabellingSettings,
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
  const found = [...countLabels(table, target, given).keys()];
  const decimals = found.some((label) => !Number.isInteger(Number(label)));
  const kind =
    own?.kind === 'numeric' && found.length > (decimals ? FEW_NUMBERS : MOST_CLASSES)
      ? 'quantity'
      : 'classes';
  const classes = kind === 'quantity' ? [] : [...new Set([...found, ...named])].sort(byValue);
  const unknown = features.filter((name) => !columns.some((column) => column.name === name));
  const problems = [
    ...unknown.map((name) => `features: ${name} is no column`),
    ...(features.includes(target) ? ['features: the target cannot tell of itself'] : []),
    ...(features.length === 0 ? ['features: no other column says anything about a row'] : []),
    ...(kind === 'classes' && classes.length < 2
      ? [`classes: name at least two; ${target} has ${found.length === 0 ? 'no labels' : found[0]}`]
      : []),
    ...(classes.length > MOST_CLASSES
      ? [
          `target: ${target} has ${classes.length} different labels, at most ${MOST_CLASSES} can be told apart; is it an identifier?`,
        ]
      : []),
    ...(threshold !== null && (kind === 'quantity' || classes.length !== 2)
      ? ['threshold: is for two classes']
      : []),
  ];
  if (problems.length > 0) {
    throw new ServerError('bad-request', `${problems.slice(0, 10).join('; ')}.`, { problems });
  }
  return { target, is_new: own === undefined, kind, classes, features: [...features], threshold };
}

/** Numbers by size, words by letters: as models order them. */
function byValue(a: string, b: string): number {
  const difference = Number(a) - Number(b);
  if (!Number.isNaN(difference)) return difference;
  return a < b ? -1 : 1;
}
