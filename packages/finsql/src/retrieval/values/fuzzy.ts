/**
 * Stored texts that a question nearly spells: with a slip, or by some of their words. The rarest
 * trigrams of what no exact mention covers fetch candidates, which are then aligned with the question.
 */
import { isStopWord } from '../words.ts';
import { type Alignment, align, alignJoined } from './align.ts';
import type { Place, ValueLookup } from './lookup.ts';
import { tightKeyOf, trigramsOf, type Unit, unitsOf } from './units.ts';

export interface NearMention {
  readonly place: Place;
  /** Words (characters in Chinese) that matched. */
  readonly length: number;
  /** Below 1: how much of the value is mentioned, and how exactly. */
  readonly similarity: number;
}

const CANDIDATES = 40;
const RAREST = 12;
/** A trigram of more values than this fetches too many to rank. */
const COMMON = 20_000;
/** A value of which so much is mentioned is meant. */
const MOSTLY = 0.72;
/** A part of a value counts from so much on, if few values have that part. */
const PARTLY = 0.34;
const FEW_VALUES = 3;
/** Fewer matched characters say nothing. */
const LEAST_WEIGHT = 5;
const LONG_WORD = 6;
/** Only values about as similar as the best of their mention are kept. */
const NEAR_BEST = 0.08;

/**
 * @param covered for each UTF-16 unit of the question, 1 where an exact mention lies
 */
export function findNear(
  lookup: ValueLookup,
  question: string,
  covered: Uint8Array,
): NearMention[] {
  const units = unitsOf(uncovered(question, covered));
  const near = candidates(lookup, units)
    .flatMap((value) => {
      const held = unitsOf(value);
      const found = alignJoined(units, tightKeyOf(value)) ?? align(units, held);
      return found === undefined || !saysSomething(found, units, held) ? [] : [{ value, found }];
    })
    .sort((a, b) => similarity(b.found) - similarity(a.found));
  const mentions: NearMention[] = [];
  const taken = new Set<number>();
  for (const { found } of near) {
    if (taken.has(found.from)) continue;
    const rivals = near.filter((other) => overlaps(other.found, found));
    for (let at = found.from; at < found.to; at++) taken.add(at);
    const best = similarity(found);
    const close = rivals.filter((other) => similarity(other.found) >= best - NEAR_BEST);
    const meant = found.share * found.likeness >= MOSTLY;
    if (!(meant ? close.length <= 2 * FEW_VALUES : best >= PARTLY && rivals.length <= FEW_VALUES)) {
      continue;
    }
    for (const { value, found: own } of close) {
      for (const place of lookup.of(value)) {
        mentions.push({ place, length: own.matched, similarity: Math.min(0.99, similarity(own)) });
      }
    }
  }
  return mentions;
}

function similarity({ share, likeness }: Alignment): number {
  return share * likeness;
}

function overlaps(a: Alignment, b: Alignment): boolean {
  return a.from < b.to && b.from < a.to;
}

/** One word alone, unless it is long or the whole value, and words of every sentence, match by accident. */
function saysSomething(
  { from, to, matched, share }: Alignment,
  units: readonly Unit[],
  value: readonly Unit[],
): boolean {
  const mentioned = units.slice(from, to).filter(({ text }) => !isStopWord(text));
  if (mentioned.some(({ han }) => han)) {
    const begins = units[from]?.text === value[0]?.text && units[from + 1]?.text === value[1]?.text;
    return matched >= 3 || (matched === 2 && begins && value.length === 3 && isPlaceName(value));
  }
  const weight = mentioned.reduce((sum, { text }) => sum + text.length, 0);
  return (
    weight >= LEAST_WEIGHT &&
    mentioned.some(nameLike) &&
    (matched >= 2 || weight >= LONG_WORD || share === 1)
  );
}

/** 厦门 is said for 厦门市; 管理 is not said for 管理费. */
function isPlaceName(value: readonly Unit[]): boolean {
  return /^[市省县区州]$/.test(value.at(-1)?.text ?? '');
}

/** Written like a name or a code: not a plain word of a sentence. */
function nameLike({ written }: Unit): boolean {
  return /\p{Lu}|\d/u.test(written);
}

/** What was found exactly is blanked out; a mark keeps its sides apart. */
function uncovered(question: string, covered: Uint8Array): string {
  return [...question.split('')]
    .map((character, at) => (covered[at] === 1 ? '\n' : character))
    .join('');
}

/** Values that share rare trigrams with the units, and Chinese ones that begin as the question goes on. */
function candidates(lookup: ValueLookup, units: readonly Unit[]): string[] {
  const trigrams = rareTrigrams(lookup, units);
  const found = new Set(trigrams.length === 0 ? [] : lookup.withTrigrams(trigrams, CANDIDATES));
  for (const [at, unit] of units.entries()) {
    const next = units[at + 1];
    if (!unit.han || next?.han !== true) continue;
    const values = new Set(lookup.byPair(unit.text + next.text).map(({ value }) => value));
    if (values.size <= FEW_VALUES) for (const value of values) found.add(value);
  }
  return [...found];
}

function rareTrigrams(lookup: ValueLookup, units: readonly Unit[]): string[] {
  const text = units.filter((unit) => unit.han || !isStopWord(unit.text));
  const all = trigramsOf(text.map((unit) => unit.text).join(''));
  return all
    .map((trigram) => ({ trigram, count: lookup.count(trigram) }))
    .filter(({ count }) => count > 0 && count <= COMMON)
    .sort((a, b) => a.count - b.count)
    .slice(0, RAREST)
    .map(({ trigram }) => trigram);
}
