/**
 * Stored names in Latin letters that a Chinese question says in characters: by pinyin `武汉` for `Wuhan`
 * and `高冠霖` for `Gao Guanlin`, by the names that the CLDR has `德国` for `Germany` and `欧元` for `Euro`.
 */
import { pinyin } from 'pinyin-pro';
import type { Mention } from './exact.ts';
import type { Place } from './lookup.ts';
import { keyOf } from './units.ts';

/** Characters of a name that is spelled by its sound. */
const LONGEST_SPELLED = 4;
/** A romanised word of fewer letters is that of too many others. */
const LEAST_LETTERS = 5;

/**
 * Mentions in what no other mention covers, the longest names first.
 * @param byKey places of the texts with that key
 * @param covered for each UTF-16 unit of the question, 1 where a mention lies; those found here are added
 */
export function findRomanised(
  byKey: (key: string) => readonly Place[],
  question: string,
  covered: Uint8Array,
): Mention[] {
  const found: Mention[] = [];
  for (const { 0: run, index } of question.matchAll(/\p{Script=Han}+/gu)) {
    const characters = [...run];
    const starts = startsOf(characters, index);
    const syllables = pinyin(run, { toneType: 'none', type: 'array', v: true });
    const longest = Math.max(LONGEST_SPELLED, translations().longest);
    for (let length = Math.min(characters.length, longest); length >= 2; length--) {
      for (let at = 0; at + length <= characters.length; at++) {
        const from = starts[at] ?? index;
        const name = characters.slice(at, at + length).join('');
        if (covered.subarray(from, from + name.length).includes(1)) continue;
        const keys = [...translate(name), ...spellings(syllables.slice(at, at + length))];
        const places = keys.flatMap(byKey);
        if (places.length === 0) continue;
        covered.fill(1, from, from + name.length);
        const to = from + name.length;
        for (const place of places) found.push({ place, length, from, to });
      }
    }
  }
  return found;
}

/** As places are written (`wuhan`), and people (`gao guanlin`, `ouyang zhen`, `gao guan lin`). */
function spellings(syllables: readonly string[]): string[] {
  const place = syllables.join('');
  if (syllables.length > LONGEST_SPELLED || place.length < LEAST_LETTERS) return [];
  const people = syllables
    .slice(1)
    .map((_, at) => `${syllables.slice(0, at + 1).join('')} ${syllables.slice(at + 1).join('')}`);
  return [...new Set([place, ...people, syllables.join(' ')])];
}

/** For each character, how many UTF-16 units of the question are before it. */
function startsOf(characters: readonly string[], index: number): number[] {
  let next = index;
  return characters.map((character) => {
    const start = next;
    next += character.length;
    return start;
  });
}

interface Translations {
  readonly keys: ReadonlyMap<string, readonly string[]>;
  /** Characters of the longest name. */
  readonly longest: number;
}

/** Keys of the English names of a country or currency. */
function translate(name: string): readonly string[] {
  return translations().keys.get(name) ?? [];
}

let known: Translations | undefined;

function translations(): Translations {
  known ??= readTranslations();
  return known;
}

function readTranslations(): Translations {
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  const regions = letters.flatMap((first) => letters.map((second) => first + second));
  const keys = new Map<string, string[]>();
  for (const style of ['long', 'short'] as const) {
    collect(regions, { type: 'region', style, fallback: 'none' }, keys);
  }
  collect(Intl.supportedValuesOf('currency'), { type: 'currency', fallback: 'none' }, keys);
  const longest = Math.max(...[...keys.keys()].map((name) => [...name].length));
  return { keys, longest };
}

function collect(
  codes: readonly string[],
  options: Intl.DisplayNamesOptions,
  all: Map<string, string[]>,
): void {
  const chinese = new Intl.DisplayNames('zh', options);
  const english = new Intl.DisplayNames('en', options);
  for (const code of codes) {
    const [name, meaning] = [chinese.of(code), english.of(code)];
    if (name === undefined || meaning === undefined) continue;
    all.set(name, [...new Set([...(all.get(name) ?? []), keyOf(meaning)])]);
  }
}
