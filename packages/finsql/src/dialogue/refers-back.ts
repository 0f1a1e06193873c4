/**
 * Whether a question goes on from another one: `How many of them are women?`, 其中有多少位是女性？
 * Only forms in which nothing of the question itself can be meant, before or after the pronoun, as in
 * `companies and their revenue`, `those who left` or `What share of its assets did the fund sell?`
 */
import { isStopWord } from '../retrieval/words.ts';
import { asks, readSentence } from './sentence.ts';

/** Of a body that begins in lower case; each with a group `back`: the word that refers to something before. */
const FORMS: readonly RegExp[] = [
  // How many are there among them?
  /\b(?:are|were) (?:there )?(?:among|of) (?<back>them|these|those)$/u,
  // What are their fees? Show me their fees.
  /^(?:(?:what|who|where|when|how|which) (?:is|are|was|were)|(?:show|give|list|tell)(?: me)?(?: all)?) (?<back>its|their|his|her)\b/u,
  // Compare them. Who manages them?
  /^(?:show|list|compare|count|sort|rank|name|who \p{L}+)(?: me)?(?: all(?: of)?)? (?<back>them)\b/u,
  // How many employees does it have? Not `How much did it cost Pelmere Software …?`
  /^(?:how (?:many|much)|which|what|where|when|who|why|how)(?: [\p{L}-]+){0,3} (?:do|does|did) (?<back>it|they|he|she|these \p{L}+|those \p{L}+)\b(?! (?:call|cost|say|take|mean|get|ever|look|matter)\b)[^\p{Lu}]*$/u,
  // Where is it based?
  /^(?:where|when|who|how \p{L}+) (?:is|are|was|were) (?<back>it|they|he|she)\b[^\p{Lu}]*$/u,
  // What is the revenue of this company? Not `this fund, "Taida Efficiency"`.
  /^[^\p{Lu}\d"'“‘]*\b(?<back>this (?:company|fund|bank|firm|manager|bond|index))\b[^\p{Lu}\d"'“‘]*$/u,
  /^(?<back>their|its|these ones|those ones) /u,
  /^(?:which|how many) (?<back>ones)\b/u,
];
/** How many of them …? What stands before must not be what they are. */
const OF_THEM =
  /\b(?:of|among|between) (?:all )?(?<back>them|these|those(?!(?: \p{L}+){0,2} (?:who|whom|whose|that|which|with|without|in|of|from|for|on|at|by|not|having|\p{L}+(?:ed|ing))\b))\b/iu;
const MEASURES: ReadonlySet<string> = new Set(
  `average mean total sum count number amount maximum minimum highest lowest largest smallest biggest
  oldest youngest newest latest earliest best worst most least fewest top first last rest half share
  percentage percent exactly only just also so then now none some several either neither both`.split(
    /\s+/,
  ),
);
/** `And with an MBA?`, where nothing else is asked. */
const LINKED =
  /^(?:(?<back>and|but|also|or),? (?:with|without|for|in|from|at|on|by|since|before|after|over|under|above|below|until|only|not|\d{4}$|(?:of )?[\p{L}-]+(?: ones)?$)|(?:and )?(?<about>what about|how about) (?=\S+(?: \S+){0,3}$))\b/iu;

const HAN_FORMS: readonly RegExp[] = [
  /^(?:那么?|还有|另外)?[，,]?(?<back>其中|[它他她]们|[它他她](?=的|是|在|有)|这些(?!年|天|日|月|时)|上述|该(?=公司|基金|银行|企业|债券|经理|指数)|[这那][家只个位](?=公司|基金|银行|企业|债券|经理|指数|的|有|是))/u,
  // 那些 is often written for 哪些.
  /^(?<back>那些)\p{Script=Han}{0,6}?(?:之中|当中|中|里面|里)/u,
];
/** 那2023年呢？科米尔制药呢？ */
const HAN_LINKED = /^(?<back>那)?[^，,]{1,14}呢$/u;

/** The word that refers to what is not in the question; null where it stands alone. */
export function refersBack(question: string): string | null {
  const { body, han } = readSentence(question);
  return han ? hanRefersBack(body) : englishRefersBack(body);
}

function englishRefersBack(body: string): string | null {
  const linked = LINKED.exec(body);
  if (linked !== null && !asks(body.slice(linked[0].length))) return said(linked);
  const lower = body.charAt(0).toLowerCase() + body.slice(1);
  for (const form of FORMS) {
    const match = form.exec(lower);
    if (match !== null) return said(match);
  }
  const match = OF_THEM.exec(body);
  if (match === null) return null;
  const before =
    body
      .slice(0, match.index)
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return before.every((word) => isStopWord(word) || MEASURES.has(word)) ? said(match) : null;
}

function hanRefersBack(body: string): string | null {
  for (const form of HAN_FORMS) {
    const match = form.exec(body);
    if (match !== null) return said(match);
  }
  if (asks(body) || /多[大高长久远]/u.test(body)) return null;
  const linked = HAN_LINKED.exec(body);
  return linked === null ? null : (linked.groups?.back ?? '呢');
}

function said({ groups }: RegExpExecArray): string {
  return (groups?.back ?? groups?.about ?? '').toLowerCase();
}
