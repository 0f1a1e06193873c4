/**
 * A question as a row of phrases that leaves no word over (PRECISE's "semantically tractable" questions,
 * Popescu, Etzioni & Kautz 2003): stored values, quantities, names of tables and columns, words that
 * compare, order, count and group, and words that say nothing.
 */
import { isDeepStrictEqual } from 'node:util';
import type { DatabaseContext } from '../../retrieval/context.ts';
import type { Retrieval } from '../../retrieval/retrieve.ts';
import { hasHan } from '../../retrieval/words.ts';
import { isWord, type Meaning, type Phrase } from '../model/phrase.ts';
import { unread } from '../model/unread.ts';
import type { Dictionary } from '../names/names.ts';
import { namesOf } from '../names/schema-names.ts';
import { shortFormOf } from '../names/short-names.ts';
import { CHINESE } from '../words/chinese.ts';
import { ENGLISH } from '../words/english.ts';
import { type PlacedUnit, phraseKey, placedUnits } from '../words/units.ts';
import { amountsOfAll } from './amounts-of-all.ts';
import { markCompounds } from './compound-tables.ts';
import { asNamed } from './compound-words.ts';
import { withDayClauses } from './day-clauses.ts';
import { withoutDoings } from './denied-doings.ts';
import { contractedValue, joinBeside } from './han-contractions.ts';
import { laterParts } from './han-later-periods.ts';
import { hanOwnColumns, hanPeople } from './han-own-columns.ts';
import { hanRemarks } from './han-remarks.ts';
import { expectNoYears, unitFigures } from './han-unit-figures.ts';
import { hanUnits } from './han-units.ts';
import { hanValues } from './han-values.ts';
import { verbAside } from './han-verbs-aside.ts';
import { weighedBy } from './han-weights.ts';
import { expectNotOfAll } from './heard-states.ts';
import { expectRowsCounted, ownNumbers, unheardOfThings } from './heard-words.ts';
import { includedRows } from './included-rows.ts';
import { isKindOf, isOfValue, newOnes, wantedItems } from './kind-nouns.ts';
import { withLastClause } from './last-clause.ts';
import { neverDone } from './never-done.ts';
import { noneShown } from './none-shown.ts';
import { withNothing } from './nothing-of.ts';
import { withNumbers } from './numbered-nouns.ts';
import { ownFigures } from './own-figures.ts';
import { ownOfMeans } from './own-words.ts';
import { ownNames } from './owned-names.ts';
import { passOver } from './pass-over.ts';
import { pastDue } from './past-due.ts';
import { ratioLabel } from './ratio-labels.ts';
import { withColumnsOnce } from './said-twice.ts';
import { sharedYears } from './shared-years.ts';
import { cutDown, spelledRight } from './spelling.ts';
import { stateClauses } from './state-clauses.ts';
import { statedPhrases } from './stated-phrases.ts';
import { sureValues } from './sure-values.ts';
import { amountsListed, countsAtEnd, numbersListed, withTailWords } from './tail-words.ts';
import { hearThrough } from './through-words.ts';
import { isToldBehindName } from './told-figures.ts';
import { toldPhrases } from './told-phrases.ts';
import { asNoun, isOfFigure, isUnheard } from './unheard-words.ts';
import { unitAsides, unitAtEnd } from './unit-asides.ts';
import { withDate } from './with-date.ts';

/** Units of the longest phrase. */
const LONGEST = 12;

/** Words that their plurals are not: `orders`, `shares`, `returns`. */
const NO_PLURALS = ['sort', 'sorted-by', 'share', 'list'] as const;

/** What a word costs that is a letter off from one of the names. */
const MISSPELLED = 2;

const OPERATORS = operatorPhrases();
const OPERATOR_WORDS = new Set([...OPERATORS.keys()].flatMap((key) => key.split(' ')));

/**
 * The phrases of a question, the longest at each place.
 * @param mayPassOver so many words that stand for nothing; default 0
 * @param pass makes a phrase of such a word; default: of one that nothing depends on
 * @throws Unread where another word stands for nothing
 */
