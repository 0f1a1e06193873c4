import type { Earlier } from '../follow-up.ts';
import { counted, hasThings, isNounLike, listed } from '../listed-things.ts';
import { HAN_UNIT } from '../measure-words.ts';
import type { FollowUpRule } from '../rule.ts';
import { asks, readSentence, withClause } from '../sentence.ts';

const ONLY = /^(?:only|just)(?: (?:show|include|consider|list))?(?: me)?(?: the)? (?<what>.+)$/i;
const NOT =
  /^(?<how>excluding|except(?: for)?|without|other than|but not|not|no|leave out|ignore|exclude) (?<what>.+)$/i;
const OF_THEM =
  /^(?<what>which|who|how many)(?: ones| (?<which>\p{L}+))? (?:of|among) (?<whom>them|these|those|the) (?<how>.+)$/iu;
const AMONG_THEM =
  /^how many (?<things>.+?) (?:are|were) (?:there )?(?:among|in) (?:them|these|those)$/i;
const WHICH_ARE = /^(?<what>which(?: ones)?|how many) (?<how>(?:are|were|have|had|is|has)\b .+)$/i;
const VERB = /^(?:are|were|is|was|have|has|had|do|did|can)\b/i;
const VERB_AHEAD = new RegExp(`^(?:[\\p{L}-]+ ){1,3}?(?=${VERB.source.slice(1)})`, 'iu');
const THOSE =
  /^(?:(?:those|the ones|ones) (?:that |who |which )?)?(?<how>(?:with|whose|having|over|above|below|under|more than|less than|fewer than|at least|at most|(?:larger|smaller|greater|higher|lower|older|younger) than|between|since|before|after|from|located in|based in|listed on|listed in|founded)\b .+)$/i;

const HAN_ONLY = /^(?:只|仅)(?:要|看|显示|列出|统计|限|算|考虑|包括)?(?<what>.+?)的?$/u;
const HAN_OF_THEM =
  /^(?:其中的?|(?:这些|那些|上述)\p{Script=Han}{0,6}?(?:之中|当中|中|里面|里)|[它他她]们(?:之中|当中|中间|中|里面|里))[，,]?(?<what>.+)$/u;
const HAN_MANY = `(?:一共|总共|共)?有?(?:多少|几)(?<unit>${HAN_UNIT})?`;
const HAN_COUNT = new RegExp(`(?:多少|几)${HAN_UNIT}`, 'u');
const HAN_MANY_OF = [
  new RegExp(`^${HAN_MANY}是?(?<how>.+?)的?$`, 'u'),
  new RegExp(`^是?(?<how>.+?)的?${HAN_MANY}$`, 'u'),
];
const HAN_NOT = /^(?:不包括|不含|不要|排除|除了|除去|去掉)(?<what>.+?)(?:以外|之外|外)?$/u;
const HAN_THOSE = /^(?<what>(?:大于|小于|超过|低于|高于|至少|不少于|不低于|多于|少于).+?)的?$/u;

/** `Which funds are open?` + `only bond funds` → `Which funds are open, only bond funds?` */
export const addCondition: FollowUpRule = {
  name: 'add-condition',
  summary: 'The same things, fewer of them.',
  apply({ rest, han }, earlier) {
    if (han !== earlier.han) return undefined;
    return han ? hanCondition(rest, earlier) : condition(rest, earlier);
  },
};

function condition(rest: string, earlier: Earlier): string | undefined {
  const part = subsetOf(rest, earlier);
  if (part !== undefined) return hasThings(earlier) ? subset(part, earlier) : undefined;
  const only = ONLY.exec(rest)?.groups?.what;
  if (only !== undefined) return asks(only) ? undefined : withClause(earlier, `only ${only}`);
  const not = NOT.exec(rest)?.groups;
  if (not !== undefined) {
    const { how = '', what = '' } = not;
    if (asks(what)) return undefined;
    const lead = /^(?:but )?not$/i.test(how)
      ? 'but not'
      : /^(?:without|except(?: for)?|other than)$/i.test(how)
        ? how.toLowerCase()
        : 'excluding';
    return withClause(earlier, `${lead} ${what}`);
  }
  const those = THOSE.exec(rest)?.groups?.how;
  if (those === undefined || asks(those.replace(/^whose\b/i, ''))) return undefined;
  return withClause(earlier, `only those ${those}`);
}

