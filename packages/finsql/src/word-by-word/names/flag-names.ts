/** How people say that a column of yes and no is so: `with receipt`, `in dispute`, 已报销. */
import { hasHan, nameWords } from '../../retrieval/words.ts';
import type { Column } from '../../schema/schema.ts';
import { codesOf, partsOf } from '../columns/comment-parts.ts';
import { flagOf } from '../columns/flag-columns.ts';
import { COST, type Named } from '../columns/name-costs.ts';
import { otherWordsOf, verbForms, wordsOf } from '../columns/name-words.ts';
import { disputedNames } from './denied-flags.ts';
import { translationsOf } from './han-translations.ts';

/** How a column of yes and no is said where it is so; nothing for other columns. */
export function flagNames(column: Column): Named[] {
  const { name, comment } = column;
  if (flagOf(column) === undefined) return [];
  const told = (words: readonly string[]) =>
    words.filter((word, at) => word !== 'flag' && (at > 0 || !/^(?:is|has|was)$/.test(word)));
  const own = told(wordsOf(name));
  return [
    [own.join(' '), COST.full],
    // `no shows`, where `no` is no number.
    [told(nameWords(name)).join(' '), COST.full],
    ...otherWordsOf(name).map((words): Named => [told(words).join(' '), COST.verb]),
    ...translationsOf(own).map((text): Named => [text, COST.translated]),
    ...heldNames(own),
    ...disputedNames(own).map((text): Named => [text, COST.verb]),
    ...(own.length === 1 ? verbForms(own[0] ?? '') : []).map((text): Named => [text, COST.verb]),
    ...partsOf(comment).map(
      (text): Named => [text.replace(/^(?:whether|is|are|是否)\s*/i, ''), COST.full],
    ),
    ...hanFlagNames(column),
  ];
}

/** `receipt` for receipt_attached: rows are with one, or without. */
function heldNames(own: readonly string[]): Named[] {
  const isHeld = /^(?:attached|included|provided|enclosed|available|present)$/.test(
    own.at(-1) ?? '',
  );
  return isHeld && own.length > 1 ? [[own.slice(0, -1).join(' '), COST.verb]] : [];
}

/** 报销 for 已报销, 健康证 for what `1 = 有健康证` explains. */
function hanFlagNames({ name, comment }: Column): Named[] {
  return [name, ...partsOf(comment)]
    .flatMap((text): Named[] => {
      const told = /^(?:1\s*[=:：]?\s*)?(?:已经?|是否|有无|有|是)(\p{Script=Han}{2,})$/u.exec(
        text,
      )?.[1];
      return told === undefined ? [] : [[told, COST.full]];
    })
    .concat(isSaidSo(name, comment) ? [[name, COST.full]] : []);
}

/** 提前终止; of 执业证 that a comment explains to be 有效 or 失效 neither is what is so. */
function isSaidSo(name: string, comment: string): boolean {
  const telling = codesOf(comment).filter(([words]) => !/^[是否有无不没]/u.test(words));
  return hasHan(name) && name.length > 2 && !/^[是有]/u.test(name) && telling.length === 0;
}
