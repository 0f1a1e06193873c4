/** What a question states: stored values, days and periods, amounts, percentages, plain numbers. */
import { compactParts } from '../../calibrate/date-forms.ts';
import { readDigits } from '../../retrieval/quantities/digit-numerals.ts';
import { englishNumbers } from '../../retrieval/quantities/english-numbers.ts';
import { readNumeral } from '../../retrieval/quantities/numerals.ts';
import type { Quantity } from '../../retrieval/quantities.ts';
import type { Mentions } from '../../retrieval/retrieve.ts';
import type { LinkedValue } from '../../retrieval/values.ts';
import { hasHan } from '../../retrieval/words.ts';
import type { Meaning, Phrase } from '../model/phrase.ts';
import { patternPhrases } from './text-patterns.ts';

/** What a value costs that the question says in another form. */
const DERIVED_COST = 1;
/** What a year costs that no 年 stands behind in Chinese. */
const BARE_YEAR_COST = 0.5;
/** What a code costs that the question writes as a word. */
const CODE_COST = 3;

/** No part of a word; in Chinese, numbers stand beside words: 前3名. A number of years counts no rows. */
const DIGITS =
  /(?<![\p{N}.]|(?!\p{Script=Han})\p{L})-?\d[\d,]*(?:\.\d+)?(?!\p{N}|(?!\p{Script=Han})\p{L}|\s*个?[年月日季周岁])/gu;

/** Values and quantities where the question has them. */
export function statedPhrases({ question, evidence, quantities }: Mentions): Phrase[] {
  const values = evidence.flatMap((value) => valuePhrase(question, value));
  const stated = quantities
    .flatMap((one) => [one, ...saidAgain(question, one)])
    .map((one) => quantityPhrase(question, one));
  const isStated = (at: number) => stated.some(({ from, to }) => at >= from && at < to);
  const plain = plainNumbers(question).filter(({ from }) => !isStated(from));
  return [
    ...values,
    ...[...stated, ...plain].map((one) => behindSign(question, asMoney(question, one))),
    ...patternPhrases(question, evidence),
  ];
}

/** 低于-2%: in Chinese no word begins with the sign, only with the figure behind it. */
function behindSign(question: string, phrase: Phrase): Phrase {
  const isSigned = question[phrase.from] === '-' && hasHan(question);
  return isSigned ? { ...phrase, from: phrase.from + 1 } : phrase;
}

/** `$500`: an amount, in cents where those are kept. */
function asMoney(question: string, phrase: Phrase): Phrase {
  if (!/[$€£¥]\s?$/.test(question.slice(0, phrase.from))) return phrase;
  const meanings = phrase.meanings.map(
    (one): Meaning =>
      one.kind === 'number' && one.form === 'plain' ? { ...one, form: 'amount' } : one,
  );
  return { ...phrase, meanings };
}

/** 5万以上（含5万）: an amount that is said twice. */
function saidAgain(question: string, quantity: Quantity): Quantity[] {
  const { kind, text, at } = quantity;
  if (kind === 'period') return [];
  const places = [...question.matchAll(/\p{N}[\p{N},.]*|\p{Script=Han}/gu)];
  return places
    .map(({ index }) => index)
    .filter((index) => index > at && question.startsWith(text, index))
    .map((index) => ({ ...quantity, at: index }));
}

function valuePhrase(question: string, found: LinkedValue): Phrase[] {
  const { table, column, value, from, to, similarity } = found;
  if (from === undefined || to === undefined) return [];
  const cost =
    (similarity === 1 ? 0 : DERIVED_COST) +
    (isWordForCode(question.slice(from, to), value) ? CODE_COST : 0);
  return [{ from, to, meanings: [{ kind: 'value', table, column, value, cost }] }];
}

/** A lower-case word is hardly a code that is written in capitals: `runs` for the airline RUN. */
function isWordForCode(said: string, value: string): boolean {
  return /^[A-Z\d]+$/.test(value) && /^[a-z]+$/.test(said);
}

function quantityPhrase(question: string, quantity: Quantity): Phrase {
  const { at, text } = quantity;
  const span = { from: at, to: at + text.length };
  if (quantity.kind !== 'period') {
    const { value, kind } = quantity;
    return { ...span, meanings: [{ kind: 'number', value, form: kind, cost: 0 }] };
  }
  const { from, to } = quantity;
  // `how many loans does he have today`: as it now is, and of no one day.
  if (/^today$/i.test(text) && !OF_TODAY.test(question.slice(0, at))) {
    return { ...span, meanings: [{ kind: 'word', word: 'now', cost: 0 }] };
  }
  if (/^\d{4}$/.test(text) && hasHan(question)) {
    const number = { kind: 'number', value: Number(text), form: 'plain', cost: 0 } as const;
    return { ...span, meanings: [number, { kind: 'period', from, to, cost: BARE_YEAR_COST }] };
  }
  return { ...span, meanings: [{ kind: 'period', from, to, cost: 0 }] };
}

/** `on 20251212`: a day as it is stored. */
function dayOfDigits(text: string): string | undefined {
  const parts = compactParts(text);
  return parts.length === 3 ? parts.join('-') : undefined;
}

/** Before a day on which something is or is done. */
const OF_TODAY =
  /(?:\b(?:due|made|done|dated|before|after|until|since|by|on|for|of|from|than|in|on or before|\w{3,}ed|came|sent|paid|sold|bought)|[:,])\s+$/i;

function plainNumbers(question: string): Phrase[] {
  const digits = [...question.matchAll(DIGITS)].map(({ 0: text, index }): Phrase => {
    const number = text.replace(/,$/, '');
    const day = dayOfDigits(number);
    if (day === undefined) return numberPhrase(index, number, readDigits(number));
    const meaning = { kind: 'period', from: day, to: day, cost: 0 } as const;
    return { from: index, to: index + number.length, meanings: [meaning] };
  });
  const chinese = [...question.matchAll(/[一二两三四五六七八九十百]+/gu)].flatMap(
    ({ 0: text, index }) => {
      const value = readNumeral(text);
      return value === undefined ? [] : numberPhrase(index, text, value);
    },
  );
  const english = [...englishNumbers(question)]
    .filter(({ text, at }) => !/^\d|^an?$/i.test(text) && !isAllOf(question, at))
    .map(({ text, at, value }) => numberPhrase(at, text, value));
  return [...digits, ...chinese, ...english, ...howOften(question)];
}

/** `in all three months`: of all that there are, and no number that a column holds. */
function isAllOf(question: string, at: number): boolean {
  return /\b(?:in|for|over) all (?:the |of the )?$/i.test(question.slice(0, at));
}

/** `more than once`, `at least twice`: of rows. */
function howOften(question: string): Phrase[] {
  return [...question.matchAll(/(?<=\b(?:than|least|exactly|only|most) )(once|twice)\b/gi)].map(
    ({ 0: text, index }) => {
      const value = text.toLowerCase() === 'once' ? 1 : 2;
      const meaning = { kind: 'number', value, form: 'plain', ofRows: true, cost: 0 } as const;
      return { from: index, to: index + text.length, meanings: [meaning] };
    },
  );
}

function numberPhrase(from: number, text: string, value: number): Phrase {
  const to = from + text.length;
  return { from, to, meanings: [{ kind: 'number', value, form: 'plain', cost: 0 }] };
}
