/** The longest phrase that begins at a word: a stored text, a name, or a word of the language. */
import { isWord, type Meaning, type Phrase } from '../model/phrase.ts';
import type { Dictionary } from '../names/names.ts';
import type { PlacedUnit } from '../words/units.ts';
import type { Question } from './find-phrases.ts';
import { OPERATORS } from './operator-words.ts';

/** Units of the longest phrase. */
const LONGEST = 12;

/** Words that their plurals are not: `orders`, `shares`, `returns`. */
const NO_PLURALS = ['sort', 'sorted-by', 'share', 'list'] as const;

/**
 * The longest phrase from a unit on, with all that it may mean; undefined where none begins there.
 * @param found stored texts, quantities and turns, wherever they begin
 */
export function phraseFinder(
  { question, names, told }: Question,
  units: readonly PlacedUnit[],
  found: readonly Phrase[],
): (at: number) => Phrase | undefined {
  const dictionaries = [names, OPERATORS];
  return (at) => {
    const here = found.filter(({ from }) => from === units[at]?.from);
    const silent = here.find(({ meanings }) => meanings.every((one) => isWord(one, 'noise')));
    if (silent !== undefined && here.some(({ meanings }) => meanings.some(isPeriod))) return silent;
    const figure = told.find(({ from }) => from === units[at]?.from);
    const clause = units.slice(0, clauseEnd(units, at, question));
    const named = namedPhrase(clause, at, dictionaries).map((one) =>
      beforeName(units, at, one, { names, found }),
    );
    const longest = longestPhrase([...here, ...named]);
    return figure !== undefined && figure.to >= (longest?.to ?? 0) ? figure : longest;
  };
}

const isPeriod = ({ kind }: Meaning): boolean => kind === 'period';

/** The longest of phrases that begin at one place, with the meanings of all that are as long. */
function longestPhrase(phrases: readonly Phrase[]): Phrase | undefined {
  const [first] = phrases;
  if (first === undefined) return undefined;
  const to = Math.max(...phrases.map((phrase) => phrase.to));
  const all = phrases.filter((phrase) => phrase.to === to).flatMap(({ meanings }) => meanings);
  const isNamed = all.some(
    (one) =>
      one.kind === 'value' ||
      one.kind === 'flag' ||
      one.kind === 'stored' ||
      (one.kind !== 'word' && (one.cost === 0 || (one.kind === 'table' && one.done === true))),
  );
  const units = all.filter((one) => isWord(one, 'in-unit'));
  if (units.length > 0) return { from: first.from, to, meanings: units };
  // `in dollars`, and `dollar bonds` of a column of currencies.
  const isStored = all.some(({ kind, cost }) => kind === 'value' && cost === 0);
  const isMoney = (one: Meaning) => isWord(one, 'unit') && one.money === true && !isStored;
  // 款项中, where a level is 中, too.
  const isAmong = (one: Meaning) => isWord(one, 'preposition') && one.among === true;
  const isPlain = (one: Meaning) =>
    (isWord(one, 'noise', 'unit', 'copula', 'preposition') && !isMoney(one) && !isAmong(one)) ||
    // `current clients`, of a column that tells which are.
    (isWord(one, 'now') && all.some(({ kind }) => kind === 'flag'));
  const meanings = isNamed ? all.filter((one) => !isPlain(one)) : all;
  return { from: first.from, to, meanings };
}

/** Where a colon ends what may be one phrase: of `loans: number and amount`, `loan number` is none. */
function clauseEnd(units: readonly PlacedUnit[], at: number, question: string): number {
  const isBehindColon = (unit: PlacedUnit, index: number) =>
    index > at && /[:;：；。？！]/.test(question.slice(units[index - 1]?.to, unit.from));
  const end = units.findIndex(isBehindColon);
  return end < 0 ? units.length : end;
}

