import { counted, listed } from '../listed-things.ts';
import { HAN_UNIT } from '../measure-words.ts';
import type { FollowUpRule } from '../rule.ts';

const HOW_MANY =
  /^(?:how many(?: of (?:them|these|those))?(?: are there| is that| ones)?|count them|the (?:count|number))$/i;
const WHICH = /^(?:which(?: ones| are they)?|list them|show them|who are they|what are they)$/i;
const HAN_HOW_MANY = new RegExp(`^(?:一共|总共|共)?有?(?:多少|几)(?<unit>${HAN_UNIT})?$`, 'u');
const HAN_WHICH = new RegExp(`^(?:具体)?(?:是|有)?(?:哪些|哪几?${HAN_UNIT})$`, 'u');

/** `Which funds are open?` + `How many?` → `How many funds are open?`, and back. */
export const countOrList: FollowUpRule = {
  name: 'count-or-list',
  summary: 'The same things counted instead of listed, or listed instead of counted.',
  apply({ rest, han }, earlier) {
    if (han !== earlier.han) return undefined;
    if (han) {
      const unit = HAN_HOW_MANY.exec(rest)?.groups;
      if (unit !== undefined) return counted(earlier, unit.unit);
      return HAN_WHICH.test(rest) ? listed(earlier) : undefined;
    }
    if (HOW_MANY.test(rest)) return counted(earlier);
    return WHICH.test(rest) ? listed(earlier) : undefined;
  },
};
