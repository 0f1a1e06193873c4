/** What stands at the end of a question or behind a comma: `: count and total`, `approved sales only`, `cancelled ones left out`. */
import { isWord, type Meaning, type Phrase } from '../model/phrase.ts';
import { unread } from '../model/unread.ts';

const SUM = `(?:(?:the |their )?(?:total|sum|amount|value)(?: (?:amount|value|sum|cents|euros|dollars|pounds|in total|in all))?|(?:worth )?how much(?: in total| in all| altogether)?)`;

/** `payments by contractor, count and total`, `trades in 2024, number of`. */
const COUNTS = new RegExp(
  `(?<=[,:;.?(–—-]\\s*)(?:(?:the |their )?(number(?: of them)?|count|how many)((?:,| and|, and|,? but also) ${SUM})|(count|number of|how many))(?=\\s*(?:[.?!)]*$|[.,;] ?(?:biggest|largest|highest|most|smallest|lowest)\\b))`,
  'i',
);

/** Words that ask how many, and how much where that is said, at the end of a question. */
export function countsAtEnd(question: string): Phrase[] {
  const found = COUNTS.exec(question);
  if (found === null) return countsOfGroups(question);
  const [text, counted, summed] = found;
  // `open invoices: number and amount` lists what each has.
  const isOfEach = /number/i.test(counted ?? '') && !/total|sum/i.test(summed ?? '');
  const isListed = /[:;]\s*\S/.test(question.slice(0, found.index)) || summed?.startsWith(',');
  if (isOfEach && (isListed || !/\b(?:by|per|each|every)\b/i.test(question))) return [];
  const from = found.index;
  const joint = (summed ?? '').trimStart();
  const middle = from + (counted === undefined ? text.length : text.indexOf(joint));
  const many: Meaning = { kind: 'word', word: 'how-many', cost: 0 };
  const much: Meaning = { kind: 'word', word: 'how-much', cost: 0 };
  return [
    { from, to: middle, meanings: [many] },
    ...(summed === undefined ? [] : [{ from: middle, to: from + text.length, meanings: [much] }]),
  ];
}

/** `contracts by type: number and average term`: how many there are of each. */
function countsOfGroups(question: string): Phrase[] {
  const found =
    /(?<=\b(?:by|per|each|every)\b.*[:;,]\s*)(?:the )?(?:number|count|how many)(?=,| and )/i.exec(
      question,
    );
  if (found === null || /\b(?:list|show|which)\b/i.test(question)) return [];
  const meaning: Meaning = { kind: 'word', word: 'how-many', cost: 0 };
  return [{ from: found.index, to: found.index + found[0].length, meanings: [meaning] }];
}

const LISTED_NUMBER =
  /(?<=[:;?.]\s+(?:[^:;?.]*(?:,|\band)\s+)?(?:the |their )?)(?:number|no)(?=\s*(?:,|and\b|[.?!]*$))/gi;

/** `Which invoices are in dispute? Number and amount.`: in a list, the number that the rows have. */
export function numbersListed(question: string): Phrase[] {
  if (/\b(?:by|per|each|every)\b/i.test(question)) return [];
  const meaning: Meaning = { kind: 'word', word: 'own-number', of: 'number', cost: 0 };
  return [...question.matchAll(LISTED_NUMBER)].map(({ 0: text, index }) => ({
    from: index,
    to: index + text.length,
    meanings: [meaning],
  }));
}

const LISTED_AMOUNT =
  /(?<=[:;?]\s+(?:[^:;?.]*(?:,|\band)\s+)?(?:the |their )?|,\s*with\s+(?:[^:;?.]*(?:,|\band)\s+)?(?:the )?)(?:amount|value|sum|cents|euros|dollars|pounds)(?=\s*(?:,|and\b|in\b|[.?!)]*$))/gi;

/** `Refunds above 50: day, customer, euros`: in a list, how much the rows are. */
export function amountsListed(question: string): Phrase[] {
  return [...question.matchAll(LISTED_AMOUNT)].map(({ 0: text, index }) => {
    const of = /^(?:euros|dollars|pounds)$/i.test(text) ? 'money' : 'amount';
    const meaning: Meaning = { kind: 'word', word: 'own-number', of, cost: 0.5 };
    return { from: index, to: index + text.length, meanings: [meaning] };
  });
}

