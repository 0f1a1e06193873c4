import type { FollowUpRule } from '../rule.ts';
import { asks, withClause, withWords } from '../sentence.ts';

const GROUP =
  /^(?:(?:group(?:ed)?|split|broken down|break (?:it|that|them|this) down|aggregated?)(?: (?:it|them|that))? )?(?<how>by|per|for each|for every|in each)(?: the)? (?<what>\p{L}+(?: \p{L}+){0,2})$/iu;
const HAN_GROUP =
  /^(?:按照?(?<by>.+?)(?:分组|统计|汇总|分别统计|来看|看看|看一下|看|拆分|拆开|划分|细分)|(?:每个?|各个?)(?<each>[^多少]{1,6}?)(?:分别|各)?[是为有]?)$/u;

/** `How many companies are listed?` + `by industry` → `How many companies are listed by industry?` */
export const groupBy: FollowUpRule = {
  name: 'group-by',
  summary: 'The same figure for each of several groups.',
  apply({ rest, han }, earlier) {
    if (han !== earlier.han || asks(rest)) return undefined;
    if (han) {
      const { by, each } = HAN_GROUP.exec(rest)?.groups ?? {};
      const what = by ?? each;
      // The first few were of other groups.
      const all = { ...earlier, body: earlier.body.replace(/，只要[前后][^，]+/u, '') };
      return what === undefined ? undefined : withClause(all, `按${what}分别统计`);
    }
    const { how, what } = GROUP.exec(rest)?.groups ?? {};
    return how === undefined || what === undefined
      ? undefined
      : withWords(earlier, `${how.toLowerCase()} ${what}`);
  },
};
