import {
  CHINESE_NUMERAL,
  ENGLISH_NUMERAL,
  readNumeral,
} from '../../retrieval/quantities/numerals.ts';
import { stem } from '../../retrieval/words.ts';
import { replaceSpan, type Span } from '../mentions.ts';
import type { FollowUpRule } from '../rule.ts';
import { withClause } from '../sentence.ts';

const NUMBER = `(?<number>\\d+|${ENGLISH_NUMERAL})`;
const ASKED = new RegExp(
  `^(?:(?<verb>show|give|list|only|just)(?: me)? )*(?:the )?(?:(?<end>top|first|bottom|last|best) )?${NUMBER}(?: (?<noun>\\p{L}+))?(?: only)?$`,
  'iu',
);
const HAN_ASKED = new RegExp(
  `^(?<verb>只(?:要|看|显示|列出)?|显示|列出|给我)?(?:排名)?(?<end>前|后|最后)?(?<number>\\d+|${CHINESE_NUMERAL})(?:名|个|家|只|条|位|支)?$`,
  'u',
);
/** Nouns that stand for whatever is shown. */
const ANYTHING = /^(?:rows?|results?|ones?|entries|items?|of)$/i;

/** `Which three funds …?` + `top 5` → `Which 5 funds …?`; without a number there, `…, only the top 5?`. */
export const changeLimit: FollowUpRule = {
  name: 'change-limit',
  summary: 'Another number of rows.',
  apply({ rest, han }, earlier) {
    const groups = (han ? HAN_ASKED : ASKED).exec(rest)?.groups;
    if (groups === undefined || han !== earlier.han) return undefined;
    const { verb, end, number = '', noun } = groups;
    const count = readNumeral(number);
    if (count === undefined || count < 1 || (verb ?? end) === undefined) return undefined;
    if (/^(?:19|20)\d\d$/.test(number)) return undefined; // a year
    if (noun !== undefined && !ANYTHING.test(noun) && !mentions(earlier.body, noun))
      return undefined;
    const old = limitIn(earlier.body, earlier.sql, han);
    const body = old && replaceSpan(earlier.body, old, String(count));
    if (body !== undefined && !/^(?:bottom|last|后|最后)$/i.test(end ?? '')) {
      return body === earlier.body ? undefined : body + earlier.mark;
    }
    const clause = han ? `只要${end ?? '前'}${count}名` : `only the ${end ?? 'top'} ${count}`;
    return withClause(earlier, clause);
  },
};

function mentions(text: string, noun: string): boolean {
  const wanted = stem(noun.toLowerCase());
  return (text.toLowerCase().match(/\p{L}+/gu) ?? []).some((word) => stem(word) === wanted);
}

/** The number in a question that became its statement's LIMIT. */
function limitIn(body: string, sql: string, han: boolean): Span | undefined {
  const limit = Number(/\blimit (\d+)\s*$/i.exec(sql)?.[1] ?? Number.NaN);
  const numerals = new RegExp(
    han ? `\\d+|${CHINESE_NUMERAL}` : `\\b(?:\\d+|${ENGLISH_NUMERAL})\\b`,
    'giu',
  );
  for (const match of body.matchAll(numerals)) {
    const before = body.slice(0, match.index);
    const said = han ? /前$/u.test(before) : /\b(?:top|first|bottom|last) $/i.test(before);
    const span = { at: match.index, text: match[0] };
    if (/^an?$/i.test(match[0])) continue;
    if (said || (readNumeral(match[0]) === limit && limit > 1)) return span;
  }
  return undefined;
}
