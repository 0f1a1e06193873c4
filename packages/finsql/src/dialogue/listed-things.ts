/**
 * What a question is about where it lists or counts things, and the one turned into the other:
 * `Which fund managers have a doctorate?` ↔ `How many fund managers have a doctorate?`
 */
import { ENGLISH_NUMERAL } from '../retrieval/quantities/numerals.ts';
import { HAN_UNIT } from './measure-words.ts';
import { type Sentence, withWords } from './sentence.ts';

/** Words that are no part of a noun phrase, or end one. */
const NO_NOUN = `(?:is|are|was|were|be|been|has|have|had|do|does|did|can|could|will|would|should|may|might|must|of|in|on|at|by|for|with|from|to|into|over|under|above|below|than|since|and|or|but|not|never|that|which|who|whose|whom|what|where|when|the|an?|its|his|her|their|our|my|your|this|these|those|it|they|he|she|more|most|less|fewer|as|if|top|first|last|${ENGLISH_NUMERAL})`;
const WORD = `(?!${NO_NOUN}\\b)\\p{L}[\\p{L}\\p{N}'’&-]*`;
const PLURAL = `(?:(?!${NO_NOUN}\\b)\\p{L}[\\p{L}-]*(?<!s)s|people|women|men|staff)`;
/** A noun phrase in the plural stands here: `managers`, `state-owned companies`; not `fund manages the`. */
const THINGS = `(?=(?:${WORD} ){0,4}?${PLURAL}(?![\\p{L}\\p{N}'’-])(?! (?:the|an?|its|his|her|their|more|most|less|fewer)\\b))`;

const WHICH = new RegExp(`^(?:which|what) ${THINGS}`, 'iu');
const LIST = /^(?:list|show|give|name|find)(?: me)?(?: all| every)?(?: of)?(?: the)? /i;
const ARE = /^(?:who|what) (?:are|were)(?: all)?(?: the)? /i;
/** What is shown of the things: `the names and ages of singers`. */
const NAMES_OF = new RegExp(
  `^(?:\\p{L}+,? ){0,3}?names?\\b[\\p{L}, ]{0,60}? of (?:all )?(?:the )?${THINGS}`,
  'iu',
);
const STARTS_WITH_THINGS = new RegExp(`^${THINGS}`, 'iu');
/** In lower case: `Haldane Electronics` is one company. */
const COMMON_PLURAL = new RegExp(
  `(?<![\\p{L}\\p{N}'’-])(?!\\p{Lu})${PLURAL}(?![\\p{L}\\p{N}'’-])`,
  'u',
);

const HAN_MANY = `有(?:多少|几)${HAN_UNIT}`;
const HAN_MANY_END = new RegExp(`(?:一共|总共)?${HAN_MANY}?$`, 'u');
const HAN_THINGS = new RegExp(`哪|谁|列出|给出|显示|各|每|所有|(?:多少|几)${HAN_UNIT}`, 'u');
const HAN_LIST_END = new RegExp(`都?有哪些$|是哪些$|有哪几${HAN_UNIT}$`, 'u');
const HAN_LIST_START = /^有?哪些(?=\p{Script=Han})/u;
const HAN_LIST_INSIDE = /有哪些(?=\p{Script=Han})/u;
const HAN_LIST_ORDER = /^(?:列出|给出|显示|列举)(?:所有|全部)?的?/u;
const HAN_NAMES = /的(?:名称|姓名|名字)$/u;

/** The question with `how many` in it; undefined where it does not ask for a list. @param unit Chinese */
export function counted(question: Sentence, unit = '个'): string | undefined {
  const { body, mark, han } = question;
  if (han) return hanCounted(body, mark, unit);
  if (WHICH.test(body)) return `${body.replace(WHICH, 'How many ')}${mark}`;
  const lead = LIST.exec(body)?.[0] ?? ARE.exec(body)?.[0];
  if (lead === undefined) return undefined;
  const shown = body.slice(lead.length);
  const things = shown.replace(NAMES_OF, '');
  if (!STARTS_WITH_THINGS.test(things)) return undefined;
  // `What are the fees of bond funds?` asks for figures.
  if (/^what/i.test(lead) && things === shown) return undefined;
  return withWords({ ...question, body: `How many ${things}`, mark: '?' }, 'are there');
}

/** The question with `which` in the place of `how many`; undefined where it does not count. */
export function listed({ body, mark, han }: Sentence): string | undefined {
  if (han) return hanListed(body, mark);
  const many = /^how many (?:different )?/i;
  return many.test(body) ? `${body.replace(many, 'Which ')}${mark}` : undefined;
}

/** Whether a question asks for a list. */
export function isList({ body, han }: Sentence): boolean {
  if (han) return /哪些|哪几|列出|有谁/u.test(body);
  return WHICH.test(body) || LIST.test(`${body} `) || /^who are\b/i.test(body);
}

/** Whether a question is about several things that another one may call `them`. */
export function hasThings({ body, han }: Sentence): boolean {
  return han
    ? HAN_THINGS.test(body)
    : /^who\b/i.test(body) || COMMON_PLURAL.test(body.charAt(0).toLowerCase() + body.slice(1));
}

/** Whether a word may be a part of what things are called. */
export function isNounLike(word: string): boolean {
  return new RegExp(`^${WORD}$`, 'iu').test(word);
}

function hanCounted(body: string, mark: string, unit: string): string | undefined {
  const many = `有多少${unit}`;
  for (const list of [HAN_LIST_END, HAN_LIST_START, HAN_LIST_INSIDE]) {
    if (list.test(body)) return `${body.replace(list, many)}${mark}`;
  }
  if (!HAN_LIST_ORDER.test(body) || /[，,、和与及]/u.test(body)) return undefined;
  return `${body.replace(HAN_LIST_ORDER, '').replace(HAN_NAMES, '')}${many}？`;
}

function hanListed(body: string, mark: string): string | undefined {
  if (HAN_MANY_END.test(body)) return `${body.replace(HAN_MANY_END, '有哪些')}${mark}`;
  const inside = new RegExp(HAN_MANY, 'u');
  if (!inside.test(body)) return undefined;
  return `${body.replace(inside, '有哪些').replace(/^有(?=哪些)/u, '')}${mark}`;
}