/** The longest phrase from a unit on that a dictionary has; none or one. */
function namedPhrase(
  units: readonly PlacedUnit[],
  at: number,
  dictionaries: readonly Dictionary[],
): Phrase[] {
  for (let length = Math.min(LONGEST, units.length - at); length >= 1; length--) {
    const run = units.slice(at, at + length);
    const key = run.map((unit) => unit.stem).join(' ');
    const all = dictionaries.flatMap((dictionary) => dictionary.get(key) ?? []);
    // `numbers of closed accounts` are theirs; `numbers of accounts per branch` count them.
    const isOfNumbers =
      run.some(({ stem, plural }) => stem === 'number' && plural) &&
      !units.some(({ stem }) => /^(?:each|per|by|every)$/.test(stem));
    const isRows = all.some(({ kind }) => kind === 'table');
    // `deals with a rate above 4`, of a table of deals.
    const areFirst = length > 1 && run[0]?.plural === true && namesRows(run[0].stem, dictionaries);
    // `orders by status`.
    const isFollowed = units[at + length] !== undefined;
    const meanings = all.filter(
      (one) =>
        !(run[0]?.plural && isWord(one, ...NO_PLURALS)) &&
        !(isOfNumbers && isWord(one, 'measure')) &&
        !(areFirst && isWord(one, 'noise')) &&
        !(isWord(one, 'named') && units[at + length]?.stem === 'of') &&
        !(run[0]?.plural && key === 'order' && isRows && isWord(one, 'noise')) &&
        !(isFollowed && isWord(one, 'with-figure') && saysMore(units, at + length, dictionaries)),
    );
    if (meanings.length === 0) continue;
    // 商户名单 is no 商户名.
    if (run.at(-1)?.stem === '名' && /^[单下]$/u.test(units[at + length]?.stem ?? '')) continue;
    const slips = run.reduce((sum, { cost = 0 }) => sum + cost, 0);
    const priced =
      slips === 0 ? meanings : meanings.map((one) => ({ ...one, cost: one.cost + slips }));
    return [{ from: run[0]?.from ?? 0, to: run.at(-1)?.to ?? 0, meanings: priced }];
  }
  return [];
}

function namesRows(stem: string, dictionaries: readonly Dictionary[]): boolean {
  return dictionaries.some((one) => one.get(stem)?.some(({ kind }) => kind === 'table') ?? false);
}

/** 各支行, 每个人, 总额度, 的差旅费: what a name or a stored text begins with is part of it, 各 + 支行 and no 各支. */
function beforeName(
  units: readonly PlacedUnit[],
  at: number,
  phrase: Phrase,
  { names, found }: { readonly names: Dictionary; readonly found: readonly Phrase[] },
): Phrase {
  const last = units.findIndex(({ to }) => to === phrase.to);
  const isTotal = phrase.meanings.every((one) => isWord(one, 'measure') && one.behind === true);
  const isBefore =
    isTotal || phrase.meanings.every((one) => isWord(one, 'each', 'which', 'makes-up', 'gap'));
  if (last <= at || !isBefore) return phrase;
  const stored = found.filter(
    ({ from, meanings }) =>
      from === units[last]?.from &&
      meanings.some(({ kind, cost }) => kind === 'value' && cost === 0),
  );
  const [name] = [...namedPhrase(units, last, [names]), ...stored].toSorted((a, b) => b.to - a.to);
  if (name === undefined || name.to <= phrase.to) return phrase;
  // 每个险种: of a column that is called 险种, where 个险 is stored as well.
  const [behind] = namedPhrase(units, last + 1, [names]);
  if (stored.includes(name) && behind !== undefined && behind.to > name.to) return phrase;
  const key = units
    .slice(at, last)
    .map(({ stem }) => stem)
    .join(' ');
  const meanings = OPERATORS.get(key);
  const to = units[last - 1]?.to ?? phrase.to;
  return meanings === undefined ? phrase : { from: phrase.from, to, meanings };
}

/** `and the number of orders`, `and how many orders`: what is counted comes next. */
function saysMore(
  units: readonly PlacedUnit[],
  at: number,
  dictionaries: readonly Dictionary[],
): boolean {
  const [next] = namedPhrase(units, at, dictionaries);
  return (
    /^(?:of|worth)$/.test(units[at]?.stem ?? '') ||
    (next?.meanings.some(({ kind }) => kind === 'table' || kind === 'column') ?? false)
  );
}
