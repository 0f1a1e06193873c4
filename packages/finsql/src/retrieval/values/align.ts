/**
 * How well does a question mention a stored text? Local alignment (Smith and Waterman, 1981) of their
 * units: a matched unit scores its weight (characters; two for a Chinese one) times the likeness of
 * the two, units of the value may be missing at no cost, units of the question in between cost.
 */
import type { Unit } from './units.ts';

export interface Alignment {
  /** Units of the question, from … to (exclusive), that mention the value. */
  readonly from: number;
  readonly to: number;
  /** Matched units. */
  readonly matched: number;
  /** Weight of the matched units as a part of the value's, 0 … 1. */
  readonly share: number;
  /** Likeness of the matched units, 0 … 1; 1: all are the same. */
  readonly likeness: number;
}

/** Cost of a unit of the question inside a mention that the value lacks. */
const GAP = 1;
/** Words with fewer characters have to be the same. */
const FUZZY_WORD = 5;
/** Likeness of a word to the name that it is derived from. */
const DERIVED = 0.9;

interface Cell {
  readonly score: number;
  readonly from: number;
  readonly matched: number;
  readonly weight: number;
  readonly likeness: number;
}

const NOTHING: Cell = { score: 0, from: -1, matched: 0, weight: 0, likeness: 0 };

/** A question that spells the value with other gaps: `Tian Jian Group` for `TianJian Group`. */
export function alignJoined(question: readonly Unit[], key: string): Alignment | undefined {
  for (const from of question.keys()) {
    let joined = '';
    for (let to = from; to < question.length && joined.length < key.length; to++) {
      joined += question[to]?.text ?? '';
      if (joined === key)
        return { from, to: to + 1, matched: to + 1 - from, share: 1, likeness: 1 };
    }
  }
  return undefined;
}

/** The best alignment; undefined when no unit matches. */
export function align(question: readonly Unit[], value: readonly Unit[]): Alignment | undefined {
  const total = value.reduce((sum, unit) => sum + weigh(unit), 0);
  let best = NOTHING;
  let to = 0;
  // carried[j]: the best mention that ends before this unit and used no value unit after j.
  let carried: Cell[] = Array.from({ length: value.length + 1 }, () => NOTHING);
  for (const [at, asked] of question.entries()) {
    const row: Cell[] = [NOTHING];
    for (const [index, held] of value.entries()) {
      const before = carried[index] ?? NOTHING;
      const above = carried[index + 1] ?? NOTHING;
      const skipped = above.score > GAP ? { ...above, score: above.score - GAP } : NOTHING;
      const left = row[index] ?? NOTHING;
      const likeness = like(asked, held);
      const weight = weigh(held);
      const grown: Cell =
        likeness === 0
          ? NOTHING
          : {
              score: before.score + weight * likeness,
              from: before.matched === 0 ? at : before.from,
              matched: before.matched + 1,
              weight: before.weight + weight,
              likeness: before.likeness + likeness * weight,
            };
      const cell = [left, skipped].reduce((a, b) => (b.score > a.score ? b : a), grown);
      row.push(cell);
      if (cell === grown && grown.score > best.score) {
        best = grown;
        to = at + 1;
      }
    }
    carried = row;
  }
  if (best.matched === 0) return undefined;
  return {
    from: best.from,
    to,
    matched: best.matched,
    share: best.weight / Math.max(1, total),
    likeness: best.likeness / best.weight,
  };
}

function weigh({ text, han }: Unit): number {
  return han ? 2 : text.length;
}

function like(a: Unit, b: Unit): number {
  if (a.text === b.text) return 1;
  if (isOfPlace(a, b)) return DERIVED;
  if (a.han || b.han || Math.min(a.text.length, b.text.length) < FUZZY_WORD) return 0;
  if (/\d/.test(a.text + b.text)) return 0;
  const longest = Math.max(a.text.length, b.text.length);
  const allowed = longest >= 8 ? 2 : 1;
  const edits = editDistance(a.text, b.text, allowed);
  return edits > allowed ? 0 : 1 - edits / longest;
}

/** `Asian`, `Africans` for `Asia`, `Africa`. */
function isOfPlace(a: Unit, b: Unit): boolean {
  return (
    b.text.length >= 4 &&
    a.text.startsWith(b.text) &&
    /^(?:n|an|ian)s?$/.test(a.text.slice(b.text.length)) &&
    /^\p{Lu}/u.test(a.written)
  );
}

/** Levenshtein with neighbouring swaps as one edit; anything above `most` is `most + 1`. */
function editDistance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let older: number[] = [];
  let old = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let edits = Math.min(
        (old[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (old[j - 1] ?? 0) + (same ? 0 : 1),
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        edits = Math.min(edits, (older[j - 2] ?? 0) + 1);
      }
      row.push(edits);
    }
    if (Math.min(...row) > most) return most + 1;
    older = old;
    old = row;
  }
  return old[b.length] ?? most + 1;
}
