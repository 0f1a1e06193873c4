import type { Earlier } from '../follow-up.ts';
import type { FollowUpRule } from '../rule.ts';
import { asks, withClause } from '../sentence.ts';
import { counted } from './count-or-list.ts';

const ONLY = /^(?:only|just)(?: (?:show|include|consider|list))?(?: me)?(?: the)? (?<what>.+)$/i;
const NOT =
  /^(?<how>excluding|except(?: for)?|without|other than|but not|not|no|leave out|ignore|exclude) (?<what>.+)$/i;
const OF_THEM =
  /^(?<what>which|who|how many)(?: ones| \p{L}+)? (?:of|among) (?:them|these|those|the \p{L}+) (?<how>.+)$/iu;
const WHICH_ARE = /^(?<what>which(?: ones)?|how many) (?<how>(?:are|were|have|had|is|has)\b .+)$/i;
const THOSE =
  /^(?:(?:those|the ones|ones) (?:that |who |which )?)?(?<how>(?:with|whose|having|over|above|below|under|more than|less than|fewer than|at least|at most|(?:larger|smaller|greater|higher|lower|older|younger) than|between|since|before|after|from|located in|based in|listed on|listed in|founded)\b .+)$/i;

const HAN_ONLY = /^(?:只|仅)(?:要|看|显示|列出|统计|限|算|考虑|包括)?(?<what>.+?)的?$/u;
const HAN_OF_THEM = /^(?:其中|这些(?:公司|基金|人)?(?:中|里面?|当中))[，,]?(?<what>.+)$/u;
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
  const subset = (OF_THEM.exec(rest) ?? WHICH_ARE.exec(rest))?.groups;
  if (subset !== undefined) {
    const { what = '', how = '' } = subset;
    const clause = `only those that ${how}`;
    if (!/^how many/i.test(what)) return withClause(earlier, clause);
    const question = counted(earlier);
    return question === undefined
      ? undefined
      : withClause({ ...earlier, body: question.replace(/[?.]+$/, ''), mark: '?' }, clause);
  }
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

function hanCondition(rest: string, earlier: Earlier): string | undefined {
  const part = HAN_OF_THEM.exec(rest)?.groups?.what;
  if (part !== undefined) return withClause(earlier, `其中${part}`);
  const only = HAN_ONLY.exec(rest)?.groups?.what;
  if (only !== undefined) return asks(only) ? undefined : withClause(earlier, `只看${only}的`);
  const not = HAN_NOT.exec(rest)?.groups?.what;
  if (not !== undefined) return asks(not) ? undefined : withClause(earlier, `不包括${not}`);
  const those = HAN_THOSE.exec(rest)?.groups?.what;
  return those === undefined || asks(those) ? undefined : withClause(earlier, `只看${those}的`);
}