export function readPhrases(
  context: DatabaseContext,
  retrieval: Retrieval,
  mayPassOver = 0,
  pass: typeof passOver = passOver,
): Phrase[] {
  const { names, shortNames, links } = namesOf(context);
  const written = asNamed(placedUnits(retrieval.question), names, retrieval.question);
  const units = written.map((unit) => {
    if (OPERATOR_WORDS.has(unit.stem)) return unit;
    const short = shortFormOf(unit.stem, shortNames);
    if (short !== undefined) return { ...unit, stem: short };
    const cut = cutDown(unit.stem, shortNames);
    // `payers` is no `pay`, a word of its own.
    const isCut = cut !== undefined && !OPERATOR_WORDS.has(cut);
    const right = spelledRight(unit.stem, shortNames.known) ?? (isCut ? cut : undefined);
    return right === undefined ? unit : { ...unit, stem: right, cost: MISSPELLED };
  });
  const shared = sharedYears(retrieval.question);
  const values = statedPhrases(retrieval).filter(
    ({ from, to }) => !shared.some((one) => one.from < to && from < one.to),
  );
  const within = { names, schema: context.schema, links };
  const told = toldPhrases(retrieval.question, within, values);
  const stated = [
    ...shared,
    ...values,
    ...hanValues(context, retrieval),
    ...countsAtEnd(retrieval.question),
    ...hanUnits(retrieval.question),
    ...laterParts(retrieval.question),
    ...unitFigures(retrieval.question, context.schema),
    ...hanRemarks(retrieval.question),
    ...weighedBy(retrieval.question, names, context.schema),
    ...hanOwnColumns(retrieval.question),
    ...hanPeople(context.schema, retrieval.question),
    ...numbersListed(retrieval.question),
    ...amountsListed(retrieval.question),
    ...unitAsides(retrieval.question, context.schema),
    ...unitAtEnd(retrieval.question, told.some(isToldBehindName)),
    ...neverDone(retrieval.question, names),
    ...stateClauses(retrieval.question, context.schema),
    ...noneShown(retrieval.question),
    ...includedRows(retrieval.question, names),
    ...pastDue(retrieval.question, names),
    ...newOnes(retrieval.question),
    ...wantedItems(retrieval.question),
  ].filter(({ from, to, meanings }) => {
    const text = retrieval.question.slice(from, to);
    const named = tableBehind(text, names);
    const isElsewhere = meanings.every((one) => one.kind === 'value' && one.table !== named);
    return (
      !saysNothing(text) &&
      !/^(?:people|persons|staff)$/.test(text) &&
      !(named !== undefined && isElsewhere)
    );
  });
  const dictionaries = [names, OPERATORS];
  const phraseAt = (at: number): Phrase | undefined => {
    const here = stated.filter(({ from }) => from === units[at]?.from);
    const silent = here.find(({ meanings }) => meanings.every((one) => isWord(one, 'noise')));
    if (silent !== undefined && here.some(({ meanings }) => meanings.some(isPeriod))) return silent;
    const figure = told.find(({ from }) => from === units[at]?.from);
    const clause = units.slice(0, clauseEnd(units, at, retrieval.question));
    const named = namedPhrase(clause, at, dictionaries).map((one) =>
      beforeName(units, at, one, names),
    );
    const longest = longestPhrase([...here, ...named]);
    return figure !== undefined && figure.to >= (longest?.to ?? 0) ? figure : longest;
  };
  const isKnown = (at: number): boolean => phraseAt(at) !== undefined;
  const phrases: Phrase[] = [];
  const besideOf = ({ from }: PlacedUnit): Phrase | undefined => {
    const last = phrases.at(-1);
    return /^\s*$/.test(retrieval.question.slice(last?.to, from)) ? last : undefined;
  };
  const label = ratioLabel(retrieval.question, units, phraseAt);
  let [end, passed] = [0, 0];
  for (const [at, unit] of units.entries()) {
    if (unit.from < end) continue;
    let phrase =
      label?.from === unit.from ? asidePhrase(label.from, label.to - label.from) : phraseAt(at);
    const isOver = phrase === undefined || isUnheard(phrase, retrieval.question);
    // `the cancelled ones`.
    const isPronoun = unit.stem === 'one' && unit.plural;
    const isNoun =
      isOfFigure(unit.stem, besideOf(unit), context) ||
      isOfValue(unit.stem, besideOf(unit)) ||
      isKindOf(unit.stem, units[at + 1]?.stem, phraseAt(at + 2));
    if (isOver && (isPronoun || isNoun)) continue;
    if (isOver) phrase = undefined;
    phrase ??= contractedValue(retrieval.question, unit.from, phraseAt(at + 1), {
      names,
      values: context.values,
    });
    phrase ??= asidePhrase(unit.from, verbAside(retrieval.question, unit.from));
    if (phrase === undefined && passed < mayPassOver) {
      phrase = pass(units, at, retrieval.question, isKnown);
      passed += 1;
    }
    if (phrase === undefined) return unread(`no meaning of ${unit.stem}`);
    phrases.push(asNoun(phrase, retrieval.question));
    end = phrase.to;
  }
  expectRowsCounted(phrases, retrieval.question);
  expectNotOfAll(retrieval.question);
  expectNoYears(retrieval.question, context.schema);
  const unheard = unheardOfThings(phrases, retrieval.question);
  if (unheard !== undefined) return unread(`no meaning of ${unheard}`);
  const heard = withoutDoings(ownFigures(phrases, retrieval.question), retrieval.question);
  const sure = sureValues(ownOfMeans(ownNumbers(heard, retrieval.question)), retrieval.question);
  const owned = amountsOfAll(ownNames(sure), retrieval.question);
  const compound = markCompounds(owned, retrieval.question, links);
  const zeroed = withNumbers(
    withNothing(compound, retrieval.question, context.schema),
    retrieval.question,
  );
  const once = hasHan(retrieval.question) ? zeroed : withColumnsOnce(zeroed, retrieval.question);
  const dated = withDayClauses(
    withDate(once, retrieval.question),
    retrieval.question,
    context.schema,
  );
  const joined = joinBeside(hearThrough(dated, retrieval.question), retrieval.question);
  return withLastClause(withTailWords(joined, retrieval.question), retrieval.question);
}

