import { replaceSpan, type Span } from '../mentions.ts';
import type { FollowUpRule } from '../rule.ts';
import { asks, withClause, withWords } from '../sentence.ts';

const GROUP =
  /^(?:(?:group(?:ed)?|split|broken down|break (?:it|that|them|this) down|aggregated?)(?: (?:it|them|that))? )?(?<how>by|per|for each|for every|in each)(?: the)? (?<what>\p{L}+(?: \p{L}+){0,2})$/iu;
const GRAIN = '(?:day|week|month|quarter|year)';
const GRAIN_ONLY = new RegExp(`^${GRAIN}$`, 'i');
/** Groups of a question by periods: `per month`, `for each year`, `monthly`. */
const BY_GRAIN = new RegExp(
  `\\b(?:(?:by|per|for each|for every|in each)(?: the)? ${GRAIN}\\b(?! (?:end|start)\\b)|(?:dai|week|month|quarter|year)ly\\b)`,
  'giu',
);
/** Groups of a question by whatever it is, up to what says more than that. */
const BY_KIND =
  /\b(?:by|per|for each|for every|in each)(?: the)? \p{L}+(?: (?!(?:in|for|of|between|from|with|without|since|on|at|as|before|after|until|during|where|who|whose|that|which|and|or|but|excluding|including|only)\b)\p{L}+){0,2}(?=$|,| (?:in|for|between|from|with|without|since|on|at|as|before|after|until|during|where|excluding|including|only)\b)/giu;
const HAN_GROUP =
  /^(?:按照?(?<by>.+?)(?:分组|统计|汇总|分别统计|来看|看看|看一下|看|拆分|拆开|划分|细分)|(?:每个?|各个?)(?<each>[^多少]{1,6}?)(?:分别|各)?[是为有]?)$/u;

/** `How many companies are listed?` + `by industry` → `How many companies are listed by industry?` */
export const groupBy: FollowUpRule = {
  name: 'group-by',
  summary: 'The same figure for each of several groups.',
  apply({ text, rest, han }, earlier) {
    if (han !== earlier.han || asks(rest)) return undefined;
    if (han) {
      const { by, each } = HAN_GROUP.exec(rest)?.groups ?? {};
      const what = by ?? each;
      // The first few were of other groups.
      const all = { ...earlier, body: earlier.body.replace(/，只要[前后][^，]+/u, '') };
      return what === undefined ? undefined : withClause(all, `按${what}分别统计`);
    }
    const { how, what } = GROUP.exec(rest)?.groups ?? {};
    if (how === undefined || what === undefined) return undefined;
    const group = `${how.toLowerCase()} ${what}`;
    const old = groupIn(earlier.body, what, /\binstead\b/i.test(text));
    return old === undefined
      ? withWords(earlier, group)
      : replaceSpan(earlier.body, old, group) + earlier.mark;
  },
};

/** The one group that another takes the place of: of periods another period, with `instead` any of its like. */
function groupIn(body: string, what: string, isInstead: boolean): Span | undefined {
  const ofPeriods = GRAIN_ONLY.test(what) ? [...body.matchAll(BY_GRAIN)] : [];
  const found = ofPeriods.length > 0 || !isInstead ? ofPeriods : [...body.matchAll(BY_KIND)];
  const [only, ...more] = found.map(({ index, 0: text }) => ({ at: index, text }));
  return more.length === 0 ? only : undefined;
}
