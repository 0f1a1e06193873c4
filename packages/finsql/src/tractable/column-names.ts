/** How people say a column: by its name, by comment, in other words, in part, by what is done or so. */
import { isNumber } from '../calibrate/asked-columns.ts';
import { hasHan, nameWords, singular, words } from '../retrieval/words.ts';
import type { Column, Table } from '../schema/schema.ts';
import { agentVerbs } from './agent-columns.ts';
import { doneAmounts, incomeNames, isSoleAmount, isTotal, totalNames } from './amount-totals.ts';
import { codedValues, toldCodes } from './coded-values.ts';
import { calledBy, codesOf, headsInComment, namesInComment, partsOf } from './comment-parts.ts';
import { signsInComment } from './comment-signs.ts';
import { DAYS, dayItself } from './day-names.ts';
import { deniedFlags, disputedNames } from './denied-flags.ts';
import { flagOf } from './flag-columns.ts';
import { doneOn, hanColumnNames, hanKinds, isKindOfThings } from './han-names.ts';
import { translationsOf } from './han-translations.ts';
import { amountsDone, moneyNames, unitless } from './money-names.ts';
import { COST, type Named, type Said, said } from './name-costs.ts';
import {
  isDone,
  OF_DAY,
  otherWordsOf,
  synonymsOf,
  tableWords,
  verbForms,
  verbNouns,
  wordsOf,
} from './name-words.ts';
import { propertiesOf } from './properties.ts';
import { quartersOf } from './quarter-numbers.ts';
import { holdsDays, holdsYears } from './schema-columns.ts';
import { hanStoredNames, storedNames } from './stored-days.ts';
import { phraseKey } from './units.ts';

/** How people say that something is due on a day. */
const DUE = ['due', 'falling due', 'fall due', 'falls due', 'fell due', 'coming due', 'came due'];

/** Words of names that tell nothing by themselves. */
const TELL_NOTHING = new Set(
  'id name code number count no date the of key type value total tbl dim fact t is has flag'
    .split(' ')
    .map(singular),
);

/** What is said otherwise as a whole: the parts of a person's name, the day of birth. */
const SAID_OTHERWISE = [
  ['birth date', 'birthday', 'date of birth'],
  ['date of birth', 'birthday', 'birth date'],
  ['first name', 'given name', 'forename'],
  ['last name', 'family name', 'surname'],
  ['surname', 'last name', 'family name'],
  ['paid amount', 'payout', 'amount paid out'],
  ['payout amount', 'payout'],
  ['phone', 'contact number'],
  ['phone number', 'contact number'],
  ['mobile', 'mobile phone', 'cell phone'],
  ['postcode', 'zip code', 'postal code'],
  ['zip code', 'postcode', 'postal code'],
  ['zip', 'zip code', 'postcode', 'postal code'],
  ['postal code', 'postcode', 'zip code'],
  ['user name', 'username', 'login'],
  ['headcount', 'number of employees', 'number of staff'],
  ['employees', 'number of employees'],
  ['headquarters', 'head office', 'main office'],
  ['country', 'country of origin', 'home country'],
  ['price', 'priced', 'priced at', 'costing'],
  ['occupation', 'do for a living', 'profession'],
  ['profession', 'do for a living', 'occupation'],
  ['close', 'closing price'],
  ['close usd', 'closing price'],
  ['close price', 'closing price'],
  ['days past due', 'days late', 'days overdue', 'days in arrears'],
  ['late days', 'days late', 'days overdue'],
  ['days late', 'days overdue', 'days past due'],
  ['method', 'way of paying', 'way of payment', 'payment method', 'means of payment'],
  ['payment method', 'way of paying', 'way of payment', 'means of payment'],
  ['pay method', 'way of paying', 'way of payment', 'payment method'],
  ['pays by', 'way of paying', 'way of payment', 'payment method'],
  ['means', 'way of paying', 'way of payment', 'payment method'],
  ['directed by', 'director'],
  ['written by', 'writer', 'author'],
  ['produced by', 'producer'],
  ['taught by', 'teacher'],
  ['managed by', 'manager'],
  ['created by', 'creator'],
  ['published by', 'publisher'],
  ['owned by', 'owner'],
  ['approved by', 'approver'],
  ['reviewed by', 'reviewer'],
] as const;

