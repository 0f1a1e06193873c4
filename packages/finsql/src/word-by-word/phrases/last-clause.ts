/** What a question lists at its end as what is to be shown: `Loans in default: number, borrower and balance`. */
import { isWord, type Meaning, type Phrase } from '../model/phrase.ts';
import { isToldBehindName } from './told-figures.ts';

const STOP = /[.?!:;。？！：；(（]|[-–—]\s/u;

/** Names that tell nothing but of the rows that are asked for. */
const OWN = {
  number: /^(?:number|no)s?$/i,
  key: /^(?:id|code)s?$/i,
  day: /^(?:date|day)s?$/i,
} as const;

/** The phrases, with the last clause marked as a list where it names nothing but columns and tables. */
export function withLastClause(phrases: readonly Phrase[], question: string): Phrase[] {
  const isStop = (one: Phrase, at: number) =>
    at > 0 && !isToldBehindName(one) && STOP.test(question.slice(phrases[at - 1]?.to, one.from));
  const first = phrases.findLastIndex(isStop);
  const isBehindColon =
    first > 0 && /:/.test(question.slice(phrases[first - 1]?.to, phrases[first]?.from));
  const areTables = isBehindColon && namesTables(phrases.slice(first));
  if (first > 0 && (areTables || namesColumns(phrases.slice(first), question))) {
    return listed(phrases, first, question, false);
  }
  const comma = /\p{Script=Han}/u.test(question) ? -1 : listBehindComma(phrases, question);
  return comma > 0 ? listed(phrases, comma, question, true) : [...phrases];
}

function listed(
  phrases: readonly Phrase[],
  first: number,
  question: string,
  isBeside: boolean,
): Phrase[] {
  const before = phrases.slice(0, first);
  const clause = phrases.slice(first);
  const at = clause[0]?.from ?? 0;
  const isHan = /\p{Script=Han}/u.test(question);
  const word: Meaning = isHan
    ? { kind: 'word', word: 'list', cost: 0 }
    : { kind: 'word', word: 'list', last: isBeside ? 'beside' : 'all', cost: 0 };
  const list: Phrase = { from: at, to: at, meanings: [word] };
  const rest = isHan || !endsWithEach(clause) ? clause : clause.slice(0, -2);
  const own = before.flatMap(({ meanings }) => meanings.filter(isTable))[0]?.table;
  return [
    ...before,
    list,
    ...(isHan
      ? clause.map((one, index) => tableListed(one, clause[index + 1]))
      : rest.map((one, index) =>
          inList(one, own, isAlone(rest, index) ? question.slice(one.from, one.to) : ''),
        )),
  ];
}

/** ：投资者、基金、金额: what stands by itself in a list is shown by its name. */
function tableListed(phrase: Phrase, next: Phrase | undefined): Phrase {
  const isAlone = next === undefined || next.meanings.some((one) => isWord(one, 'and'));
  if (!isAlone) return phrase;
  const meanings = phrase.meanings.map(
    (one): Meaning => (isTable(one) && !one.done ? { ...one, listed: true } : one),
  );
  return { ...phrase, meanings };
}

/** `number and amount of each`. */
function endsWithEach(clause: readonly Phrase[]): boolean {
  const [of, each] = clause.slice(-2);
  const isOf = of?.meanings.some((one) => isWord(one, 'preposition')) ?? false;
  return isOf && (each?.meanings.some((one) => isWord(one, 'each')) ?? false);
}

/** `in Berlin, name and city`: behind what rows are held to, two or more at least. */
function listBehindComma(phrases: readonly Phrase[], question: string): number {
  const at = phrases.findIndex(
    (one, index) =>
      index > 0 &&
      question.slice(one.from, one.to) === ',' &&
      namesColumns(phrases.slice(index + 1), question) &&
      phrases.slice(index + 1).filter(isNamed).length > 1,
  );
  if (at < 0) return -1;
  const [before, last] = [phrases[at - 2], phrases[at - 1]];
  const isHeld = last?.meanings.some((one) =>
    /^(?:value|period|number|stored|flag|property|late)$/.test(one.kind),
  );
  const isThing =
    last?.meanings.some(isTable) === true &&
    (before === undefined ||
      before.meanings.some((one) => one.kind !== 'word' || isWord(one, 'extreme', 'top')));
  return isHeld === true || isThing ? at + 1 : -1;
}

const isTable = (one: Meaning): one is Meaning & { kind: 'table' } => one.kind === 'table';
const isColumn = (one: Meaning): boolean =>
  one.kind === 'column' || one.kind === 'names' || isWord(one, 'own-number', 'gap');
const isNamed = ({ meanings }: Phrase): boolean =>
  meanings.some((one) => isColumn(one) || isTable(one));
const isJoint = (one: Meaning): boolean =>
  isWord(
    one,
    'noise',
    'and',
    'list',
    'with',
    'unit',
    'in-percent',
    'in-size',
    'in-unit',
    'preposition',
    'days-first',
    'descending',
    'ascending',
  );

/** Whether it names columns, or tables in their place, and says nothing of them. */
function namesColumns(clause: readonly Phrase[], question: string): boolean {
  const isHan = /\p{Script=Han}/u.test(question);
  if (!isHan && endsWithEach(clause)) return namesColumns(clause.slice(0, -2), question);
  const isListed = (one: Meaning) => isColumn(one) || (isTable(one) && !one.done);
  const isOf = (phrase: Phrase, at: number) =>
    !isHan && at > 0 && phrase.meanings.some((one) => isWord(one, 'preposition'));
  const named = clause.filter(({ meanings }) => meanings.some(isListed));
  return (
    clause.every(({ meanings }) => meanings.some((one) => isListed(one) || isJoint(one))) &&
    named.some(({ meanings }) => meanings.some(isColumn)) &&
    (!named.some(({ meanings }) => meanings.some(isTable)) || !clause.some(isOf))
  );
}

/** `: invoice, client and debtor`: what rows of two or more tables are called by. */
function namesTables(clause: readonly Phrase[]): boolean {
  const named = clause.filter(({ meanings }) => meanings.some((one) => isTable(one) && !one.done));
  const isPlain = ({ meanings }: Phrase) =>
    meanings.some((one) => (isTable(one) && !one.done) || isWord(one, 'noise', 'and', 'list'));
  return named.length > 1 && clause.every(isPlain);
}

/** Whether no other name stands beside it: `date received`. */
function isAlone(clause: readonly Phrase[], at: number): boolean {
  return [clause[at - 1], clause[at + 1]].every(
    (one) =>
      one === undefined || !(isNamed(one) || one.meanings.some(({ kind }) => kind === 'value')),
  );
}

/**
 * A phrase as it is meant in a list; of columns of one name, that of the table that is asked for.
 * @param text what is said, where it stands alone
 */
function inList(phrase: Phrase, own: string | undefined, text: string): Phrase {
  const { meanings } = phrase;
  const of = (['number', 'key', 'day'] as const).find((one) => OWN[one].test(text));
  if (of !== undefined && (of === 'day' || meanings.some(isColumn))) {
    return { ...phrase, meanings: [{ kind: 'word', word: 'own-number', of, cost: 0 }] };
  }
  const cheapest = Math.min(...meanings.filter(isColumn).map(({ cost }) => cost));
  const owned = meanings.filter(
    (one) => one.kind === 'column' && one.table === own && one.cost === cheapest,
  );
  // `account, day, pounds`: how much it is, and no unit.
  const isAmount = meanings.some(
    (one) => isWord(one, 'own-number') && (one.of === 'amount' || one.of === 'money'),
  );
  const told = isAmount ? meanings.filter((one) => !isWord(one, 'unit', 'in-size')) : meanings;
  const shown = told.map((one): Meaning => (isTable(one) ? { ...one, listed: true } : one));
  const isPlural = meanings.some(isTable);
  return { ...phrase, meanings: owned.length > 0 && !isPlural ? owned : shown };
}
