import type { Answer, SampledCandidate, Stage } from '@quaestor/finsql';
import { wordingOf } from '@quaestor/finsql/wording';
import { displayWidth } from '../display-width.ts';
import { printableLine } from '../printable.ts';
import { WHY_WORDS, type WhyWords } from './why-words.ts';

/** What a line begins with, and what it says. */
type Line = readonly [string, string];

type Details = { readonly [One in Stage as One['name']]: One['detail'] };
type Traced<Name extends keyof Details> = {
  [One in Name]: { readonly name: One; readonly detail: Details[One] };
}[Name];

/** In the language of the answer. */
interface Wordings {
  readonly words: WhyWords;
  readonly wording: ReturnType<typeof wordingOf>;
}

const nothing = (): Line[] => [];

const LINES: {
  readonly [Name in keyof Details]: (detail: Details[Name], language: Wordings) => Line[];
} = {
  introspect: nothing,
  rewrite: ({ standalone_question: standalone, rule }, { words, wording }) =>
    standalone === null || rule === null
      ? []
      : [[words.meant, `${standalone} (${words.rule(rule, wording.followUps[rule])})`]],
  retrieve: ({ tables, values, exemplars }, { words }) => [
    ...tables
      .filter(({ chosen }) => chosen)
      .map(
        ({ name, score, columns }): Line => [
          words.table,
          `${name} ${score.toFixed(2)}: ${columns.join(', ')}`,
        ],
      ),
    ...values.map(({ table, column, value, similarity }): Line => {
      const holds = words.holds(`${table}.${column}`, value);
      return [words.value, `${holds} (${similarity.toFixed(2)})`];
    }),
    ...exemplars.map(
      ({ question, similarity }): Line => [words.like, `${question} (${similarity.toFixed(2)})`],
    ),
  ],
  prompt: ({ tokens, budget, omitted }, { words }) => [
    [words.prompt, words.tokens(tokens, budget, omitted)],
  ],
  generate: ({ completion }, { words }) => [[words.written, completion.trim()]],
  redraft: ({ completion, exemplar, kept }, { words }) => [
    [words.again, words.kept(completion.trim(), kept)],
    ...(exemplar === null ? [] : [[words.beside, exemplar.question] as const]),
  ],
  'known-question': ({ question, kept }, { words }) => [
    [words.known, kept ? question : words.unkept(question)],
  ],
  'second-opinion': ({ sql, kept }, { words }) =>
    sql === null ? [] : [[words.adviser, words.kept(sql, kept)]],
  'word-by-word': ({ sql, kept }, { words }) => [[words.wordByWord, words.kept(sql, kept)]],
  vote: ({ candidates }, language) =>
    candidates.map((candidate) => [language.words.vote, describe(candidate, language)]),
  guard: nothing,
  execute: ({ error }, { words, wording }) =>
    error === undefined ? [] : [[words.refused, wording.sqlite(error)]],
  calibrate: ({ repairs, asKnown }, { words, wording }) => [
    ...(asKnown === undefined ? [] : [[words.known, asKnown] as const]),
    ...repairs.map(({ rule }): Line => [words.mended, words.rule(rule, wording.rules[rule])]),
  ],
  repair: ({ candidates }, language) =>
    candidates.map((candidate) => [language.words.repair, describe(candidate, language)]),
  abstain: ({ code, reason }, { words }) => [[words.noAnswer, `${code}: ${reason}`]],
  explain: nothing,
};

function linesOf<Name extends keyof Details>(stage: Traced<Name>, language: Wordings): Line[] {
  return LINES[stage.name](stage.detail, language);
}

/**
 * Why an answer is what it is: what was found, what was tried, what was mended, how long it took; in
 * the language of the answer.
 */
export function printWhy({ trace, language }: Pick<Answer, 'trace' | 'language'>): string {
  const words = WHY_WORDS[language];
  const said = { words, wording: wordingOf(language) };
  const times = trace.map(({ name, milliseconds }) => `${name} ${milliseconds.toFixed(0)}`);
  const lines: Line[] = [
    ...trace.flatMap((stage) => linesOf(stage, said)),
    [words.milliseconds, times.join(', ')],
  ];
  const width = Math.max(...lines.map(([label]) => displayWidth(label)));
  return lines
    .map(([label, text]) => {
      const blanks = ' '.repeat(width - displayWidth(label) + 2);
      return `${label}${blanks}${printableLine(text)}\n`;
    })
    .join('');
}

function describe({ sql, votes, error }: SampledCandidate, { words, wording }: Wordings): string {
  return `${words.votes(votes)}: ${sql}${error === null ? '' : ` (${wording.sqlite(error)})`}`;
}
