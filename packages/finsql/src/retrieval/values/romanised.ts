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
    const syllables = pinyin(run, { toneType: 'none', type: 'array', v: true });
    for (let length = characters.length; length >= 2; length--) {
      for (let at = 0; at + length <= characters.length; at++) {
        const from = index + characters.slice(0, at).join('').length;
        const name = characters.slice(at, at + length).join('');
        if (covered.subarray(from, from + name.length).includes(1)) continue;
        const keys = [...translations(name), ...spellings(syllables.slice(at, at + length))];
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

/** Keys of the English names of a country or currency. */
function translations(name: string): readonly string[] {
  known ??= readTranslations();
  return known.get(name) ?? [];
}

let known: ReadonlyMap<string, readonly string[]> | undefined;

function readTranslations(): ReadonlyMap<string, readonly string[]> {
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  const regions = letters.flatMap((first) => letters.map((second) => first + second));
  const all = new Map<string, string[]>();
  for (const style of ['long', 'short'] as const) {
    collect(regions, { type: 'region', style, fallback: 'none' }, all);
  }
  collect(Intl.supportedValuesOf('currency'), { type: 'currency', fallback: 'none' }, all);
  return all;
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
