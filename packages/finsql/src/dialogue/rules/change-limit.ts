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

const END = /\b(?:top|first|bottom|last) $/i;
const HAN_END = /(?:前|最后|后)$/u;
/** The words for the one end of an order, and for the other. */
const HIGH_END = /^(?:top|best|first|前)$/i;
const LOW_END = /^(?:bottom|last|后|最后)$/i;

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
    const low = LOW_END.test(end ?? '');
    // `only the bottom 3` of the top 10 are some of those.
    const within = low && /^(?:only|just|只)/i.test(verb ?? '');
    if (old !== undefined && (old.end === undefined ? !low : !within)) {
      const numbered = replaceSpan(earlier.body, old, String(count));
      const body = old.end ? replaceSpan(numbered, old.end, turned(old.end.text, end)) : numbered;
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

interface Limit extends Span {
  /** The word for the end of the order before it: `top`. */
  readonly end?: Span;
}

/** The word for an end of the order, turned where the follow-up asks for the other one: `the bottom 5?`. */
function turned(said: string, asked = said): string {
  // `first` may also be the first of those at the bottom.
  const isOther = HIGH_END.test(said) ? LOW_END.test(asked) : /^(?:top|best|前)$/i.test(asked);
  if (!isOther) return said;
  return /^\p{Lu}/u.test(said) ? asked.charAt(0).toUpperCase() + asked.slice(1) : asked;
}

/** Whether a number counts periods: `the last 5 years`, 前3个月. */
function isOfTime(end: string, behind: string): boolean {
  return (
    /^(?:first|last|前|最后|后)/i.test(end) &&
    /^ (?:full |fiscal )?(?:year|quarter|month|week|day)|^个?(?:年|月|季|周|天|日)/i.test(behind)
  );
}

/** The number in a question that became its statement's LIMIT. */
function limitIn(body: string, sql: string, han: boolean): Limit | undefined {
  const limit = Number(/\blimit (\d+)\s*$/i.exec(sql)?.[1] ?? Number.NaN);
  const numerals = new RegExp(
    han ? `\\d+|${CHINESE_NUMERAL}` : `\\b(?:\\d+|${ENGLISH_NUMERAL})\\b`,
    'giu',
  );
  for (const match of body.matchAll(numerals)) {
    const before = body.slice(0, match.index);
    const said = (han ? HAN_END : END).exec(before);
    const span = { at: match.index, text: match[0] };
    const behind = body.slice(match.index + match[0].length);
    if (/^an?$/i.test(match[0]) || isOfTime(said?.[0] ?? '', behind)) continue;
    if (said !== null) return { ...span, end: { at: said.index, text: said[0].trim() } };
    if (readNumeral(match[0]) === limit && limit > 1) return span;
  }
  return undefined;
}
