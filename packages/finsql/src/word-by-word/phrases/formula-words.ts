/** The words and signs between the figures of a formula: `minus`, `net of`, `times`, `×`, `per`. */
import type { Operator } from '../names/figure-steps.ts';
import { AS_PARTS } from '../words/english-means.ts';
import { type PlacedUnit, phraseKey } from '../words/units.ts';

interface Operates {
  readonly sign: Operator;
  /** Whether it is so only behind a name, a colon or in brackets, where nothing but a formula stands. */
  readonly isStrict: boolean;
}

/** Of words, alternatives separated by `|`. */
const TEXTS: readonly (readonly [texts: string, sign: Operator, isStrict: boolean])[] = [
  ['minus|less|net of|after|after deducting|after deduction of|after subtracting', '-', false],
  ['plus', '+', false],
  ['times|x|multiplied by|multiplied with', '*', false],
  ['divided by', '/', false],
  ['over', '/', true],
  ['per', 'per', false],
  [[...AS_PARTS, 'percent', 'percentage'].map((part) => `${part} of`).join('|'), '%', false],
];

const WORDS: ReadonlyMap<string, Operates> = new Map(
  TEXTS.flatMap(([texts, sign, isStrict]) =>
    texts.split('|').map((text) => [phraseKey(text), { sign, isStrict }] as const),
  ),
);
const LONGEST = 5;

const SIGNS: readonly (readonly [sign: RegExp, operates: Operates])[] = [
  [/^\s*[×*]\s*$/, { sign: '*', isStrict: false }],
  [/^\s*−\s*$|^\s+[-–]\s+$/, { sign: '-', isStrict: true }],
  [/^\s*\+\s*$/, { sign: '+', isStrict: false }],
  [/^\s*[/÷]\s*$/, { sign: '/', isStrict: true }],
];

interface Placed {
  readonly question: string;
  readonly units: readonly PlacedUnit[];
}

/** What is done behind a figure that ends before a unit, and the unit behind the word for it; undefined where nothing is. */
export function operatorAt(
  { question, units }: Placed,
  at: number,
  isStrict: boolean,
): { readonly sign: Operator; readonly end: number } | undefined {
  const next = units[at];
  if (next === undefined) return undefined;
  const gap = question.slice(units[at - 1]?.to, next.from);
  const written = SIGNS.find(([sign]) => sign.test(gap))?.[1];
  if (written !== undefined && (isStrict || !written.isStrict)) return { ...written, end: at };
  if (!/^\s*$/.test(gap)) return undefined;
  for (let length = LONGEST; length >= 1; length--) {
    const run = units.slice(at, at + length).map(({ stem }) => stem);
    const said = WORDS.get(run.join(' '));
    if (said !== undefined && (isStrict || !said.isStrict)) return { ...said, end: at + length };
  }
  return undefined;
}

/** Behind figures that are added up. */
const SUMS = new Set(
  'together|combined|added up|added together|taken together|summed|summed up|in one figure|in one sum'
    .split('|')
    .map(phraseKey),
);

/** The unit behind the word that adds up what stands before it; undefined where there is none. */
export function sumEndAt(units: readonly PlacedUnit[], at: number): number | undefined {
  for (let length = LONGEST; length >= 1; length--) {
    const run = units.slice(at, at + length).map(({ stem }) => stem);
    if (run.length === length && SUMS.has(run.join(' '))) {
      return units[at + length]?.stem === 'with' ? undefined : at + length;
    }
  }
  return undefined;
}
