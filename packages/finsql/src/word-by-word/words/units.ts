/** The units by which a question and names are matched: stems of words, and single Chinese characters. */
import { foldWidth } from '../../retrieval/values/units.ts';
import { singular } from '../../retrieval/words.ts';

export interface PlacedUnit {
  readonly stem: string;
  readonly plural: boolean;
  readonly from: number;
  readonly to: number;
  /** Of taking it for a word that it is not to the letter. */
  readonly cost?: number;
}

const UNIT =
  /\p{Script=Han}|(?:(?!\p{Script=Han})[\p{L}\p{N}])+(?:['’](?=[rlvm])(?:\p{L}+))?|[%<>=,、]/gu;

const IRREGULAR: ReadonlyMap<string, string> = new Map([
  ['indices', 'index'],
  ['children', 'child'],
  ['men', 'man'],
  ['chairmen', 'chairman'],
  ['salesmen', 'salesman'],
  // `trade-ins`, `top-ups`, `add-ons`.
  ['ins', 'in'],
  ['ups', 'up'],
  ['ons', 'on'],
  ['salespeople', 'salesperson'],
]);

/** Words that are written in two ways, the British one first. */
const SPELLINGS: ReadonlyMap<string, string> = new Map(
  `enrolment enrollment|programme program|colour color|labour labor|centre center|licence license|
   favourite favorite|catalogue catalog|theatre theater|metre meter|kilometre kilometer|litre liter|neighbour neighbor|
   behaviour behavior|jewellery jewelry|tyre tire|cancelled canceled|enrol enroll|instalment installment|
   fulfilment fulfillment|aeroplane airplane|grey gray|organised organized`
    .split(/\|\s*/)
    .flatMap((pair) => {
      const [british, american] = pair.split(' ');
      return british === undefined || american === undefined ? [] : [[british, american] as const];
    }),
);

/** One form of singular and plural: `movie` and `movies`, `campus` and `campuses`; not of `houses`. */
function stemOf(word: string, isPlural = true): string {
  const one = isPlural
    ? (IRREGULAR.get(word) ?? singular(word.replace(/([blnprst])uses$/, '$1us')))
    : word;
  return one.length > 3
    ? (SPELLINGS.get(one) ?? one).replace(/ie$/, 'y').replace('isation', 'ization')
    : one;
}

/** The units of a text with their places in it. */
export function placedUnits(text: string): PlacedUnit[] {
  return [...foldWidth(text).matchAll(UNIT)].map(({ 0: written, index }) => {
    // The country is no pronoun.
    const word = written === 'US' ? written : written.toLowerCase();
    const stem = stemOf(word);
    const plural = stem !== stemOf(word, false);
    return { stem, plural, from: index, to: index + written.length };
  });
}

/** A text as a key: equal for texts that are one but for case, endings and signs. */
export function phraseKey(text: string): string {
  return placedUnits(text)
    .map((unit) => unit.stem)
    .join(' ');
}