const STOP = /[.?!:;,(]|[-–—]\s/;

/** The phrases without `only` where it says nothing more, and with what is left out denied. */
export function withTailWords(phrases: readonly Phrase[], question: string): Phrase[] {
  return phrases.flatMap((phrase, at): Phrase[] => {
    if (isOnly(phrase)) return saysNoMore(phrases, at, question) ? [] : [phrase];
    const isDenied = clauseOf(phrases, at, question).at(-1)?.meanings.some(isLeftOut) ?? false;
    const isFirst = at > 0 && isClauseStart(phrases, at, question);
    if (isDenied && isFirst && holdsRows(clauseOf(phrases, at, question).slice(0, -1))) {
      // Of all, and not of the part alone.
      if (phrases.some(isShare)) unread('a share without which rows');
      const not: Meaning = { kind: 'word', word: 'not', cost: 0 };
      return [{ from: phrase.from, to: phrase.from, meanings: [not] }, phrase];
    }
    if (!phrase.meanings.some(isLeftOut)) return [phrase];
    const start = startOf(phrases, at, question);
    const isTaken = start > 0 && holdsRows(phrases.slice(start, at));
    const isEnd = at === phrases.length - 1 || isClauseStart(phrases, at + 1, question);
    return isTaken && isEnd ? [] : [phrase];
  });
}

const isShare = ({ meanings }: Phrase): boolean =>
  meanings.some((one) => isWord(one, 'share', 'percent-of', 'makes-up'));

const isLeftOut = (one: Meaning): boolean => isWord(one, 'left-out');

function isOnly({ meanings }: Phrase): boolean {
  return meanings.some((one) => isWord(one, 'unit') && one.ofPeriod === true);
}

/** `…, approved sales only`, `…, only those above 500`: behind a comma it holds to what is said anyway. */
function saysNoMore(phrases: readonly Phrase[], at: number, question: string): boolean {
  const start = startOf(phrases, at, question);
  if (start > 0 && isListOfColumns(phrases.slice(start, at))) return at === phrases.length - 1;
  if (start < at && isEndOfClause(phrases, at, question)) {
    const held = heldBehindFor(phrases.slice(start, at), question);
    if (held !== undefined && holdsRows(held)) return true;
  }
  if (start === 0) return false;
  if (start === at) {
    const [first, ...more] = clauseOf(phrases, at, question).slice(1);
    const isPronoun = first?.meanings.some((one) => isWord(one, 'noise', 'which')) ?? false;
    return first !== undefined && (isPronoun || holdsRows([first, ...more]));
  }
  return isEndOfClause(phrases, at, question) && holdsRows(phrases.slice(start, at));
}

function isEndOfClause(phrases: readonly Phrase[], at: number, question: string): boolean {
  const next = phrases[at + 1];
  return next === undefined || isComma(next, question) || isClauseStart(phrases, at + 1, question);
}

/** `Which homes are empty? Addresses only`. */
function isListOfColumns(clause: readonly Phrase[]): boolean {
  const isNamed = (one: Meaning) => one.kind === 'column' || one.kind === 'names';
  const isListed = ({ meanings }: Phrase) =>
    meanings.some((one) => isNamed(one) || isWord(one, 'and', 'noise', 'list', 'own-number'));
  return clause.some(({ meanings }) => meanings.some(isNamed)) && clause.every(isListed);
}

/** `cost by type for owned trucks only`: what stands behind the last `for`; undefined without one. */
function heldBehindFor(clause: readonly Phrase[], question: string): readonly Phrase[] | undefined {
  const isFor = ({ from, to }: Phrase) => /^for$/i.test(question.slice(from, to));
  const at = clause.findLastIndex(isFor);
  return at < 0 ? undefined : clause.slice(at + 1);
}

/** Whether phrases hold rows to something and say nothing else. */
function holdsRows(clause: readonly Phrase[]): boolean {
  const isHeld = (one: Meaning) =>
    /^(?:value|flag|stored|property|late|period)$/.test(one.kind) || isWord(one, 'now');
  const isBeside = (one: Meaning) =>
    one.kind === 'table' || isWord(one, 'noise', 'and', 'preposition', 'unit', 'or');
  return (
    clause.some(({ meanings }) => meanings.some(isHeld)) &&
    clause.every(({ meanings }) => meanings.some((one) => isHeld(one) || isBeside(one)))
  );
}

/** Whether a stop or a comma stands before a phrase; the comma may be a phrase of its own. */
function isClauseStart(phrases: readonly Phrase[], at: number, question: string): boolean {
  const [phrase, before] = [phrases[at], phrases[at - 1]];
  if (phrase === undefined || before === undefined) return true;
  return STOP.test(question.slice(before.to, phrase.from)) || isComma(before, question);
}

function isComma({ from, to }: Phrase, question: string): boolean {
  return question.slice(from, to) === ',';
}

function startOf(phrases: readonly Phrase[], at: number, question: string): number {
  let start = at;
  while (start > 0 && !isClauseStart(phrases, start, question)) start--;
  return start;
}

/** The phrases of the clause that begins there. */
function clauseOf(phrases: readonly Phrase[], at: number, question: string): readonly Phrase[] {
  let end = at + 1;
  while (end < phrases.length && !isClauseStart(phrases, end, question)) {
    const next = phrases[end];
    if (next === undefined || isComma(next, question)) break;
    end++;
  }
  return phrases.slice(at, end);
}
