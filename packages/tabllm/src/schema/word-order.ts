/**
 * Categories that have an order, told by their words: sizes, degrees, grades, ratings, levels of education, or
 * the numbers in them (`<100`, `100-500`, `more`). With four labels, to know that high lies beyond
 * medium is worth more than to see it once.
 */

/** Letters of credit ratings from the best, as agencies write them, and of energy and other grades. */
const RATINGS = [
  'aaa aa+ aa aa- a+ a a- bbb+ bbb bbb- bb+ bb bb- b+ b b- ccc+ ccc ccc- cc c d',
  'aaa aa1 aa2 aa3 a1 a2 a3 baa1 baa2 baa3 ba1 ba2 ba3 b1 b2 b3 caa1 caa2 caa3 ca c',
  'a+++ a++ a+ a b c d e f g h',
];

/** Scales from low to high; each place with its usual spellings. */
const SCALES: readonly (readonly string[])[] = [
  [
    'very low|vlow|minimal|sehr niedrig|很低|极低|较低',
    'low|niedrig|gering|低',
    'medium|med|mid|middle|moderate|average|normal|mittel|中|中等|一般',
    'high|hoch|高',
    'very high|vhigh|extreme|sehr hoch|很高|极高',
  ],
  ['tiny|xs', 'small|s|little', 'medium|med|m|middle', 'big|large|l', 'huge|xl|very large'],
  ['never', 'rarely|seldom', 'sometimes|occasionally', 'often|frequently', 'always'],
  ['very poor|very bad', 'poor|bad', 'fair|average|ok', 'good', 'very good|vgood', 'excellent'],
  ['很差|极差', '差|较差|不合格', '中|一般|及格|合格', '良|良好|好|较好', '优|优秀|很好'],
  ['negative', 'stable|neutral|developing', 'positive'],
  ['none', 'minor|mild|trivial', 'moderate|medium', 'major|serious|severe', 'critical|blocker'],
  ['basic|free|bronze|starter', 'standard|silver', 'gold|premium', 'platinum', 'diamond|black'],
  [
    'very dissatisfied|very unsatisfied|非常不满意',
    'dissatisfied|unsatisfied|不满意',
    'neutral|一般',
    'satisfied|满意',
    'very satisfied|非常满意',
  ],
  ['正常', '关注', '次级', '可疑', '损失'],
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
  ['小学', '初中', '高中|中专|职高', '大专|专科', '本科|学士|大学', '硕士|研究生', '博士'],
  ...RATINGS.map((letters) => letters.split(' ')),
];
/** `C2` is the second step of the third letter. */
const LETTER_AND_STEP = /^([a-h])(\d)$/;
const STEPS = 10;
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
  const single = values.every((value) => value.trim().length < 2);
  for (const scale of SCALES.map((places) => places.map((names) => names.split('|')))) {
    const graded = scale[0]?.includes('preschool') === true;
    // A, B and C alone are treatments, blocks or samples as well.
    if (single && scale.some((names) => names.includes('a'))) continue;
    const found = placesOf(values, (word) => {
      const grade = graded ? GRADE.exec(word) : null;
      if (grade) return (3 * Number(grade[1])) / LAST_GRADE;
      const place = scale.findIndex((names) => names.includes(word));
      return place === -1 ? null : place;
    });
    if (found.size > best.size) best = found;
  }
  const stepped = placesOf(values, stepOf);
  const letters = new Set([...stepped.keys()].map((value) => value.trim().charAt(0).toLowerCase()));
  if (letters.size > 1 && stepped.size > best.size) best = stepped;
  if (!isOrder(best, values)) best = placesOf(values, numberIn);
  if (!isOrder(best, values)) return null;
  const steps = [...new Set(best.values())].sort((a, b) => a - b);
  return new Map([...best].map(([value, place]) => [value, steps.indexOf(place)]));
}

function stepOf(word: string): number | null {
  const [, letter = '', step] = LETTER_AND_STEP.exec(word) ?? [];
  return step === undefined ? null : STEPS * letter.charCodeAt(0) + Number(step);
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