/** Last words of names without which the rest names something else. */
const HEADS = /^(?:fee|rate|limit|premium|since|until|tier)$/;
/** What rates are of, and what is said for them. */
const RATED =
  /^(?:fee|interest|tax|vat|commission|comm|discount|margin|coupon|levy|cost|yield|return|growth|inflation|turnover|overhead)$/;

/** What a comment says of a figure and does not call it: `billed, not yet earned`. */
const IS_DONE = /^(?:[a-z]+ed|not .*)$/i;

/** @param isKey whether it refers to another table: then it is rarely what is asked for */
export function saidOfColumn(table: Table, column: Column, isKey: boolean): Said[] {
  const place = { table: table.name, column: column.name };
  const meant = { kind: 'column', ...place } as const;
  const more = (flagOf(column) === undefined ? 0 : COST.part) + (isKey ? COST.key : 0);
  return [
    ...columnNames(table, column, isKey).map(([text, cost]) => {
      const total = isTotal(column, text) ? ({ total: true } as const) : {};
      const ofThings = isKindOfThings(column, text) ? ({ ofThings: true } as const) : {};
      return said(text, { ...meant, cost: cost + more, ...total, ...ofThings }, cost);
    }),
    ...(isSoleAmount(table, column) ? [said('金额', { ...meant, cost: COST.translated })] : []),
    ...(isSolePrice(table, column) ? [said('价格', { ...meant, cost: COST.synonym })] : []),
    ...dayVerbs(column).map(([text, cost]) =>
      said(text, { ...meant, done: true, cost: cost + more }),
    ),
    ...(/^population$/i.test(column.name)
      ? ['people', 'inhabitants'].map((text) =>
          said(text, { ...meant, total: true, cost: COST.verb }),
        )
      : []),
    ...agentVerbs(column).map((text) => said(text, { ...meant, agent: true, cost: COST.verb })),
    ...doneOn(column).map((text) => said(text, { ...meant, cost: COST.done, done: true })),
    ...totalNames(table, column).map((text) =>
      said(text, { ...meant, cost: COST.done, total: true }),
    ),
    ...incomeNames(table, column).map((text) =>
      said(text, { ...meant, cost: COST.synonym, total: true }),
    ),
    ...doneAmounts(table, column).map((text) =>
      said(text, { ...meant, cost: COST.done, total: true }),
    ),
    ...flagNames(column).map(([text, cost]) => said(text, { kind: 'flag', ...place, cost })),
    ...deniedFlags(column).map(([text, value]) =>
      said(text, { kind: 'value', ...place, value, cost: COST.verb }),
    ),
    ...signsInComment(column).map(({ text, sign }) =>
      said(text, { kind: 'property', ...place, sign, cost: COST.synonym }),
    ),
    ...propertiesOf(column).map(({ text, sign }) =>
      said(text, { kind: 'property', ...place, sign, cost: COST.verb }),
    ),
    ...[...storedNames(table, column), ...hanStoredNames(table, column)].map(({ text, not }) =>
      said(text, { kind: 'stored', ...place, not, cost: COST.done }),
    ),
    ...codedValues(column).map(([word, value]) =>
      said(word, { kind: 'value', ...place, value, cost: COST.verb }),
    ),
    ...toldCodes(column).map(([word, value]) =>
      said(word, { kind: 'value', ...place, value, cost: COST.synonym }),
    ),
    ...hanKinds(column).map(([word, value]) =>
      said(word, { kind: 'value', ...place, value, cost: COST.done }),
    ),
    ...wholeYears(table, column).map(([text, value]) =>
      said(text, { kind: 'value', ...place, value, cost: COST.full }),
    ),
  ];
}

/** 购入价: 价格, where the table has no other. */
function isSolePrice({ columns }: Table, column: Column): boolean {
  const prices = columns.filter(
    (one) => isNumber(one) && calledBy(one).some((name) => /价$/u.test(name)),
  );
  return prices.length === 1 && prices[0] === column;
}

