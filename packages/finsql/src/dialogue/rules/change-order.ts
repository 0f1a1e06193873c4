import type { Earlier } from '../follow-up.ts';
import type { FollowUpRule } from '../rule.ts';
import { asks, readSentence, withClause, withWords } from '../sentence.ts';

const SORT =
  /^(?:please )?(?:sort|order|rank|arrange)(?:ed)?(?: (?:it|them|these|those|that|the \p{L}+))? by (?:the )?(?<by>.+)$/iu;
const DIRECTION =
  /^(?:sort(?:ed)? |order(?:ed)? )?(?:it |them )?(?:in )?(?<direction>ascending|descending|alphabetical|reverse|the opposite|the other)(?: order| direction)?$/i;
const FIRST =
  /^(?:sort(?:ed)? )?(?:the )?(?<first>largest|biggest|highest|smallest|lowest|newest|latest|oldest|earliest|most|least|best|worst) (?:ones )?first$/i;
const OLD_ORDER = /,? (?:sorted|ordered|ranked)(?: by [^,]+| in \p{L}+ order|)(?:, [^,]*)?$/iu;

const HAN_SORT =
  /^按照?(?<by>.+?)(?<direction>从[大高小低早晚新旧]到[大高小低早晚新旧]|[升降倒]序)?(?:来)?(?:排序|排列|排名|排)?$/u;
const HAN_DIRECTION =
  /^(?<direction>从[大高小低早晚新旧]到[大高小低早晚新旧]|[升降倒]序)(?:排序|排列|排)?$/u;
const HAN_OLD_ORDER = /，按.+(?:排序|排列|[升降倒]序)$/u;

/** `Which funds are open?` + `sort by fee` → `Which funds are open, sorted by fee?` */
export const changeOrder: FollowUpRule = {
  name: 'change-order',
  summary: 'Another order of the rows.',
  apply({ rest, han }, earlier) {
    if (han !== earlier.han) return undefined;
    return han ? hanOrder(rest, earlier) : order(rest, earlier);
  },
};

function order(rest: string, earlier: Earlier): string | undefined {
  const unordered = { ...earlier, body: earlier.body.replace(OLD_ORDER, '') };
  const by = SORT.exec(rest)?.groups?.by;
  if (by !== undefined) return asks(by) ? undefined : withClause(unordered, `sorted by ${by}`);
  const first = FIRST.exec(rest)?.groups?.first?.toLowerCase();
  const oldBy = / by ([^,]+)/i.exec(OLD_ORDER.exec(earlier.body)?.[0] ?? '')?.[1];
  const sorted = oldBy === undefined ? '' : `sorted by ${oldBy}, `;
  if (first !== undefined) return withClause(unordered, `${sorted}${first} first`);
  const direction = DIRECTION.exec(rest)?.groups?.direction?.toLowerCase();
  if (direction === undefined) return undefined;
  const named = /^the/.test(direction) ? 'reverse' : direction;
  return sorted === ''
    ? withWords(unordered, `in ${named} order`)
    : withClause(unordered, `${sorted}${named}`);
}

function hanOrder(rest: string, earlier: Earlier): string | undefined {
  const unordered = readSentence(earlier.body.replace(HAN_OLD_ORDER, '') + earlier.mark);
  const direction = HAN_DIRECTION.exec(rest)?.groups?.direction;
  if (direction !== undefined) {
    const by = /，按(.+?)(?:从.到.|[升降倒]序)?(?:排序|排列)?$/u.exec(earlier.body)?.[1];
    return withClause(unordered, by === undefined ? `${direction}排列` : `按${by}${direction}排序`);
  }
  if (!/排|序$|从.到.$/u.test(rest)) return undefined; // 按行业统计 groups
  const { by, direction: way = '' } = HAN_SORT.exec(rest)?.groups ?? {};
  return by === undefined || asks(by) ? undefined : withClause(unordered, `按${by}${way}排序`);
}
