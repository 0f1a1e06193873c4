/** Words that say nothing elsewhere and something where they stand in an English sentence: `A rounds`, `cash in`. */
import { isWord, type Meaning, type Phrase } from '../model/phrase.ts';
import { unread } from '../model/unread.ts';
import { HEARD_STATES } from './heard-states.ts';

/** Whether a word that says nothing elsewhere says something that nothing stored stands for. */
export function isHeardHere({ from, to, meanings }: Phrase, question: string): boolean {
  if (!meanings.every(saysNothing)) return false;
  const [before, said, behind] = [
    question.slice(0, from),
    question.slice(from, to),
    question.slice(to),
  ];
  return HEARD.some((is) => is(said, before, behind));
}

function saysNothing(one: Meaning): boolean {
  return isWord(one, 'noise', 'preposition', 'unit', 'share');
}

type Heard = (said: string, before: string, behind: string) => boolean;

const HEARD: readonly Heard[] = [
  ...HEARD_STATES,
  // `rounds of A loans`: a letter within a sentence is no article.
  (said, before, behind) =>
    said === 'A' && /[\p{Ll},]\s+$/u.test(before) && /^\s+\p{Ll}/u.test(behind),
  // `cash in for 2025`: of what comes in.
  (said, before, behind) =>
    !/\bbeen\s+$/i.test(before) &&
    /^(?:in|out)$/i.test(said) &&
    /^\s+(?:for|by|per|during|each|in)\b/i.test(behind),
  // `what do members borrow for`.
  (said, before, behind) =>
    /^for$/i.test(said) &&
    /^\s*\??\s*$/.test(behind) &&
    /^\s*what\s+(?:do|does|did|are|is|was|were)\b/i.test(before),
  // `with a single investor`: with one, and no more.
  (said, before) =>
    /^single$/i.test(said) && /\bwith (?:an?|one)\s+$/i.test(before) && !DENIED.test(before),
  // `what do they cost in a year`: what is held may be of a month.
  (said, before) => /^an? (?:year|month|quarter)$/i.test(said) && /\bin\s+$/i.test(before),
  // `terms of a month`: of that long.
  (said, before) =>
    /^an? (?:year|month|quarter)$/i.test(said) &&
    /\b(?:of|over|under|than|least|most|exactly|within|to)\s+$/i.test(before),
  // `data and minutes per town`.
  (said, _, behind) =>
    /^data$/i.test(said) && /^\s*(?:,|and\b|per\b|volume\b|used\b)/i.test(behind),
  // `what share of its target has come in`: of another figure.
  (said, _, behind) =>
    /\b(?:share|percent\w*)(?: of)?$/i.test(said) &&
    /^\s+(?:of\s+)?its (?:target|goal|limit|budget|plan|capacity)\b/i.test(behind),
];

const DENIED = /\b(?:not|never|no|without|nobody)\b|n['’]t\b/i;

/** What is done, before the things it is done with. */
const DONE = /^(?:\p{Ll}{3,}(?:ed|ing)|sold|bought|taken|given|made|kept|held|sent|led|run)$/u;
const BEFORE_THINGS =
  /(?:^|\b(?:the|of|and|all|which|what|many|list|show|by|per|every|each|for|our|their|with)|[,:])\s*$/i;

/** The first word that says which things are meant, `working tellers`, and stands for nothing that is stored. */
export function unheardOfThings(phrases: readonly Phrase[], question: string): string | undefined {
  const found = phrases.find(({ from, to, meanings }, at) => {
    const next = phrases[at + 1];
    const isThing = next?.meanings.some(({ kind }) => kind === 'table') ?? false;
    return (
      isThing &&
      meanings.every((one) => isWord(one, 'noise')) &&
      DONE.test(question.slice(from, to).toLowerCase()) &&
      BEFORE_THINGS.test(question.slice(0, from)) &&
      /^\s+$/.test(question.slice(to, next?.from))
    );
  });
  return found && question.slice(found.from, found.to);
}

/**
 * `number and amount of recoveries`: by itself the word is no number of things that are not named.
 * @throws Unread where things are named, and none of them has a number
 */
export function ownNumbers(phrases: readonly Phrase[], question: string): Phrase[] {
  const tables = phrases.flatMap(({ meanings }) =>
    meanings.flatMap((one) => (one.kind === 'table' && one.cost <= 1 ? one.table : [])),
  );
  if (tables.length === 0) return [...phrases];
  return phrases.map((phrase) => {
    if (!/^numbers?$/i.test(question.slice(phrase.from, phrase.to))) return phrase;
    const meanings = phrase.meanings.filter(
      (one) => one.kind !== 'column' || tables.includes(one.table),
    );
    return meanings.length === 0 ? unread('a number of what') : { ...phrase, meanings };
  });
}

/** `how many currency deals`. @throws Unread where a column that is counted stands right before rows */
export function expectRowsCounted(phrases: readonly Phrase[], question: string): void {
  const isColumn = ({ kind }: Meaning) => kind === 'column';
  const isBeside = phrases.some(({ meanings, to }, at) => {
    const [before, next] = [phrases[at - 1], phrases[at + 1]];
    const isCounted = before?.meanings.some((one) => isWord(one, 'how-many')) ?? false;
    const isOfRows = next?.meanings.some(({ kind }) => kind === 'table') ?? false;
    const isAdjacent = question.slice(to, next?.from) === ' ';
    return isCounted && meanings.every(isColumn) && isOfRows && isAdjacent;
  });
  if (isBeside) unread('how many of what');
}
