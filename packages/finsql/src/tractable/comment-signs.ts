/** What a comment says of the sign of figures: `credits negative`, `negative is a repayment`. */
import { isNumber } from '../calibrate/asked-columns.ts';
import { hasHan } from '../retrieval/words.ts';
import type { Column } from '../schema/schema.ts';

/** What rows are called by that hold figures above or below 0. */
interface SignName {
  readonly text: string;
  readonly sign: '<' | '>';
}

/** `payments negative`, `refunds are negative`. */
const BEFORE =
  /(?:^|[,;(:] ?)((?:[a-z]+ )?[a-z]{3,}) (?:(?:is|are) )?(negative|positive)(?=[,;).]|$)/gi;
/** `negative is a repayment`, `negative for refunds`. */
const BEHIND =
  /\b(negative|positive)(?: numbers?)?(?: is| are| for| means| =|:) (?:an? |the )?([a-z]{3,}(?: [a-z]+)?)(?=[,;).]|$)/gi;

/** Words that tell no rows. */
const TELLS_NOTHING =
  /^(?:always|never|is|are|all|both|may be|can be|euros|dollars|cents|pounds|number|amount|value|it|we|they)\b/i;

/** The words for rows by the sign of a figure, as its comment tells it. */
export function signsInComment(column: Column): SignName[] {
  const { comment } = column;
  if (!isNumber(column) || hasHan(comment)) return [];
  const told = [
    ...[...comment.matchAll(BEFORE)].map(([, text = '', sign = '']) => [text, sign] as const),
    ...[...comment.matchAll(BEHIND)].map(([, sign = '', text = '']) => [text, sign] as const),
  ];
  return told
    .filter(([text]) => !TELLS_NOTHING.test(text))
    .map(([text, sign]) => ({ text, sign: sign.toLowerCase() === 'negative' ? '<' : '>' }));
}
