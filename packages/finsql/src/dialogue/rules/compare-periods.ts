import type { Earlier } from '../follow-up.ts';
import type { FollowUpRule } from '../rule.ts';
import { withClause } from '../sentence.ts';

const PERIOD = '(?:year|quarter|month|week)';
const COMPARED = new RegExp(
  `^(?:(?:how does (?:that|this|it) )?compared? (?:with|to)|versus|vs\\.?) (?<what>(?:the )?(?:${PERIOD} (?:before|earlier)|(?:previous|prior|preceding|last) ${PERIOD})|(?:19|20)\\d\\d)$`,
  'i',
);
const CHANGE = new RegExp(
  `^(?:the )?(?<what>${PERIOD}[- ](?:over|on)[- ]${PERIOD}|yoy|qoq|mom)(?: (?:change|growth))?$`,
  'i',
);
const HAN_CHANGE = /^(?<kind>同比|环比)(?<what>增长|增加|变化|变动|增减|下降)?(?:多少)?$/u;
const HAN_COMPARED =
  /^(?:与|和|跟|同|较|比)(?<what>[上前]一年|上年|去年|上个?月|上个?季度|上期|(?:上年|去年)?同期)(?:相?比|比较|对比)?$/u;
/** What asks for a figure, so that there is something to compare. */
const FIGURE = /^(?:how (?:many|much)|what(?:'s| is| was| were| are))\b|多少/iu;
/** A comparison that was asked for before. */
const OTHER =
  /, (?:and what is the [\p{L} -]+ change|compared with [\p{L}\d ]+)$|，(?:[同环]比\p{Script=Han}+多少|与\p{Script=Han}+相比)$/iu;

/** `What was the revenue in 2022?` + `compared with the year before?` → `…, compared with the year before?` */
export const comparePeriods: FollowUpRule = {
  name: 'compare-periods',
  summary: 'The same figure beside that of the period before, or its change.',
  apply({ rest, han }, earlier) {
    if (han !== earlier.han || !FIGURE.test(earlier.body)) return undefined;
    const figure = { ...earlier, body: earlier.body.replace(OTHER, '') };
    return han ? hanCompared(rest, figure) : compared(rest, figure);
  },
};

function compared(rest: string, earlier: Earlier): string | undefined {
  const change = CHANGE.exec(rest)?.groups?.what;
  if (change !== undefined) return withClause(earlier, `and what is the ${change} change`);
  const what = COMPARED.exec(rest)?.groups?.what;
  return what === undefined ? undefined : withClause(earlier, `compared with ${what}`);
}

function hanCompared(rest: string, earlier: Earlier): string | undefined {
  const { kind, what = '增长' } = HAN_CHANGE.exec(rest)?.groups ?? {};
  if (kind !== undefined) return withClause(earlier, `${kind}${what}多少`);
  const before = HAN_COMPARED.exec(rest)?.groups?.what;
  return before === undefined ? undefined : withClause(earlier, `与${before}相比`);
}
