/** What a comment says of the sign of figures: `credits negative`, `negative is a repayment`. */
import { isNumber } from '../../calibrate/asked-columns.ts';
import { hasHan } from '../../retrieval/words.ts';
import type { Column } from '../../schema/schema.ts';

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

/** 退款为负, 负数为退费, 出金记负数. */
const HAN_BEFORE =
  /(?<![\p{Script=Han}])(\p{Script=Han}{2,4}?)(?:时|的|则)?(?:为|是|记为?|用|以)(负|正)数?(?=$|[，,；;。、）)])/gu;
const HAN_BEHIND = /(负|正)数?(?:为|是|表示|代表|即)(\p{Script=Han}{2,4})(?=$|[，,；;。、）)])/gu;
const HAN_TELLS_NOTHING = /^(?:均|都|全|金额|数值|可|可能|一般|通常|统一|正数|负数)/u;

/** The words for rows by the sign of a figure, as its comment tells it. */
export function signsInComment(column: Column): SignName[] {
  const { comment } = column;
  if (!isNumber(column)) return [];
  if (hasHan(comment)) return hanSigns(comment);
  const told = [
    ...[...comment.matchAll(BEFORE)].map(([, text = '', sign = '']) => [text, sign] as const),
    ...[...comment.matchAll(BEHIND)].map(([, sign = '', text = '']) => [text, sign] as const),
  ];
  return told
    .filter(([text]) => !TELLS_NOTHING.test(text))
    .map(([text, sign]) => ({ text, sign: sign.toLowerCase() === 'negative' ? '<' : '>' }));
}

function hanSigns(comment: string): SignName[] {
  const told = [
    ...[...comment.matchAll(HAN_BEFORE)].map(([, text = '', sign = '']) => [text, sign] as const),
    ...[...comment.matchAll(HAN_BEHIND)].map(([, sign = '', text = '']) => [text, sign] as const),
  ];
  return told
    .filter(([text]) => !HAN_TELLS_NOTHING.test(text))
    .map(([text, sign]) => ({ text, sign: sign === '负' ? '<' : '>' }));
}
