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

/** Words for a label that is not known yet, by letters alone. */
const FOR_NONE = new Set([
  ...['unknown', 'unlabelled', 'unlabeled', 'unclassified', 'na', 'tbd', 'tba', 'tbc', 'todo'],
  ...['pending', 'blank', 'notyet', 'tobedone', 'notlabelled', 'notlabeled'],
  ...['unbekannt', 'ausstehend', '未知', '待定', '未标注', '待标注'],
]);

/** Classes that are most likely none, beside two others. @param named classes that were given */
export function wordsForNone(
  labels: readonly string[],
  target: string,
  named: readonly string[] = [],
): Translated[] {
  const counts: LabelWords = new Map();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  const found = [...counts].filter(
    ([label]) =>
      !named.includes(label) && FOR_NONE.has(label.toLowerCase().replace(/[^\p{L}]/gu, '')),
  );
  if (found.length === 0 || counts.size - found.length < 2) return [];
  return [
    {
      en: `the cells ${found.map(([word, count]) => `"${word}" (${count})`).join(', ')} of ${target} are learned from as classes; where that means that there is no label yet, empty these cells`,
      zh: `列“${target}”中的${found.map(([word, count]) => `“${word}”（${count} 个）`).join('、')}按类别学习；如果表示还没有标签，请清空这些单元格`,
    },
  ];
}

/** What was told as a sentence of its own, behind another one. */
export function asSentence({ en, zh }: Translated): Translated {
  return { en: `${en.charAt(0).toUpperCase()}${en.slice(1)}.`, zh: `${zh}。` };
}
