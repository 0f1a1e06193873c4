/** Numbers in words, English and Chinese: `twenty-five`, `two hundred`, 两千, 十五, 一百零三. */

const ENGLISH: ReadonlyMap<string, number> = new Map(
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'
    .split(' ')
    .map((word, value) => [word, value] as const)
    .concat(
      'twenty thirty forty fifty sixty seventy eighty ninety'
        .split(' ')
        .map((word, tens) => [word, 10 * (tens + 2)] as const),
    ),
);
const DIGITS: ReadonlyMap<string, number> = new Map([
  ...[...'零一二三四五六七八九'].map((digit, value) => [digit, value] as const),
  ['〇', 0],
  ['两', 2],
]);
const STEPS: ReadonlyMap<string, number> = new Map([
  ['十', 10],
  ['百', 100],
  ['千', 1000],
]);

/** Sources of regular expressions. */
export const ENGLISH_NUMERAL: string = `(?:(?:a|${[...ENGLISH.keys()].join('|')})(?:[ -](?:${[...ENGLISH.keys()].join('|')}))?(?: hundred)?)`;
export const CHINESE_NUMERAL = '[零〇一二两三四五六七八九十百千]+';
export const DIGIT_NUMERAL = '\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?|\\d+(?:\\.\\d+)?';

/** The number that a numeral writes; undefined when it writes none. */
export function readNumeral(text: string): number | undefined {
  const trimmed = text.trim().toLowerCase();
  if (/^[\d,.]+$/.test(trimmed)) {
    const value = Number(trimmed.replaceAll(',', ''));
    return Number.isFinite(value) ? value : undefined;
  }
  return /^[a-z]/.test(trimmed) ? readEnglish(trimmed) : readChinese(trimmed);
}

function readEnglish(text: string): number | undefined {
  let sum = 0;
  for (const word of text.split(/[ -]+/)) {
    if (word === 'hundred') sum = Math.max(1, sum) * 100;
    else if (word === 'a') sum = 1;
    else {
      const value = ENGLISH.get(word);
      if (value === undefined) return undefined;
      sum += value;
    }
  }
  return sum;
}

function readChinese(text: string): number | undefined {
  const characters = [...text];
  // 二〇二〇: digits one after the other.
  if (characters.length > 1 && characters.every((character) => DIGITS.has(character))) {
    return Number(characters.map((character) => DIGITS.get(character)).join(''));
  }
  let sum = 0;
  let digit: number | undefined;
  for (const character of characters) {
    const step = STEPS.get(character);
    if (step !== undefined) {
      sum += (digit ?? 1) * step;
      digit = undefined;
    } else if (DIGITS.has(character)) digit = DIGITS.get(character);
    else return undefined;
  }
  return sum + (digit ?? 0);
}
