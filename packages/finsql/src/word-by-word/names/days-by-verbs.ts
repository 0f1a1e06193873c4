/** How people say days by what is done on them: `hired`, `the day they joined`, `date of delivery`. */
import { words } from '../../retrieval/words.ts';
import type { Column } from '../../schema/schema.ts';
import { namesInComment } from '../columns/comment-parts.ts';
import { COST, type Named } from '../columns/name-costs.ts';
import { isDone, OF_DAY, verbForms, verbNouns, wordsOf } from '../columns/name-words.ts';
import {
  holdsDays,
  holdsMonthNumbers,
  holdsMonths,
  holdsYears,
} from '../columns/schema-columns.ts';
import { phraseKey } from '../words/units.ts';
import { DAYS } from './day-names.ts';

/** How people say that something is due on a day. */
const DUE = [
  'due',
  'falling due',
  'fall due',
  'falls due',
  'fell due',
  'coming due',
  'came due',
  'come due',
  'comes due',
];

/** How people say that something is over on a day. */
const RUN_OUT = [
  ...['run out', 'runs out', 'ran out', 'running out'],
  ...['expire', 'expires', 'expired', 'expiring', 'up for renewal'],
];
const OVER = /^(?:exp|expir\w*|end|ends|ended|until)$/;

/** `hired` for hire_date, `signed up` for signup_date, `granted` for what a comment calls `date granted`. */
export function dayVerbs(column: Column): Named[] {
  const isYear = holdsYears(column);
  const isMonth = holdsMonths(column) || holdsMonthNumbers(column);
  if (!holdsDays(column) && !isYear && !isMonth) return [];
  const said = namesInComment(column).filter((text) =>
    /^(?:date|day) \w+ed$|^\w+ed on$/i.test(text),
  );
  return [wordsOf(column.name), ...said.map(words)].flatMap((own) => {
    const [verb, ...more] = withoutParticle(own).filter(
      (word) =>
        word !== 'of' && !(isYear ? /^year$/ : isMonth ? /^(?:month|ym)$/ : OF_DAY).test(word),
    );
    const particle = particleOf(own);
    if (verb !== undefined && particle !== undefined && more.length === 0) {
      return phrasal(verb, particle);
    }
    if (verb === undefined || more.length > 0) return [];
    if (verb === 'due') return DUE.map((text): Named => [text, COST.verb]);
    const others = [
      ...(OVER.test(verb) ? RUN_OUT : []),
      ...(/^matur/.test(verb) ? DUE.slice(1) : []),
    ];
    // The noun itself is no verb of it: `orders` are not their order_date.
    return [...verbForms(verb), ...verbNouns(verb), ...others]
      .filter((text) => (phraseKey(text) !== phraseKey(verb) || isDone(verb)) && !DAYS.has(text))
      .map((text): Named => [text, COST.verb]);
  });
}

const PARTICLE = /^(?:up|off|out|in|back|over|down)$/;

/** `up` of signed_up, `out` of paid_out_on: the word behind the first. */
function particleOf([, second = '']: readonly string[]): string | undefined {
  return PARTICLE.test(second) ? second : undefined;
}

function withoutParticle(own: readonly string[]): readonly string[] {
  return particleOf(own) === undefined ? own : own.filter((_, at) => at !== 1);
}

/** `sign up`, `signing up`, `signups` for signed_up. */
function phrasal(verb: string, particle: string): Named[] {
  const forms = new Set(
    [...verbForms(verb), ...verbNouns(verb)].map((form) => `${form} ${particle}`),
  );
  return [...forms]
    .filter((text) => text !== `${verb} ${particle}` || isDone(verb))
    .map((text): Named => [text, COST.verb]);
}

/** `delivery date` for delivered_on, `opening year` for open_year. */
export function dayNouns(column: Column): Named[] {
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
