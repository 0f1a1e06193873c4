/** Of the Chinese words that ask for something, those that ask for rows alone, and those that ask for a figure as well. */
import type { Vocabulary, Word } from './word.ts';

/** 查一下2024年放款金额, 统计, 汇总: 列出 and 显示 want rows. */
const OF_FIGURES = /[查算求]|统计|汇总/u;

/** The vocabulary, in which words that may ask for a figure say so. */
export function listsWithFigures(vocabulary: Vocabulary): Vocabulary {
  return vocabulary.flatMap((entry): Vocabulary => {
    const [texts, word, cost = 0] = entry;
    if (word.word !== 'list' || word.last !== undefined) return [entry];
    const all = texts.split('|').map((text) => text.trim());
    const told = (some: readonly string[], as: Word): Vocabulary =>
      some.length > 0 ? [[some.join('|'), as, cost]] : [];
    return [
      ...told(
        all.filter((text) => !OF_FIGURES.test(text)),
        word,
      ),
      ...told(
        all.filter((text) => OF_FIGURES.test(text)),
        { ...word, figures: true },
      ),
    ];
  });
}
