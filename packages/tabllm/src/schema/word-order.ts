/**
 * Categories that have an order, told by their words: sizes, degrees, grades, levels of education, or
 * the numbers in them (`<100`, `100-500`, `more`). With four labels, to know that high lies beyond
 * medium is worth more than to see it once.
 */

/** Scales from low to high; each place with its usual spellings. */
const SCALES: readonly (readonly string[])[] = [
  [
    'very low|vlow|minimal',
    'low',
    'medium|med|mid|middle|moderate|average|normal',
    'high',
    'very high|vhigh|extreme',
  ],
  ['tiny|xs', 'small|s|little', 'medium|med|m|middle', 'big|large|l', 'huge|xl|very large'],
  ['never', 'rarely|seldom', 'sometimes|occasionally', 'often|frequently', 'always'],
  ['very poor|very bad', 'poor|bad', 'fair|average|ok', 'good', 'very good|vgood', 'excellent'],
  ['down|falling|decreasing', 'flat|steady|stable|level', 'up|rising|increasing'],
  [
    'strongly disagree',
    'disagree',
    'neutral|neither agree nor disagree',
    'agree',
    'strongly agree',
  ],
  [
    'preschool|kindergarten',
    'primary|elementary|basic',
    'secondary',
    'hs-grad|high school|high-school',
    'some-college|some college',
    'assoc-voc|assoc-acdm|associate|associates',
    'bachelors|bachelor|undergraduate|tertiary|university',
    'masters|master|graduate|postgraduate',
    'prof-school|professional',
    'doctorate|phd|doctor',
  ],
];
/** School grades stand between the first and the fourth place of the last scale. */
const GRADE = /^(\d{1,2})(?:st|nd|rd|th)\b/;
const LAST_GRADE = 13;
const NUMBER = /-?\d+(?:\.\d+)?/;
const BEYOND = /^(?:more|over|above)\b/;
/** The share of the values that must have a place, and the fewest that make an order. */
const SHARE = 0.6;
const FEWEST = 3;

/** @returns the places of the values that have one, 0, 1, 2 …; null where no order shows */
export function wordOrder(values: readonly string[]): ReadonlyMap<string, number> | null {
  let best = new Map<string, number>();
  for (const scale of SCALES.map((places) => places.map((names) => names.split('|')))) {
    const graded = scale[0]?.includes('preschool') === true;
    const found = placesOf(values, (word) => {
      const grade = graded ? GRADE.exec(word) : null;
      if (grade) return (3 * Number(grade[1])) / LAST_GRADE;
      const place = scale.findIndex((names) => names.includes(word));
      return place === -1 ? null : place;
    });
    if (found.size > best.size) best = found;
  }
  if (!isOrder(best, values)) best = placesOf(values, numberIn);
  if (!isOrder(best, values)) return null;
  const steps = [...new Set(best.values())].sort((a, b) => a - b);
  return new Map([...best].map(([value, place]) => [value, steps.indexOf(place)]));
}

function isOrder(places: ReadonlyMap<string, number>, values: readonly string[]): boolean {
  return new Set(places.values()).size >= FEWEST && places.size >= SHARE * values.length;
}

function placesOf(
  values: readonly string[],
  place: (word: string) => number | null,
): Map<string, number> {
  return new Map(
    values.flatMap((value): [string, number][] => {
      const found = place(value.trim().toLowerCase());
      return found === null ? [] : [[value, found]];
    }),
  );
}

/** `<100` lies below `100-500`, `>=100` at it, `5 or more` and `more` beyond. */
function numberIn(word: string): number | null {
  if (BEYOND.test(word) && !NUMBER.test(word)) return Number.POSITIVE_INFINITY;
  const digits = NUMBER.exec(word.replaceAll(',', ''))?.[0];
  if (digits === undefined) return null;
  const value = Number(digits);
  if (word.startsWith('<')) return value - 1e-9 * (1 + Math.abs(value));
  return /more|\+|over|above|^>/.test(word) ? value + 1e-9 * (1 + Math.abs(value)) : value;
}
