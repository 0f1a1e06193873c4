/**
 * A question as a row of phrases that leaves no word over (PRECISE's "semantically tractable" questions,
 * Popescu, Etzioni & Kautz 2003): stored values, quantities, names of tables and columns, words that
 * compare, order, count and group, and words that say nothing.
 */
import type { DatabaseContext } from '../retrieval/context.ts';
import { readDigits } from '../retrieval/quantities/digit-numerals.ts';
import { englishNumbers } from '../retrieval/quantities/english-numbers.ts';
import { readNumeral } from '../retrieval/quantities/numerals.ts';
import type { Retrieval } from '../retrieval/retrieve.ts';
import { CHINESE } from './chinese.ts';
import { ENGLISH } from './english.ts';
import { linksOf } from './joins.ts';
import { type Dictionary, schemaPhrases } from './names.ts';
import type { Meaning, Phrase } from './phrase.ts';
import { type PlacedUnit, phraseKey, placedUnits } from './units.ts';

/** Units of the longest phrase. */
const LONGEST = 12;
/** What a value costs that the question says in another form. */
const DERIVED_COST = 1;

/** What a code costs that the question writes as a word. */
const CODE_COST = 3;
const MOST_UNKNOWN = Number(process.env.UNK ?? 0);
const UNKNOWN_COST = 10;

let operators: Dictionary | undefined;
const named = new WeakMap<DatabaseContext['schema'], Dictionary>();

/** The phrases of a question; undefined where a word stands for nothing. */
export function readPhrases(
  context: DatabaseContext,
  retrieval: Retrieval,
  why?: (reason: string) => void,
): Phrase[] | undefined {
  const { question } = retrieval;
  const units = placedUnits(question);
  const fixed = fixedPhrases(retrieval);
  const names = namesOf(context);
  operators ??= operatorPhrases();
  const phrases: Phrase[] = [];
  let unknown = 0;
  for (let at = 0; at < units.length; ) {
    const unit = units[at];
    if (unit === undefined) break;
    const stated = fixed.filter(({ from }) => from === unit.from);
    const lexical = longestNamed(units, at, [names, operators]);
    const longest = Math.max(unit.from, lexical?.to ?? 0, ...stated.map(({ to }) => to));
    if (longest === unit.from) {
      if (++unknown > MOST_UNKNOWN || !/^[a-z]+$/.test(unit.stem)) {
        why?.(`uncovered ${unit.stem}`);
        return undefined;
      }
      phrases.push({
        from: unit.from,
        to: unit.to,
        meanings: [{ kind: 'word', word: 'noise', cost: UNKNOWN_COST }],
      });
      at++;
      continue;
    }
    const all = [
      ...stated.filter(({ to }) => to === longest).flatMap((phrase) => phrase.meanings),
      ...(lexical?.to === longest ? lexical.meanings : []),
    ];
    const isNamed = all.some(({ kind, cost }) => kind !== 'word' && cost === 0);
    const meanings = isNamed ? all.filter((one) => !saysNothing(one)) : all;
    phrases.push({ from: unit.from, to: longest, meanings });
    while ((units[at]?.from ?? longest) < longest) at++;
  }
  return phrases;
}

function saysNothing(meaning: Meaning): boolean {
  return meaning.kind === 'word' && /^(?:noise|unit|preposition)$/.test(meaning.word);
}

/** Values and quantities where the question has them. */
function fixedPhrases({ question, evidence, quantities }: Retrieval): Phrase[] {
  const values = evidence.flatMap(({ table, column, value, from, to, similarity }): Phrase[] =>
    from === undefined || to === undefined
      ? []
      : [
          {
            from,
            to,
            meanings: [
              {
                kind: 'value',
                table,
                column,
                value,
                cost: valueCost(question.slice(from, to), value, similarity),
              },
            ],
          },
        ],
  );
  const stated = quantities.map((quantity): Phrase => {
    const { at, text } = quantity;
    const span = { from: at, to: at + text.length };
    if (quantity.kind === 'period') {
      const { from, to, grain } = quantity;
      return { ...span, meanings: [{ kind: 'period', from, to, grain, cost: 0 }] };
    }
    return {
      ...span,
      meanings: [{ kind: 'number', value: quantity.value, form: quantity.kind, cost: 0 }],
    };
  });
  const taken = (at: number) => stated.some(({ from, to }) => at >= from && at < to);
  const plain = [...plainNumbers(question)].filter(({ from }) => !taken(from));
  return [...values, ...stated, ...plain];
}

/** A lower-case word is hardly a code that is written in capitals: `runs` for the airline RUN. */
function valueCost(said: string, value: string, similarity: number): number {
  const isCode = /^[A-Z\d]+$/.test(value) && /^[a-z]+$/.test(said);
  return (similarity === 1 ? 0 : DERIVED_COST) + (isCode ? CODE_COST : 0);
}

function* plainNumbers(question: string): Generator<Phrase> {
  for (const { 0: text, index } of question.matchAll(
    /(?<![\p{L}\p{N}.])-?\d[\d,]*(?:\.\d+)?(?![\p{L}\p{N}])/gu,
  )) {
    const digits = text.replace(/,$/, '');
    yield number(index, digits, readDigits(digits));
  }
  for (const { 0: text, index } of question.matchAll(/[一二两三四五六七八九十百]+/gu)) {
    const value = readNumeral(text);
    if (value !== undefined) yield number(index, text, value);
  }
  for (const { text, at, value } of englishNumbers(question)) {
    if (!/^\d/.test(text) && !/^an?$/i.test(text)) yield number(at, text, value);
  }
}

function number(from: number, text: string, value: number): Phrase {
  return {
    from,
    to: from + text.length,
    meanings: [{ kind: 'number', value, form: 'plain', cost: 0 }],
  };
}

function longestNamed(
  units: readonly PlacedUnit[],
  at: number,
  dictionaries: readonly Dictionary[],
): Phrase | undefined {
  for (let length = Math.min(LONGEST, units.length - at); length >= 1; length--) {
    const run = units.slice(at, at + length);
    const key = run.map((unit) => unit.stem).join(' ');
    const meanings = dictionaries.flatMap((dictionary) => dictionary.get(key) ?? []);
    if (meanings.length > 0) {
      return { from: run[0]?.from ?? 0, to: run.at(-1)?.to ?? 0, meanings };
    }
  }
  return undefined;
}

function operatorPhrases(): Dictionary {
  const found = new Map<string, Meaning[]>();
  for (const [texts, word] of [...ENGLISH, ...CHINESE]) {
    for (const text of texts.split('|')) {
      const key = phraseKey(text);
      found.set(key, [...(found.get(key) ?? []), { kind: 'word', ...word, cost: 0 }]);
    }
  }
  return found;
}

function namesOf({ schema, links }: DatabaseContext): Dictionary {
  const known = named.get(schema);
  if (known !== undefined) return known;
  const made = schemaPhrases(schema, linksOf(schema, links));
  named.set(schema, made);
  return made;
}
