/**
 * Numbers in Chinese, with or without digits: 三亿五千万, 1亿2000万, 1.5亿, 一点五亿, 两万五, 一千零五, 百亿.
 *
 *   number(亿) := number(万)? 亿 rest?     and so for 万, 千, 百, 十; at the end of the row a digit
 *              |  number(万) 点 digits 亿
 *   rest       := 零? a number below the unit | a digit of the unit below it (两万五, 一百五)
 */
import { DIGIT_NUMERAL, readDigits, scaled } from './digit-numerals.ts';

const DIGITS: ReadonlyMap<string, number> = new Map([
  ...[...'零一二三四五六七八九'].map((digit, value) => [digit, value] as const),
  ['〇', 0],
  ['两', 2],
]);
const UNITS: readonly (readonly [string, number])[] = [
  ['亿', 1e8],
  ['万', 1e4],
  ['千', 1000],
  ['百', 100],
  ['十', 10],
];

/** Numbers without 万 and 亿, as a regular expression. */
export const CHINESE_NUMERAL = '[零〇一二两三四五六七八九十百千]+';
/** The same, perhaps with decimals: 十二点五. */
export const CHINESE_DECIMAL = `${CHINESE_NUMERAL}(?:点[零〇一二三四五六七八九]+)?`;

const ARABIC = new RegExp(`(?:${DIGIT_NUMERAL})`, 'y');
const HAN_DIGITS = /[零〇一二两三四五六七八九]+/y;
const DECIMALS = /点([零〇一二三四五六七八九]+|\d+)/y;
const START =
  /(?<![\d.零〇一二两三四五六七八九第几])(?:\d|[一二两三四五六七八九十百千万亿]|零(?=点))/gu;
/** What may stand behind a digit that counts the unit below: 两万五的, and not 两亿五粮液, 两亿三季度. */
const BEHIND_SHORT =
  /^(?:$|[万亿元块人股份户名位吨手张的多余以左之及和或与到至]|(?![%％])[\s\p{P}\p{S}])/u;
/** What a lone 万 or 亿 is an amount beside: 过亿, 亿元以上; and not 万科, 多少亿元. */
const BEFORE_LONE = /[过超上逾破达近满足于到]$/u;
const BEHIND_LONE = /^元?(?:以上|以下|以内|级)/u;
/** 几十亿以上, 20多亿元以上: so many, and nobody knows how many. */
const UNKNOWN = /[几数多余十百千个]$/u;
/** Thousands behind 万: 3万5000元, and not 3万2024年. */
const THOUSANDS = /^[1-9]\d{3}(?![\d年/.千百万亿-])/u;

export interface ChineseNumber {
  readonly text: string;
  readonly at: number;
  readonly value: number;
}

interface Parsed {
  readonly value: number;
  readonly end: number;
  /** Without a unit: one Chinese digit, or another number. */
  readonly bare?: 'one' | 'several';
}

/** The amounts of a text, in its order: numbers with 万 or 亿, and digits with 百 or 千. */
export function chineseAmounts(text: string): ChineseNumber[] {
  const found: ChineseNumber[] = [];
  let next = 0;
  for (const { index: at } of text.matchAll(START)) {
    if (at < next) continue;
    const parsed = parse(text, at);
    if (parsed === undefined) continue;
    next = parsed.end;
    const written = text.slice(at, parsed.end);
    const behind = text.slice(parsed.end);
    if (!/[万亿]|\d ?[百千]/u.test(written) || behind.startsWith('分')) continue;
    if (/^[万亿]$/u.test(written) && !isLoneAmount(text.slice(0, at), behind)) continue;
    found.push({ text: written, at, value: parsed.value });
  }
  return found;
}

/** The number that the whole text writes; undefined when it writes none. */
export function readChinese(text: string): number | undefined {
  const parsed = parse(text, 0);
  const decimal = parsed && withDecimals(text, parsed);
  return [parsed, decimal].find((number) => number?.end === text.length)?.value;
}

function isLoneAmount(before: string, behind: string): boolean {
  return BEFORE_LONE.test(before) || (BEHIND_LONE.test(behind) && !UNKNOWN.test(before));
}

/** The longest number that begins there, below the unit before `level`. */
function parse(text: string, at: number, level = 0): Parsed | undefined {
  const unit = UNITS[level];
  if (unit === undefined) return parseDigits(text, at);
  const [sign, size] = unit;
  const whole = parse(text, at, level + 1);
  const decimal = whole && withDecimals(text, whole);
  const head = decimal !== undefined && text[decimal.end] === sign ? decimal : whole;
  const place = head === undefined ? at : behindSpace(text, head.end);
  if (text[place] !== sign) return head;
  const value = scaled(head?.value ?? 1, size);
  const end = place + 1;
  // 万科三季度, 1.5亿: nothing more belongs to it.
  if (head === undefined ? level < 2 : !Number.isInteger(head.value)) return { value, end };
  const rest = parseRest(text, end, level);
  return rest === undefined ? { value, end } : { value: value + rest.value, end: rest.end };
}

/** The number with the digits behind 点, where there are any. */
function withDecimals(text: string, { value, end }: Parsed): Parsed | undefined {
  if (!Number.isInteger(value)) return undefined;
  DECIMALS.lastIndex = end;
  const [all = '', places = ''] = DECIMALS.exec(text) ?? [];
  if (all === '') return undefined;
  const digits = [...places].map((digit) => DIGITS.get(digit) ?? digit).join('');
  return { value: Number(`${value}.${digits}`), end: end + all.length };
}

/** What is counted in units below that of the level, behind it. */
function parseRest(text: string, from: number, level: number): Parsed | undefined {
  const [sign = '', size = 1] = UNITS[level] ?? [];
  const zero = /[零〇]/.test(text[from] ?? '');
  const at = zero ? from + 1 : behindSpace(text, from);
  const rest = parse(text, at, level + 1);
  if (rest === undefined || rest.value >= size || rest.value === 0) return undefined;
  const written = text.slice(at, rest.end);
  if (rest.bare === 'several') {
    return sign === '万' && at === from && THOUSANDS.test(text.slice(at)) ? rest : undefined;
  }
  if (zero) return rest;
  if (rest.bare === 'one') {
    if (sign === '十') return rest;
    const short = at === from && BEHIND_SHORT.test(text.slice(rest.end));
    return short ? { value: (rest.value * size) / 10, end: rest.end } : undefined;
  }
  // 两亿十大股东, 三亿百度; but 一百十五.
  const starts = /^[十百千万]/u.test(written);
  return starts && !(sign === '百' && written.startsWith('十')) ? undefined : rest;
}

/** One digit, a number in Arabic numerals, or digits one after the other: 二〇二四; but not 五六, which is about six. */
function parseDigits(text: string, at: number): Parsed | undefined {
  ARABIC.lastIndex = at;
  const [arabic] = ARABIC.exec(text) ?? [];
  if (arabic !== undefined) {
    return { value: readDigits(arabic), end: at + arabic.length, bare: 'several' };
  }
  HAN_DIGITS.lastIndex = at;
  const [run] = HAN_DIGITS.exec(text) ?? [];
  if (run === undefined) return undefined;
  const digits = [...run].map((digit) => DIGITS.get(digit) ?? 0);
  const end = at + digits.length;
  if (digits.length === 1) return { value: digits[0] ?? 0, end, bare: 'one' };
  const positional = digits.length > 2 || digits.includes(0);
  return positional ? { value: Number(digits.join('')), end, bare: 'several' } : undefined;
}

function behindSpace(text: string, at: number): number {
  return text[at] === ' ' ? at + 1 : at;
}
