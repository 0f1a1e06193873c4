import type { FollowUpRule } from '../rule.ts';
import { asks, withClause } from '../sentence.ts';

const SHOW =
  /^(?:also )?(?:show|include|add|give|list|display|with)(?: me)?(?: also)? (?<what>.+)$/i;
const THEIR = /^(?:their|its|his|her) .+$/i;
const HAN_SHOW =
  /^(?:(?:也|同时|并且?|还要?)(?:显示|列出|给出|加上|要|看)|加上|附上|带上)(?<what>.+)$/u;

/** `Which funds are open?` + `also show their fees` → `Which funds are open, and also show their fees?` */
export const addDetail: FollowUpRule = {
  name: 'add-detail',
  summary: 'Something more about each row.',
  apply({ text, rest, han, adds }, earlier) {
    if (han !== earlier.han) return undefined;
    if (han) {
      const what = HAN_SHOW.exec(rest)?.groups?.what;
      return what === undefined || asks(what) ? undefined : withClause(earlier, `并显示${what}`);
    }
    const shown = SHOW.exec(rest)?.groups?.what;
    const what =
      shown ?? (THEIR.test(rest) || (adds && /^the \p{L}+/iu.test(rest)) ? rest : undefined);
    if (what === undefined || asks(what)) return undefined;
    const more = adds || THEIR.test(what) || /^(?:include|add|with)\b/i.test(rest);
    if (!more || /^\d|^(?:top|first)\b/i.test(what)) return undefined;
    if (shown !== undefined && /^with\b/i.test(rest) && !THEIR.test(what)) return undefined;
    return text === '' ? undefined : withClause(earlier, `and also show ${what}`);
  },
};
