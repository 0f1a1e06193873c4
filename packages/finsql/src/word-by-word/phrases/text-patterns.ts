/** Texts that a column is to hold in part: `contains the word "tea"`, `starts with T`, 以“茶”开头. */
import type { LinkedValue } from '../../retrieval/values.ts';
import type { PatternMeaning, Phrase } from '../model/phrase.ts';

type Place = PatternMeaning['place'];

/** Those behind which a bare word may stand, and those that have meanings of their own. */
const NOUN = '(?:words?|substrings?|strings?|letters?|prefix|suffix)';
const QUOTED_NOUN = `(?:${NOUN}|texts?|phrases?|keywords?|characters?)`;
const QUOTED = `"[^"]+"|'[^']+'|“[^”]+”|‘[^’]+’|’[^’]+’|「[^」]+」`;
/** A name, a code or an address, or one letter. */
const WRITTEN = String.raw`(?:\p{Lu}[\p{L}\p{N}]*|\p{L}+\.\p{L}+|\p{N}+)(?![\p{L}\p{N}])`;
const WORD = String.raw`(?!(?:and|or|of|in|with|to|for|from|by|on|at|is|are|that|which|the)\b)[\p{L}\p{N}]+(?![\p{L}\p{N}])`;
const ARTICLES = String.raw`(?:(?:the|an?)\s+)*`;

/** Several, with a joint and the noun again: `the word "tea" or the word "pot"`. */
function several(text: string): string {
  const one = `(?:${text})`;
  return `(?<texts>${one}(?:\\s*,?\\s+(?:or|and)\\s+${ARTICLES}(?:${QUOTED_NOUN}\\s+)?${one})*)`;
}

const HAVING = String.raw`(?:(?:has|have|had|having|with)\s+)?`;
const WITHIN = String.raw`(?:contain(?:s|ed|ing)?|includ(?:es?|ed|ing))\s+`;
const CONTAINING = String.raw`contain(?:s|ed|ing)?\s+`;
const AT_START = String.raw`(?:start(?:s|ed|ing)?|begin(?:s|ning)?|began)\s+(?:with|by)\s+`;
const AT_END = String.raw`end(?:s|ed|ing)?\s+(?:with|in|by)\s+`;
const OF_NOUN = `(?:${WITHIN}${ARTICLES}|${HAVING}(?:the|an?)\\s+|${HAVING})`;

const ENGLISH_PATTERNS: readonly (readonly [Place, RegExp])[] = [
  ['within', english(`${OF_NOUN}${NOUN}\\s+`, `${QUOTED}|${WORD}`)],
  ['within', english(`${OF_NOUN}${QUOTED_NOUN}\\s+`, QUOTED)],
  ['within', english(`${WITHIN}${ARTICLES}`, QUOTED)],
  // `have "Hotel" in their name`.
  ['within', inside(QUOTED)],
  ['within', english(`${CONTAINING}${ARTICLES}`, WRITTEN)],
  ['start', english(`${AT_START}${ARTICLES}${NOUN}\\s+`, `${QUOTED}|${WORD}`)],
  ['start', english(`${AT_START}${ARTICLES}`, `${QUOTED}|${WRITTEN}`)],
  ['end', english(`${AT_END}${ARTICLES}${NOUN}\\s+`, `${QUOTED}|${WORD}`)],
  ['end', english(`${AT_END}${ARTICLES}`, `${QUOTED}|${WRITTEN}`)],
];

function english(before: string, text: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}])${before}${several(text)}`, 'gu');
}

function inside(text: string): RegExp {
  const where = String.raw`(?=\s+in\s+(?:the|its|their|his|her)\b)`;
  return new RegExp(
    `(?<![\\p{L}\\p{N}])(?:has|have|had|having|with)\\s+${several(text)}${where}`,
    'gu',
  );
}

const HAN_TEXT = String.raw`(?:“[^”]+”|‘[^’]+’|「[^」]+」|"[^"]+"|'[^']+'|[A-Za-z\d]+)`;
const HAN_TEXTS = `(?<texts>${HAN_TEXT}(?:(?:或者?|和|、)${HAN_TEXT})*)`;
const HAN_NOUN = '(?:字母|数字|文字|字符|关键字|关键词)?';
const HAN_BEHIND = '(?:这?[一二两三四]?个?字|字样|的字样)?';

