/** Codes of a column that its comment explains: A active, C closed. */
import type { Column } from '../../schema/schema.ts';
import { codesOf, heldCodesOf } from '../columns/comment-parts.ts';
import { flagOf } from '../columns/flag-columns.ts';

/** A stored code with a word for it. */
export type Coded = readonly [word: string, code: string];

/** The codes that the comment of a column explains, and whether they are all that it holds. */
export function explainedCodes(column: Column): {
  readonly codes: readonly Coded[];
  readonly areAll: boolean;
} {
  const { comment, samples } = column;
  const found = codesOf(comment);
  const isHeld = samples.every((one) => found.some(([, code]) => code === one));
  const others = isHeld ? [] : heldCodesOf(column);
  const codes = others.length > 0 ? others : found;
  // `Y = callable`: of two, the other is what is not so.
  const isOfFlag =
    flagOf(column) !== undefined && codes.length === 1 && samples.includes(codes[0]?.[1] ?? '');
  const areHeld =
    samples.length > 0 && samples.every((one) => codes.some(([, code]) => code === one));
  return { codes, areAll: isOfFlag || areHeld };
}