interface Subset {
  readonly isCounted: boolean;
  /** What is said of them: `have an MBA`. */
  readonly how: string;
}

/** The part of what the question before lists that a follow-up asks for. */
function subsetOf(rest: string, earlier: Earlier): Subset | undefined {
  const things = AMONG_THEM.exec(rest)?.groups?.things;
  if (things !== undefined) return { isCounted: true, how: `are ${things}` };
  const {
    what,
    which = '',
    whom,
    how,
  } = (OF_THEM.exec(rest) ?? WHICH_ARE.exec(rest))?.groups ?? {};
  if (what === undefined || how === undefined) return undefined;
  if (!earlier.body.toLowerCase().includes(which.toLowerCase())) return undefined;
  const isCounted = /^how many/i.test(what);
  if (whom === undefined || /^them$/i.test(whom)) return { isCounted, how };
  const bare = withoutNoun(how, earlier.body);
  // `Which of the companies issued …` may well be of all companies.
  if (/^the$/i.test(whom)) {
    return which === '' && bare !== how && VERB.test(bare) ? { isCounted, how: bare } : undefined;
  }
  return { isCounted, how: bare === how ? how.replace(VERB_AHEAD, '') : bare };
}

/** `fund managers are women` → `are women`, where the question before speaks of fund managers. */
function withoutNoun(how: string, before: string): string {
  const said = new Set(before.toLowerCase().match(/[\p{L}-]+/gu));
  const words = how.split(' ');
  const nouns = words.findIndex((word) => !isNounLike(word) || !said.has(word.toLowerCase()));
  return words.slice(Math.max(0, nouns)).join(' ');
}

/** Counted or listed; where the question before can't be turned, both are asked in one sentence. */
function subset({ isCounted, how }: Subset, earlier: Earlier): string {
  const isCount = /^how many\b/i.test(earlier.body);
  const turned = isCounted === isCount ? earlier.question : (isCounted ? counted : listed)(earlier);
  if (turned !== undefined) return withClause(readSentence(turned), `only those that ${how}`);
  return isCounted
    ? withClause({ ...earlier, mark: '?' }, `and how many of those ${how}`)
    : withClause(earlier, `only those that ${how}`);
}

function hanSubset(part: string, earlier: Earlier): string {
  for (const pattern of HAN_MANY_OF) {
    const { how, unit } = pattern.exec(part)?.groups ?? {};
    if (how === undefined || asks(how)) continue;
    const isCount = HAN_COUNT.test(earlier.body);
    const turned = isCount ? earlier.question : counted(earlier, unit);
    if (turned !== undefined) return withClause(readSentence(turned), `只看${how}的`);
  }
  return withClause(earlier, `其中${part}`);
}

function hanCondition(rest: string, earlier: Earlier): string | undefined {
  const part = HAN_OF_THEM.exec(rest)?.groups?.what;
  if (part !== undefined) return hasThings(earlier) ? hanSubset(part, earlier) : undefined;
  const only = HAN_ONLY.exec(rest)?.groups?.what;
  if (only !== undefined) return asks(only) ? undefined : withClause(earlier, `只看${only}的`);
  const not = HAN_NOT.exec(rest)?.groups?.what;
  if (not !== undefined) return asks(not) ? undefined : withClause(earlier, `不包括${not}`);
  const those = HAN_THOSE.exec(rest)?.groups?.what;
  return those === undefined || asks(those) ? undefined : withClause(earlier, `只看${those}的`);
}