const isPeriod = ({ kind }: Meaning): boolean => kind === 'period';

/** What a verb costs that says nothing beside what is asked for. */
const ASIDE_COST = 0.5;

function asidePhrase(from: number, length: number): Phrase | undefined {
  const meaning: Meaning = { kind: 'word', word: 'noise', cost: ASIDE_COST };
  return length === 0 ? undefined : { from, to: from + length, meanings: [meaning] };
}

/** The table whose rows are named behind other words: `smart meters` is no topic `Smart meter`. */
function tableBehind(text: string, names: Dictionary): string | undefined {
  const units = placedUnits(text);
  const last = units.at(-1);
  if (last === undefined || units.length < 2 || !last.plural || /\p{Lu}/u.test(text))
    return undefined;
  const table = names.get(last.stem)?.find(({ kind, cost }) => kind === 'table' && cost === 0);
  return table?.kind === 'table' ? table.table : undefined;
}

/** Whether it is a word that says nothing, written as such: `belong` is no song of that name. */
function saysNothing(text: string): boolean {
  const meanings = /^[a-z]+$/.test(text) ? OPERATORS.get(phraseKey(text)) : undefined;
  return meanings?.some((one) => isWord(one, 'noise') && one.cost === 0) ?? false;
}

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
    // `orders by status`.
    const isFollowed = units[at + length] !== undefined;
    const meanings = all.filter(
      (one) =>
        !(run[0]?.plural && isWord(one, ...NO_PLURALS)) &&
        !(isOfNumbers && isWord(one, 'measure')) &&
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

/** 各支行, 每个人, 总额度: what a name begins with is part of the name, 各 + 支行 and no 各支. */
function beforeName(
  units: readonly PlacedUnit[],
  at: number,
  phrase: Phrase,
  names: Dictionary,
): Phrase {
  const last = units.findIndex(({ to }) => to === phrase.to);
  const isTotal = phrase.meanings.every((one) => isWord(one, 'measure') && one.behind === true);
  const isBefore =
    isTotal || phrase.meanings.every((one) => isWord(one, 'each', 'which', 'makes-up'));
  if (last <= at || !isBefore) return phrase;
  const [name] = namedPhrase(units, last, [names]);
  if (name === undefined || name.to <= phrase.to) return phrase;
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

function operatorPhrases(): Dictionary {
  const found = new Map<string, Meaning[]>();
  for (const [texts, word, cost = 0] of [...ENGLISH, ...CHINESE]) {
    const alternatives = texts.split('|');
    // `the most expensive` begins where `the most` does.
    const all = alternatives.flatMap((one) =>
      /^(?:most|least) /.test(one) ? [one, `the ${one}`] : one,
    );
    for (const key of new Set(all.map(phraseKey))) {
      const meaning: Meaning = { kind: 'word', ...word, cost };
      const others = found.get(key) ?? [];
      if (others.some((one) => isDeepStrictEqual(one, meaning))) continue;
      found.set(key, [...others, meaning]);
    }
  }
  return found;
}
