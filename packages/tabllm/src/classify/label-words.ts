/** Words such as NA and ? in the target: they are no labels, unless a class is named so. */
import type { Translated } from '@quaestor/peft';

/** How many cells have each spelling. */
export type LabelWords = Map<string, number>;

/** @param cell without a label */
export function noteLabelWord(words: LabelWords, cell: string): void {
  const word = cell.trim();
  if (word !== '') words.set(word, (words.get(word) ?? 0) + 1);
}

/** What counts as no label, and how it would be a class. @param classes null: the target is a quantity */
export function toldLabelWords(
  words: ReadonlyMap<string, number>,
  target: string,
  classes: readonly string[] | null,
): Translated | null {
  if (words.size === 0) return null;
  const counted = [...words];
  const list: Translated = {
    en: counted.map(([word, count]) => `"${word}" (${count})`).join(', '),
    zh: counted.map(([word, count]) => `“${word}”（${count} 个）`).join('、'),
  };
  const none: Translated = {
    en: `the cells ${list.en} of ${target} count as no label`,
    zh: `列“${target}”中的${list.zh}按没有标签处理`,
  };
  if (classes === null) return none;
  const all = [...new Set([...classes, ...words.keys()])].join(',');
  return {
    en: `${none.en}; where that is a class, name it among the classes: --classes ${all}`,
    zh: `${none.zh}；如果它是一个类别，请在类别中写明：--classes ${all}`,
  };
}

/** What was told as a sentence of its own, behind another one. */
export function asSentence({ en, zh }: Translated): Translated {
  return { en: `${en.charAt(0).toUpperCase()}${en.slice(1)}.`, zh: `${zh}。` };
}
