/** Numbers in digits and in words, English and Chinese, by themselves: `1,250`, `twenty-five`, 两千, 一百五. */
import { readChinese } from './chinese-numbers.ts';
import { readDigits } from './digit-numerals.ts';
import { readEnglish } from './english-numbers.ts';

/** Sources of regular expressions. */
export { CHINESE_DECIMAL, CHINESE_NUMERAL } from './chinese-numbers.ts';
export { DIGIT_NUMERAL } from './digit-numerals.ts';
export { ENGLISH_NUMERAL } from './english-numbers.ts';

/** The number that a numeral writes; undefined when it writes none. */
export function readNumeral(text: string): number | undefined {
  const trimmed = text.trim().toLowerCase();
  if (/^[\d,.]+$/.test(trimmed)) {
    const value = readDigits(trimmed);
    return Number.isFinite(value) ? value : undefined;
  }
  return /^[a-z]/.test(trimmed) ? readEnglish(trimmed) : readChinese(trimmed);
}
