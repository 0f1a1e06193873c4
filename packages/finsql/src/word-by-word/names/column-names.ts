/** How people say a column: by its name, by comment, in other words, in part, by what is done or so. */
import { isNumber } from '../../calibrate/asked-columns.ts';
import { hasHan, nameWords, singular } from '../../retrieval/words.ts';
import type { Column, Table } from '../../schema/schema.ts';
import { calledBy, headsInComment, namesInComment } from '../columns/comment-parts.ts';
import { flagOf } from '../columns/flag-columns.ts';
import {
  amountNouns,
  amountsDone,
  askedByVerbs,
  moneyNames,
  unitless,
} from '../columns/money-names.ts';
import { COST, type Named, type Naming, naming } from '../columns/name-costs.ts';
import {
  isDone,
  otherWordsOf,
  synonymsOf,
  tableWords,
  verbNouns,
  wordsOf,
} from '../columns/name-words.ts';
import { quartersOf } from '../columns/quarter-numbers.ts';
import { holdsDays } from '../columns/schema-columns.ts';
import { soleMoneyOf } from '../columns/sole-money.ts';
import { agentVerbs } from './agent-columns.ts';
import { doneAmounts, incomeNames, isSoleAmount, isTotal, totalNames } from './amount-totals.ts';
import { badGrades } from './bad-grades.ts';
import { codedValues, toldCodes } from './coded-values.ts';
import { signsInComment } from './comment-signs.ts';
import { dayItself } from './day-names.ts';
import { dayNouns, dayVerbs } from './days-by-verbs.ts';
import { deniedFlags } from './denied-flags.ts';
import { flagNames } from './flag-names.ts';
import { flagStates } from './flag-states.ts';
import { doneOn, hanColumnNames, hanKinds, isKindOfThings } from './han-names.ts';
import { partsOfName } from './parts-of-names.ts';
import { pendingNames, unpaidNames } from './pending-states.ts';
import { propertiesOf } from './properties.ts';
import { saidOtherwise } from './said-otherwise.ts';
import { hanStoredNames, storedNames } from './stored-days.ts';

/** What a comment says of a figure and does not call it: `billed, not yet earned`. */
const IS_DONE = /^(?:[a-z]+ed|not .*)$/i;

/** `gain or loss` of `gain_loss`. */
function gainsOrLosses({ name }: Column): string[] {
  const own = wordsOf(name).join(' ');
  return /(?:gain|profit) loss$/.test(own)
    ? ['or', 'and'].map((joint) => own.replace(/ loss$/, ` ${joint} loss`))
    : [];
}

/** @param isKey whether it refers to another table: then it is rarely what is asked for */
export function saidOfColumn(table: Table, column: Column, isKey: boolean): Naming[] {
  const place = { table: table.name, column: column.name };
  const meant = { kind: 'column', ...place } as const;
  const more = (flagOf(column) === undefined ? 0 : COST.part) + (isKey ? COST.key : 0);
  return [
    ...columnNames(table, column, isKey).map(([text, cost]) => {
      const total = isTotal(column, text) ? ({ total: true } as const) : {};
      const ofThings = isKindOfThings(column, text) ? ({ ofThings: true } as const) : {};
      return naming(text, { ...meant, cost: cost + more, ...total, ...ofThings }, cost);
    }),
    ...(isSoleAmount(table, column) ? [naming('金额', { ...meant, cost: COST.translated })] : []),
    ...gainsOrLosses(column).map((text) => naming(text, { ...meant, cost: COST.full })),
    ...(isSolePrice(table, column) ? [naming('价格', { ...meant, cost: COST.synonym })] : []),
    ...dayVerbs(column).map(([text, cost]) =>
      naming(text, { ...meant, done: true, cost: cost + more }),
    ),
    ...(/^population$/i.test(column.name)
      ? ['people', 'inhabitants'].map((text) =>
          naming(text, { ...meant, total: true, cost: COST.verb }),
        )
      : []),
    ...agentVerbs(column).map((text) => naming(text, { ...meant, agent: true, cost: COST.verb })),
    ...doneOn(column).map((text) => naming(text, { ...meant, cost: COST.done, done: true })),
    ...totalNames(table, column).map((text) =>
      naming(text, { ...meant, cost: COST.done, total: true }),
    ),
    ...askedByVerbs(column, wordsOf(column.name)).map((text) =>
      naming(text, { ...meant, cost: COST.verb, total: true }),
    ),
    // `commitments with investor and amount`.
    ...(soleMoneyOf(table) === column
      ? [naming('amount', { ...meant, cost: COST.synonym + COST.asTable })]
      : []),
    ...incomeNames(table, column).map((text) =>
      naming(text, { ...meant, cost: COST.synonym, total: true }),
    ),
    ...doneAmounts(table, column).map((text) =>
      naming(text, { ...meant, cost: COST.done, total: true }),
    ),
    ...flagNames(column).map(([text, cost]) => naming(text, { kind: 'flag', ...place, cost })),
    ...deniedFlags(column).map(([text, value]) =>
      naming(text, { kind: 'value', ...place, value, cost: COST.verb }),
    ),
    ...flagStates(column).map(({ text, isSo, value }) =>
      isSo
        ? naming(text, { kind: 'flag', ...place, cost: COST.verb })
        : naming(text, { kind: 'value', ...place, value, cost: COST.verb }),
    ),
    ...[...pendingNames(column), ...unpaidNames(column)].map(({ text, code, denied }) => {
      const value = { kind: 'value', ...place, value: code, cost: COST.verb } as const;
      return naming(text, denied ? { ...value, denied } : value);
    }),
    ...signsInComment(column).map(({ text, sign }) =>
      naming(text, { kind: 'property', ...place, sign, cost: COST.synonym }),
    ),
    ...propertiesOf(column).map(({ text, sign }) =>
      naming(text, { kind: 'property', ...place, sign, cost: COST.verb }),
    ),
    ...[...storedNames(table, column), ...hanStoredNames(table, column)].map(({ text, ...how }) =>
      naming(text, { kind: 'stored', ...place, ...how, cost: COST.done }),
    ),
    ...badGrades(column).map(({ text, values: [value, ...also] }) =>
      naming(text, { kind: 'value', ...place, value, also, cost: COST.verb }),
    ),
    ...codedValues(column).map(([word, value]) =>
      naming(word, { kind: 'value', ...place, value, cost: COST.verb }),
    ),
    ...toldCodes(column).map(([word, value]) =>
      naming(word, { kind: 'value', ...place, value, cost: COST.synonym }),
    ),
    ...hanKinds(table, column).map(([word, value]) =>
      naming(word, { kind: 'value', ...place, value, cost: COST.done }),
    ),
    ...wholeYears(table, column).map(([text, value]) =>
      naming(text, { kind: 'value', ...place, value, cost: COST.full }),
    ),
  ];
}

