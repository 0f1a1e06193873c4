import { replaceSpan } from '../mentions.ts';
import type { FollowUpRule } from '../rule.ts';

/** Words for the most and the least of something, of one kind each. */
const EXTREMES: readonly (readonly [high: string, low: string])[] = [
  ['highest', 'lowest'],
  ['biggest', 'smallest'],
  ['largest', 'smallest'],
  ['most', 'fewest'],
  ['best', 'worst'],
  ['latest', 'earliest'],
  ['youngest', 'oldest'],
  ['newest', 'oldest'],
  ['longest', 'shortest'],
  ['maximum', 'minimum'],
  ['top', 'bottom'],
  ['最高', '最低'],
  ['最大', '最小'],
  ['最多', '最少'],
  ['最好', '最差'],
  ['最新', '最早'],
  ['最晚', '最早'],
  ['最长', '最短'],
];
const HIGH = new Map<string, string>(EXTREMES);
const LOW = new Map<string, string>([
  ...EXTREMES.map(([high, low]) => [low, high] as const),
  ['least', 'most'],
]);
const AGGREGATES = [
  'average',
  'mean',
  'median',
  'total',
  'combined',
  'maximum',
  'minimum',
  'highest',
  'lowest',
];
const HAN_AGGREGATES = ['平均', '总', '最高', '最低'];

/** `Which fund has the highest fee?` + `and the lowest?` → `Which fund has the lowest fee?` */
export const turnExtreme: FollowUpRule = {
  name: 'turn-extreme',
  summary: 'The other end of the scale, or another aggregate.',
  apply({ rest, han }, earlier) {
    const word = rest
      .replace(/^(?:the|with the) | (?:one|ones|value|values)$/gi, '')
      .replace(/的|值$/gu, '')
      .toLowerCase();
    const wanted = HIGH.has(word) ? 'high' : LOW.has(word) ? 'low' : undefined;
    const turned = wanted && turn(earlier.body, word, wanted);
    if (turned !== undefined) return turned + earlier.mark;
    const aggregates = han ? HAN_AGGREGATES : AGGREGATES;
    if (!aggregates.includes(word)) return undefined;
    const old = find(earlier.body, aggregates);
    return old === undefined || old.text.toLowerCase() === word
      ? undefined
      : replaceSpan(earlier.body, old, word) + earlier.mark;
  },
};

/** The first extreme of a question set to that end; with the very word where it is of the same kind. */
function turn(body: string, word: string, wanted: 'high' | 'low'): string | undefined {
  const old = find(body, [...HIGH.keys(), ...LOW.keys()]);
  if (old === undefined) return undefined;
  const said = old.text.toLowerCase();
  const opposite = wanted === 'high' ? LOW.get(said) : HIGH.get(said);
  if (opposite === undefined) return undefined; // it is at that end already
  const same = HIGH.get(said) === word || LOW.get(said) === word;
  const by = same ? word : opposite;
  return replaceSpan(
    body,
    old,
    /^\p{Lu}/u.test(old.text) ? by[0]?.toUpperCase() + by.slice(1) : by,
  );
}

function find(body: string, words: readonly string[]) {
  const english = words.filter((word) => /^[a-z]/.test(word)).join('|');
  const han = words.filter((word) => !/^[a-z]/.test(word)).join('|');
  const pattern = [english && `\\b(?:${english})\\b`, han].filter(Boolean).join('|');
  const match = new RegExp(pattern, 'iu').exec(body);
  return match === null ? undefined : { at: match.index, text: match[0] };
}
