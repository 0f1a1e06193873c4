/** The one thing that a question asks for, said as a noun: `Which fund is the largest?` → the fund that is the largest. */
import type { Earlier } from './follow-up.ts';

const HAN_MOST =
  /^(?<thing>[^，,。]*最[^，,。]{1,3}的\p{Script=Han}+?)(?:是|为)(?:哪一?[只家个位支名]?|谁|什么)\p{Script=Han}{0,4}$/u;
const MOST =
  /^which (?<noun>\p{L}+(?: \p{L}+)?) (?<what>(?:has|had|is|was) the (?:most|least|fewest|\p{L}+est)\b.*)$/iu;

/** Undefined for a question that asks for several things, or for a figure. */
export function soleThing({ body, han }: Earlier): string | undefined {
  if (han) {
    const thing = HAN_MOST.exec(body)?.groups?.thing;
    return thing === undefined ||
      /[前几些]|最\p{Script=Han}的[\d一二三四五六七八九十两]+[只家个位支名]/u.test(thing)
      ? undefined
      : thing;
  }
  const { noun, what } = MOST.exec(body)?.groups ?? {};
  return noun === undefined || /(?<!s)s$|^\d|^(?:two|three|four|five|ten|of)\b/i.test(noun)
    ? undefined
    : `the ${noun} that ${what}`;
}
