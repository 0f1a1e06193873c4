import type { Earlier } from '../follow-up.ts';
import type { FollowUpRule } from '../rule.ts';
import { withWords } from '../sentence.ts';

const HOW_MANY =
  /^(?:how many(?: are there| is that| of them| ones)?|count them|the (?:count|number))$/i;
const WHICH = /^(?:which(?: ones| are they)?|list them|show them|who are they|what are they)$/i;
const HAN_HOW_MANY = /^(?:一共|总共|共)?有?(?:多少|几)(?<unit>家|只|个|名|位|支|条)?$/u;
const HAN_WHICH = /^(?:具体)?(?:是|有)?(?:哪些|哪几[家只个名位支条]|哪[家只个名位支条])$/u;

/** `Which funds are open?` + `How many?` → `How many funds are open?`, and back. */
export const countOrList: FollowUpRule = {
  name: 'count-or-list',
  summary: 'The same things counted instead of listed, or listed instead of counted.',
  apply({ rest, han }, earlier) {
    if (han !== earlier.han) return undefined;
    if (han) {
      const unit = HAN_HOW_MANY.exec(rest)?.groups;
      if (unit !== undefined) return hanCounted(earlier, unit.unit);
      return HAN_WHICH.test(rest) ? hanListed(earlier) : undefined;
    }
    if (HOW_MANY.test(rest)) return counted(earlier);
    return WHICH.test(rest) ? listed(earlier) : undefined;
  },
};

/** The question with `how many` in front; undefined where it does not ask for a list. */
export function counted({ body, mark, ...rest }: Earlier): string | undefined {
  const which = /^(?:which|what) (?=\p{L}+s\b|people\b)/iu;
  if (which.test(body)) return `${body.replace(which, 'How many ')}${mark}`;
  const list = /^(?:list|show|give|name|find)(?: me)?(?: all| every)?(?: of)?(?: the)? /i;
  if (!list.test(body)) return undefined;
  const things = body.replace(list, 'How many ').replace(/\.$/, '');
  return withWords({ ...rest, body: things, mark: '?' }, 'are there');
}

function listed({ body, mark }: Earlier): string | undefined {
  const many = /^how many (?:different )?/i;
  return many.test(body) ? `${body.replace(many, 'Which ')}${mark}` : undefined;
}

function hanCounted({ body, mark }: Earlier, unit = '个'): string | undefined {
  const list = /(?:都)?有哪些$|是哪些$|有哪几[家只个名位支条]$/u;
  return list.test(body) ? `${body.replace(list, `有多少${unit}`)}${mark}` : undefined;
}

function hanListed({ body, mark }: Earlier): string | undefined {
  const tail = /(?:一共|总共)?有(?:多少|几)[家只个名位支条]?$/u;
  if (tail.test(body)) return `${body.replace(tail, '有哪些')}${mark}`;
  const inside = /有(?:多少|几)[家只个名位支条]/u;
  return inside.test(body) ? `${body.replace(inside, '有哪些')}${mark}` : undefined;
}