const CHINESE_PATTERNS: readonly (readonly [Place, RegExp])[] = [
  [
    'within',
    new RegExp(`(?<![（(])(?:包含|含有|带有|包括|含|带)${HAN_NOUN}${HAN_TEXTS}${HAN_BEHIND}`, 'gu'),
  ],
  [
    'start',
    new RegExp(`(?:以|用)${HAN_NOUN}${HAN_TEXTS}${HAN_BEHIND}(?:开头|打头|起头|开始)`, 'gu'),
  ],
  ['end', new RegExp(`(?:以|用)${HAN_NOUN}${HAN_TEXTS}${HAN_BEHIND}(?:结尾|收尾|结束)`, 'gu')],
  // 以恒远开头, 300开头, 姓沈的.
  ['start', /(?:以|用)(?<texts>\p{Script=Han}{1,6})(?:开头|打头|起头)/gu],
  ['start', /(?<![\d.])(?<texts>\d{2,6})(?:开头|打头|起头)/gu],
  ['start', /姓(?<texts>(?![名氏什甚啥])\p{Script=Han})(?=的|且|，|。|？|$)/gu],
  ['end', /(?:以|用)(?<texts>\p{Script=Han}{1,6})(?:结尾|收尾)/gu],
  // 名称里含稳健的, 包含稳健字样.
  [
    'within',
    /(?<=[名称](?:中|里|里面)?)(?:包含|含有|带有|含|带)(?<texts>\p{Script=Han}{1,6}?)(?:这?[两二三]个?字|字样)?(?=的|，|。|？|$)/gu,
  ],
  ['within', /(?:包含|含有|带有|含|带)(?<texts>\p{Script=Han}{1,6}?)(?:这?[两二三]个?字|字样)/gu],
];

/** Where a question has such texts; where a bare word is a stored value, of a column that is named before it. */
export function patternPhrases(question: string, values: readonly LinkedValue[]): Phrase[] {
  return [...ENGLISH_PATTERNS, ...CHINESE_PATTERNS].flatMap(([place, pattern]) =>
    [...question.matchAll(pattern)].flatMap(({ 0: said, index, groups }) => {
      const texts = textsOf(groups?.texts ?? '');
      const to = index + said.length;
      const isNamed =
        new RegExp(`\\s${NOUN}\\s`, 'iu').test(said) ||
        /^[以用姓]|头$|^\p{Script=Han}+$/u.test(said);
      const isQuoted = texts.every(({ quoted }) => quoted);
      const isValue = values.some(
        (value) => value.from !== undefined && value.from >= index && value.from < to,
      );
      const isBareName = texts.every(
        ({ text }) => text.length === 1 || /^[\p{Lu}\d]|\./u.test(text),
      );
      if (!isNamed && !isQuoted && (!isBareName || isOfYear(place, said))) return [];
      const meaning: PatternMeaning = {
        kind: 'pattern',
        place: /\sprefix\s/iu.test(said) ? 'start' : /\ssuffix\s/iu.test(said) ? 'end' : place,
        texts: texts.map(({ text }) => text),
        all: /["'”’」\p{L}]\s*(?:and\s|和)/u.test(groups?.texts ?? ''),
        isValue: isValue && !isNamed && !isQuoted,
        cost: 0,
      };
      return [{ from: index, to, meanings: [meaning] }];
    }),
  );
}

/** `leases ending in 2026`: by their last day. */
function isOfYear(place: Place, said: string): boolean {
  return place === 'end' && /\s(?:in|by)\s+(?:19|20)\d\d$/u.test(said);
}

function textsOf(said: string): { readonly text: string; readonly quoted: boolean }[] {
  const joint = new RegExp(
    `^\\s*(?:,?\\s+(?:or|and)\\s+${ARTICLES}(?:${QUOTED_NOUN}\\s+)?|或者?|和|、)`,
    'iu',
  );
  const one = new RegExp(`^(?:${QUOTED}|[^\\s"'“‘「或和、,]+)`, 'u');
  const found: { text: string; quoted: boolean }[] = [];
  for (let rest = said; rest !== ''; ) {
    const [text] = one.exec(rest) ?? [];
    if (text === undefined) return found;
    const quoted = /^["'“‘’「]/u.test(text);
    found.push({ text: quoted ? text.slice(1, -1) : text, quoted });
    rest = rest.slice(text.length).replace(joint, '');
  }
  return found;
}
