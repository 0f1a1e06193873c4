/**
 * What a follow-up says once the words that only link it to the question before are taken off:
 * `And what about 2022, please?` → `2022`; 那2022年呢？→ 2022年.
 */
import { readSentence, type Sentence } from './sentence.ts';

export interface FollowUp {
  /** Without white space around it. */
  readonly text: string;
  /** Without linking words and the mark at the end. */
  readonly rest: string;
  /** Whether there were linking words. */
  readonly linked: boolean;
  /** Whether it adds to what is shown: `also`, `too`, 也. */
  readonly adds: boolean;
  readonly han: boolean;
}

/** The turn that a follow-up goes on from. */
export interface Earlier extends Sentence {
  readonly question: string;
  readonly sql: string;
}

const LEADS = [
  /^(?:and|but|now|ok|okay|so|then|well|also|instead|please|thanks|i mean|i meant)\b[,\s]*/i,
  /^(?:what|how) about\b[,\s]*/i,
  /^what if (?:it|that|this) (?:is|was|were)\b[,\s]*/i,
  /^(?:do |show |give )?(?:me )?(?:the )?same(?: thing| question| figures?| numbers?)?(?=,? (?:but )?(?:for|in|on|with)\b)[,\s]*/i,
  /^(?:change|switch|set) (?:it |that |this )?to\b[,\s]*/i,
  /^make (?:it|that|this)\b[,\s]*/i,
  /^(?:那么|那|再看看|再看一下|再看|看看|另外|还有|如果是|要是|换成|换作|换做|改成|改为|同样|对于|至于|请|帮我|然后|以及|嗯)[，,\s]*/u,
];
const TRAILS = [
  /[,\s]+(?:instead|then|too|though|please|as well|again|now)$/i,
  /(?:的话|又是多少|又如何|又怎么样|的情况|怎么样|如何|是多少|呢|吧|呀|啊|(?<![什怎多])么)$/u,
];
const ADDS = /^(?:and )?also\b|\b(?:too|as well)[.?!]*$|^(?:也|还|同时)/iu;

/** Takes linking words off both ends until none is left. */
export function readFollowUp(question: string): FollowUp {
  const { body, han } = readSentence(question);
  const rest = stripAll(body);
  return { text: body, rest, linked: rest !== body, adds: ADDS.test(body), han };
}

function stripAll(body: string): string {
  let rest = body;
  for (;;) {
    const before = rest;
    for (const pattern of [...LEADS, ...TRAILS]) {
      const shorter = rest.replace(pattern, '').trim();
      if (shorter !== '') rest = shorter;
    }
    if (rest === before) return rest;
  }
}
