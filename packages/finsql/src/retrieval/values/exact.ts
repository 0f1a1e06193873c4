/**
 * Stored texts that a question spells out but for case and signs: a look-up of its runs of words,
 * longest first. Chinese texts are found as substrings, through their first two characters.
 */
import { hasHan, isStopWord } from '../words.ts';
import { isInCapitals } from './capitals.ts';
import type { Place, ValueLookup } from './lookup.ts';
import { foldWidth, foldWord } from './units.ts';

export interface Mention {
  readonly place: Place;
  /** Words (characters in Chinese) that matched. */
  readonly length: number;
  /** Where in the question, in UTF-16 units; `to` is exclusive. */
  readonly from: number;
  readonly to: number;
}

export interface ExactMentions {
  readonly mentions: readonly Mention[];
  /** For each UTF-16 unit of the question, 1 where a mention lies. */
  readonly covered: Uint8Array;
}

const LONGEST_RUN = 12;

/** All mentions: those of runs of words before those in Chinese. */
export function findExact(lookup: ValueLookup, question: string): ExactMentions {
  const covered = new Uint8Array(question.length);
  return {
    mentions: [...findRuns(lookup, question, covered), ...findHan(lookup, question, covered)],
    covered,
  };
}

function findRuns(lookup: ValueLookup, question: string, covered: Uint8Array): Mention[] {
  const matches = [...question.matchAll(/(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu)];
  const written = matches.map(([word]) => word);
  const lower = written.map(foldWord);
  const taken = new Uint8Array(lower.length);
  const mentions: Mention[] = [];
  for (let length = Math.min(LONGEST_RUN, lower.length); length >= 1; length--) {
    for (let at = 0; at + length <= lower.length; at++) {
      if (taken.subarray(at, at + length).every((flag) => flag === 1)) continue;
      const run = lower.slice(at, at + length);
      const from = matches[at]?.index ?? 0;
      const end = (matches[at + length - 1]?.index ?? 0) + (written[at + length - 1] ?? '').length;
      const sign = signAt(question, end);
      const said = written.slice(at, at + length);
      const isCode = length === 1 && isInCapitals(said[0] ?? '', question);
      if (sign === '' && !isCode && !telling(run, said)) continue;
      const own = lookup.byKey(run.join(' '));
      const found = own.length > 0 ? own : lookup.byKey(singular(run).join(' '));
      // The department IT is stored so, and `it` is not.
      const isWord = isCode && run.every(isStopWord);
      const all = isWord ? found.filter(({ value }) => value.trim() === said[0]) : found;
      const places = sign === '' ? all : signed(all, run, sign);
      if (places.length === 0) continue;
      taken.fill(1, at, at + length);
      const to = end + sign.length;
      covered.fill(1, from, to);
      for (const place of places) mentions.push({ place, length, from, to });
    }
  }
  return mentions;
}

/** The sign that stands right behind a word, as of a grade: `AA-`, `B+`; none before a word, `AA-rated`. */
function signAt(question: string, at: number): string {
  return /^[+-](?!(?!\p{Script=Han})[\p{L}\p{N}])/u.exec(foldWidth(question.slice(at)))?.[0] ?? '';
}

/** What is stored with the sign; a short code without it is another grade, and other texts are not changed by it. */
function signed(places: readonly Place[], run: readonly string[], sign: string): readonly Place[] {
  const same = places.filter(({ value }) => foldWidth(value.trim()).endsWith(sign));
  if (same.length > 0) return same;
  const isGrade = run.length === 1 && (run[0] ?? '').length <= 4;
  return isGrade || !telling(run, run) ? [] : places;
}

/** A lone short word or number matches by accident, unless it is written like a name or a code. */
function telling(run: readonly string[], written: readonly string[]): boolean {
  if (run.every(isStopWord)) return false;
  const [word = ''] = run;
  if (run.length > 1) return true;
  if (/^\d+$/.test(word)) return word.length >= 5;
  return word.length >= 3 || /^\p{Lu}[\p{Lu}\p{N}]$/u.test(written[0] ?? '');
}

function singular(run: readonly string[]): string[] {
  const last = run.at(-1) ?? '';
  return last.length >= 4 && last.endsWith('s')
    ? [...run.slice(0, -1), last.slice(0, -1)]
    : [...run];
}

function findHan(lookup: ValueLookup, question: string, covered: Uint8Array): Mention[] {
  if (!hasHan(question)) return [];
  const asked = foldWidth(question);
  const characters = [...asked];
  const found: Mention[] = [];
  let offset = 0;
  for (let at = 0; at + 1 < characters.length; at++) {
    const rest = asked.slice(offset);
    const hits = lookup
      .byPair(`${characters[at]}${characters[at + 1]}`)
      .filter(({ value }) => rest.startsWith(foldWidth(value.trim())));
    const longest = Math.max(0, ...hits.map(({ value }) => [...value.trim()].length));
    for (const place of hits) {
      if ([...place.value.trim()].length !== longest) continue;
      const to = offset + place.value.trim().length;
      found.push({ place, length: longest, from: offset, to });
      covered.fill(1, offset, to);
    }
    const step = Math.max(1, longest);
    for (const character of characters.slice(at, at + step)) offset += character.length;
    at += step - 1;
  }
  return found;
}