/** 购入价: 价格, where the table has no other. */
function isSolePrice({ columns }: Table, column: Column): boolean {
  const isPrice = (one: Column) => isNumber(one) && calledBy(one).some((name) => /价$/u.test(name));
  return isPrice(column) && columns.every((one) => one === column || !isPrice(one));
}

const OF_FIGURES = /^(?:amount|balance|budget|cost|fee|price|profit|revenue|salary|total|value)$/;

function columnNames(table: Table, column: Column, isKey: boolean): Named[] {
  if (hasHan(column.name)) return hanColumnNames(table, column);
  const own = wordsOf(column.name);
  const of = new Set(wordsOf(table.name).map(singular));
  const rest = own.filter((word) => !of.has(singular(word)));
  const bare = rest.length > 0 && rest.length < own.length ? [rest] : [];
  // `balance` is no part of normal_balance, which holds D and C.
  const parts = partsOfName(own, of).filter(
    (part) => column.kind !== 'text' || !OF_FIGURES.test(part.join(' ')),
  );
  return [
    [own.join(' '), COST.full],
    [nameWords(column.name).join(' '), COST.full],
    ...otherWordsOf(column.name).map((words): Named => [words.join(' '), COST.verb]),
    ...namesInComment(column)
      .filter((text) => !(isNumber(column) && IS_DONE.test(text)))
      .map((text): Named => [text, COST.full]),
    ...bare.map((words): Named => [words.join(' '), COST.full]),
    // `branches opened in 2020`, `universities founded before 1850`, `suppliers on hold` name no column.
    ...(holdsDays(column) ||
    (flagOf(column) !== undefined && rest.at(-1) !== 'flag') ||
    isDone(rest.at(-1) ?? '') ||
    rest.at(-1) === 'by'
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
    ...amountNouns(column, own, of).map(
      (text): Named => [text, text.endsWith(' amount') ? COST.verb : COST.synonym],
    ),
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
    ...verbsAsNouns(own),
    ...[own, ...bare].flatMap(synonymsOf).map((text): Named => [text, COST.synonym]),
    ...parts.map((part): Named => [part.join(' '), COST.part]),
    ...parts.flatMap(synonymsOf).map((text): Named => [text, COST.part + COST.synonym]),
    ...numberNames(own),
    ...(isKey || column.primaryKey ? keyNumbers(own) : []),
    ...saidOtherwise([own.join(' '), rest.join(' ')]).map((text): Named => [text, COST.full]),
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

/** `payment terms` for pay_terms_days, `cancellation reason` for cancel_reason. */
function verbsAsNouns([verb = '', ...rest]: readonly string[]): Named[] {
  if (rest.length === 0 || !/^[a-z]{3,}$/.test(verb) || verb.endsWith('ed')) return [];
  const stem = verb.replace(/e$/, '');
  const nouns = [`${verb}ment`, `${stem}ion`, ...(verb.endsWith('l') ? [`${verb}lation`] : [])];
  const isCounted = rest.length > 1 && /^(?:days|months|years|hours)$/.test(rest.at(-1) ?? '');
  const ends = isCounted ? [rest, rest.slice(0, -1)] : [rest];
  return nouns.flatMap((noun) => ends.map((end): Named => [[noun, ...end].join(' '), COST.verb]));
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

/** `full year` for the code that stands for it among those of quarters. */
function wholeYears(table: Table, { name }: Column): (readonly [text: string, code: string])[] {
  const { column, whole } = quartersOf(table) ?? {};
  if (column !== name || whole === undefined) return [];
  return ['full year', 'whole year', 'entire year', 'annual', '全年', '整年'].map((text) => [
    text,
    whole,
  ]);
}