function columnNames(table: Table, column: Column, isKey: boolean): Named[] {
  if (hasHan(column.name)) return hanColumnNames(table, column);
  const own = wordsOf(column.name);
  const of = new Set(wordsOf(table.name).map(singular));
  const rest = own.filter((word) => !of.has(singular(word)));
  const bare = rest.length > 0 && rest.length < own.length ? [rest] : [];
  const telling = own.filter(
    (word) =>
      !TELL_NOTHING.has(singular(word)) &&
      !of.has(singular(word)) &&
      word.length > 2 &&
      !/^(?:per|for|and|with)$/.test(word),
  );
  const parts: string[][] = [];
  // net_profit_margin: margin, profit margin, net profit.
  for (let size = 1; size < own.length; size++) {
    for (let at = 0; at + size <= own.length; at++) {
      const part = own.slice(at, at + size);
      const isOfMore = [part[0], part.at(-1)].some((word) => word === 'of' || word === 'in');
      // A withdrawal is no withdrawal fee, and clients are no day since which they are such.
      const isHeadless =
        at + size < own.length &&
        HEADS.test(own.at(-1) ?? '') &&
        !(own.at(-1) === 'rate' && RATED.test(part.at(-1) ?? ''));
      if (!isOfMore && !isHeadless && part.some((word) => telling.includes(word))) parts.push(part);
    }
  }
  return [
    [own.join(' '), COST.full],
    [nameWords(column.name).join(' '), COST.full],
    ...otherWordsOf(column.name).map((words): Named => [words.join(' '), COST.verb]),
    ...namesInComment(column)
      .filter((text) => !(isNumber(column) && IS_DONE.test(text)))
      .map((text): Named => [text, COST.full]),
    ...bare.map((words): Named => [words.join(' '), COST.full]),
    // `branches opened in 2020`, `universities founded before 1850` name no column.
    ...(holdsDays(column) || isDone(rest.at(-1) ?? '') || rest.at(-1) === 'by'
      ? []
      : [[[...wordsOf(table.name).map(singular), ...rest].join(' '), COST.full] as const]),
    // `invoice value` for the amount of invoices.
    ...(isNumber(column) && /^(?:amount|value)$/.test(rest.join(' '))
      ? ['amount', 'value'].map(
          (noun): Named => [
            `${tableWords(table.name).map(singular).join(' ')} ${noun}`,
            COST.synonym,
          ],
        )
      : []),
    ...amountsDone(column, own).map((text): Named => [text, COST.full]),
    ...unitless(column, own).map((text): Named => [text, COST.verb]),
    ...moneyNames(column, own).map((text): Named => [text, COST.synonym]),
    ...headsInComment(column).map((text): Named => [text, COST.verb]),
    ...(own.length === 2 && own[0] !== 'per'
      ? [[own.toReversed().join(' '), COST.full] as const]
      : []),
    ...(own.length === 2 && /^(?:type|category|kind|class|status)$/.test(own[1] ?? '')
      ? [[own.toReversed().join(' of '), COST.full] as const]
      : []),
    ...(own.length === 2 && own[1] === 'count'
      ? [[`number of ${own[0]}`, COST.full] as const]
      : []),
    ...dayNouns(column),
    ...dayItself(column).map((text): Named => [text, COST.verb]),
    ...reasonNames(own),
    ...[own, ...bare].flatMap(synonymsOf).map((text): Named => [text, COST.synonym]),
    ...parts.map((part): Named => [part.join(' '), COST.part]),
    ...parts.flatMap(synonymsOf).map((text): Named => [text, COST.part + COST.synonym]),
    ...numberNames(own),
    ...(isKey || column.primaryKey ? keyNumbers(own) : []),
    ...SAID_OTHERWISE.filter(([name]) => name === own.join(' ') || name === rest.join(' ')).flatMap(
      ([, ...others]) => others.map((text): Named => [text, COST.full]),
    ),
    ...hanColumnNames(table, column),
  ];
}

/** `phone numbers` for phone, `home phone`; `email address`. */
function numberNames(own: readonly string[]): Named[] {
  if (/^(?:email|mail)$/.test(own.at(-1) ?? '')) {
    return ['address', 'id'].flatMap((noun): Named[] => [
      [`${own.join(' ')} ${noun}`, COST.full],
      ...(own.length === 1 ? [[`e mail ${noun}`, COST.full] as const] : []),
    ]);
  }
  if (!/^(?:phone|telephone|mobile|fax|cell)$/.test(own.at(-1) ?? '')) return [];
  return [
    [`${own.join(' ')} number`, COST.full],
    [`${own.at(-1)} number`, own.length === 1 ? COST.full : COST.part],
  ];
}

