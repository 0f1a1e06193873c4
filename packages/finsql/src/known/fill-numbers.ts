/** The place of a statement in which the number of its question stands, and another number in it. */
import { fold } from '../schema/schema.ts';
import type { SqlToken } from '../sql/tokenize.ts';
import type { NumberMeaning } from '../word-by-word/model/phrase.ts';

/** A token's index and what stands in its place. */
export type Edit = readonly [at: number, text: string];

/** Powers of ten by which a column may count in another unit than the question: percent, 万, millions, 亿. */
const SCALES: readonly number[] = [1, 1e2, 1e3, 1e4, 1e6, 1e8, 1e9].flatMap((by) => [by, 1 / by]);

/**
 * The edit of the one number of a statement that is the one of the question, in the unit of its column; none
 * where there are several, where the other number is of another form, or where it cannot stand there.
 */
export function numberEdits(
  old: NumberMeaning,
  next: NumberMeaning,
  tokens: readonly SqlToken[],
): Edit[] {
  // 0 is 0 in every unit, so that it does not tell that of the column.
  if (old.form !== next.form || (old.value === 0 && old.form !== 'plain')) return [];
  const places = tokens.flatMap((token, at) => {
    if (token.kind !== 'number' || isFactor(tokens, at)) return [];
    const stored = Number(token.text);
    const counts = isRowCount(tokens, at);
    // The first of an order is hardly the 1 of a question: 一级行业.
    if (counts && old.value === 1) return [];
    const scale = (counts ? [1] : SCALES).find(
      (by) => Math.abs(old.value * by - stored) <= 1e-9 * stored,
    );
    return scale === undefined ? [] : [{ at, scale, counts }];
  });
  const [place] = places;
  if (place === undefined || places.length > 1) return [];
  const { at, scale, counts } = place;
  if (counts && !(next.form === 'plain' && Number.isInteger(next.value) && next.value > 0)) {
    return [];
  }
  const value = next.value * scale;
  // `fee--5` would begin a comment.
  if (value < 0 && tokens[at - 1]?.text === '-') return [];
  return [[at, numeral(value, tokens[at]?.text ?? '')]];
}

/** Whether a number says how many rows are shown, or left out before those. */
function isRowCount(tokens: readonly SqlToken[], at: number): boolean {
  const before = fold(tokens[at - 1]?.text ?? '');
  if (before === 'limit' || before === 'offset') return true;
  return before === ',' && fold(tokens[at - 3]?.text ?? '') === 'limit';
}

/** Whether a number makes percent or decimals of a figure, `100.0 * a / b`, and is none of the question's. */
function isFactor(tokens: readonly SqlToken[], at: number): boolean {
  const value = Number(tokens[at]?.text);
  if (value !== 1 && !(value >= 100 && Number.isInteger(Math.log10(value)))) return false;
  return [at - 1, at + 1].some((beside) => ['*', '/'].includes(tokens[beside]?.text ?? ''));
}

/** Without what binary fractions add to it; a decimal stays one, so that it divides as one. */
function numeral(value: number, written: string): string {
  const text = String(Number(value.toPrecision(12)));
  return written.includes('.') && /^-?\d+$/.test(text) ? `${text}.0` : text;
}
