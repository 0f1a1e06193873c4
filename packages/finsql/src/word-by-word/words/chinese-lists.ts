/** Of the Chinese words that ask for something, those that ask for rows alone, and those that ask for a figure as well. */
import type { Vocabulary } from './word.ts';

/** 查一下2024年放款金额, 统计, 汇总: 列出 and 显示 want rows. */
const OF_FIGURES = /[查算求]|统计|汇总/u;

/** The vocabulary, in which words that may ask for a figure say so. */
export function listsWithFigures(vocabulary: Vocabulary): Vocabulary {
  return vocabulary.flatMap(([texts, word, cost]): Vocabulary => {
    if (word.word !== 'list' || word.last !== undefined) return [[texts, word, cost]];
    const all = texts.split('|').map((text) => text.trim());
    const figures = all.filter((text) => OF_FIGURES.test(text));
    const rows = all.filter((text) => !OF_FIGURES.test(text));
    return [
      ...(rows.length > 0 ? [[rows.join('|'), word, cost] as const] : []),
      ...(figures.length > 0
        ? [[figures.join('|'), { ...word, figures: true }, cost] as const]
        : []),
    ];
  });
}
