/** `startups that never raised a round`: what is done with rows that there are none of says nothing of its own. */
import { isWord, type Meaning, type Phrase } from '../model/phrase.ts';

/** Words between the denial and the rows at most. */
const MOST_BETWEEN = 4;
const DENIAL = /\b(?:never|nobody|no one|not|n['’]t)\b/i;
const BEFORE_ROWS = /\b(?:an?|any|a single|one)\s+$/i;

/** The phrases, with such verbs as words that say nothing. */
export function withoutDoings(phrases: readonly Phrase[], question: string): Phrase[] {
  const silent = new Set(
    phrases.flatMap((phrase, at) => {
      const isDenial = phrase.meanings.some((one) => isWord(one, 'without'));
      if (!isDenial || !DENIAL.test(question.slice(phrase.from, phrase.to))) return [];
      return verbsBehind(phrases, at, question);
    }),
  );
  if (silent.size === 0) return [...phrases];
  const noise: Meaning = { kind: 'word', word: 'noise', cost: 0.5 };
  return phrases.map((phrase) => (silent.has(phrase) ? { ...phrase, meanings: [noise] } : phrase));
}

/** What stands between a denial and the rows that it is of, where it tells what is done. */
function verbsBehind(phrases: readonly Phrase[], at: number, question: string): Phrase[] {
  const behind = phrases.slice(at + 1, at + 2 + MOST_BETWEEN);
  const end = behind.findIndex(
    ({ from, meanings }) => BEFORE_ROWS.test(question.slice(0, from)) && meanings.some(isRows),
  );
  const tables = behind[end]?.meanings.flatMap((one) => (isRows(one) ? one.table : [])) ?? [];
  const between = behind.slice(0, Math.max(0, end));
  // `never paid anything on any invoice`: there are invoices.
  const said = question.slice(between[0]?.from, between.at(-1)?.to);
  if (/\b(?:anything|something|nothing)\b/i.test(said)) return [];
  if (!between.every(({ meanings }) => meanings.some((one) => isVerb(one, tables)))) return [];
  return between.filter(({ meanings }) => meanings.some((one) => !isSilent(one)));
}

const isRows = (one: Meaning): one is Meaning & { kind: 'table' } =>
  one.kind === 'table' && one.cost <= 1 && !one.done;

const isSilent = (one: Meaning): boolean => isWord(one, 'noise', 'copula');

/** Whether it may be what is done: a word for it, money that changes hands, or a column of those rows. */
function isVerb(one: Meaning, tables: readonly string[]): boolean {
  const isOfRows = (one.kind === 'column' || one.kind === 'table') && tables.includes(one.table);
  return isOfRows || isSilent(one) || isWord(one, 'money', 'preposition');
}
