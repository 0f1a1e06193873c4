/** What is wrong with an answer: in which parts of the statement it differs from gold. */
import type { Schema } from '../schema/schema.ts';
import { clauseParts } from './clause-parts.ts';
import type { Score } from './score.ts';

/**
 * In the order in which the first one is taken: a wrong table brings wrong columns with it, a wrong
 * condition its literal. `other`: no part differs, only their order or signs around them.
 */
export const ERROR_CLASSES = [
  'not executable',
  'tables',
  'joins',
  'nesting',
  'select list',
  'conditions',
  'literals',
  'group, order, limit',
  'other',
] as const;

export type ErrorClass = (typeof ERROR_CLASSES)[number];

/** Every class in which a scored, wrong answer differs from gold, in that order; none for others. */
export function errorClasses(
  gold: string,
  predicted: string,
  schema: Schema,
  { correct, skipped, error }: Score,
): ErrorClass[] {
  if (correct || skipped !== null) return [];
  const expected = clauseParts(gold, schema);
  const got = clauseParts(predicted, schema);
  const differs = (part: keyof typeof expected) =>
    expected[part].join('\n') !== got[part].join('\n');
  const found: readonly (readonly [ErrorClass, boolean])[] = [
    ['not executable', error !== null],
    ['tables', differs('tables')],
    ['joins', differs('joins')],
    ['nesting', differs('nesting')],
    ['select list', differs('select')],
    ['conditions', differs('conditions')],
    ['literals', differs('literals')],
    ['group, order, limit', differs('grouping')],
  ];
  const classes = found.flatMap(([name, is]) => (is ? [name] : []));
  return classes.length === 0 ? ['other'] : classes;
}