/** `reason for cancelling` for cancel_reason. */
function reasonNames(own: readonly string[]): Named[] {
  const [verb, reason, ...more] = own;
  if (verb === undefined || reason !== 'reason' || more.length > 0) return [];
  return [verb, ...verbNouns(verb)].map((text): Named => [`reason for ${text}`, COST.verb]);
}

/** `department number` for department_id. */
function keyNumbers(own: readonly string[]): Named[] {
  if (own.length < 2 || !/^(?:id|code|number)$/.test(own.at(-1) ?? '')) return [];
  return [[[...own.slice(0, -1), 'number'].join(' '), COST.synonym]];
}

/** `hired` for hire_date, `signed up` for signup_date, `granted` for what a comment calls `date granted`. */
function dayVerbs(column: Column): Named[] {
  const isYear = holdsYears(column);
  if (!holdsDays(column) && !isYear) return [];
  const said = namesInComment(column).filter((text) =>
    /^(?:date|day) \w+ed$|^\w+ed on$/i.test(text),
  );
  return [wordsOf(column.name), ...said.map(words)].flatMap((own) => {
    const [verb, ...more] = own.filter(
      (word) => word !== 'of' && !(isYear ? /^year$/ : OF_DAY).test(word),
    );
    if (verb === undefined || more.length > 0) return [];
    if (verb === 'due') return DUE.map((text): Named => [text, COST.verb]);
    // The noun itself is no verb of it: `orders` are not their order_date.
    return [...verbForms(verb), ...verbNouns(verb)]
      .filter((text) => (phraseKey(text) !== phraseKey(verb) || isDone(verb)) && !DAYS.has(text))
      .map((text): Named => [text, COST.verb]);
  });
}

/** `delivery date` for delivered_on, `opening year` for open_year. */
function dayNouns(column: Column): Named[] {
  const isYear = holdsYears(column);
  const [verb, ...more] = wordsOf(column.name).filter(
    (word) => !(isYear ? /^year$/ : OF_DAY).test(word),
  );
  if ((!holdsDays(column) && !isYear) || verb === undefined || more.length > 0) return [];
  const nouns = isYear ? ['year'] : ['date', 'day'];
  const verbs = [...verbNouns(verb), ...(isYear ? verbForms(verb) : [])];
  return nouns.flatMap((noun): Named[] => [
    ...(isYear ? [] : [[`${verb} ${noun}`, COST.full] as const]),
    ...verbs.flatMap((text): Named[] => [
      [`${text} ${noun}`, COST.verb],
      [`${noun} of ${text}`, COST.verb],
    ]),
    // `date raised`, `the day they joined`.
    ...verbForms(verb).flatMap((text): Named[] =>
      ['', 'they were ', 'they '].map((who) => [`${noun} ${who}${text}`, COST.verb]),
    ),
  ]);
}

/** `full year` for the code that stands for it among those of quarters. */
function wholeYears(table: Table, { name }: Column): (readonly [text: string, code: string])[] {
  const { column, whole } = quartersOf(table) ?? {};
  if (column !== name || whole === undefined) return [];
  return ['full year', 'whole year', 'entire year', 'annual', '全年', '整年'].map((text) => [
    text,
    whole,
  ]);
}

function flagNames(column: Column): Named[] {
  const { name, comment } = column;
  if (flagOf(column) === undefined) return [];
  const told = (words: readonly string[]) =>
    words.filter((word, at) => word !== 'flag' && (at > 0 || !/^(?:is|has|was)$/.test(word)));
  const own = told(wordsOf(name));
  return [
    [own.join(' '), COST.full],
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

/** 提前终止; of 执业证 that a comment explains to be 有效 or 失效 neither is what is so. */
function isSaidSo(name: string, comment: string): boolean {
  const telling = codesOf(comment).filter(([words]) => !/^[是否有无不没]/u.test(words));
  return hasHan(name) && name.length > 2 && !/^[是有]/u.test(name) && telling.length === 0;
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
