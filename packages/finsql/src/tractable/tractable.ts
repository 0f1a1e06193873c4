/** A question that leaves no word over, as SQL. */
import type { DatabaseContext } from '../retrieval/context.ts';
import type { Retrieval } from '../retrieval/retrieve.ts';
import { hasHan } from '../retrieval/words.ts';
import { linksOf } from './joins.ts';
import { parseMeanings } from './parse.ts';
import type { Meaning, Phrase } from './phrase.ts';
import { readPhrases } from './read-phrases.ts';
import { writeReading } from './write-reading.ts';

/** Readings that are tried of a question whose words mean several things. */
const MOST_READINGS = 4000;
/** What each table costs. */
const TABLE = 1.5;

export interface Composed {
  readonly sql: string;
  /** 0: every name in full, and one table. */
  readonly cost: number;
}

/** The statement of the cheapest reading; undefined where there is none, or two of one cost. */
export function composeStatement(
  context: DatabaseContext,
  retrieval: Retrieval,
  why?: (reason: string) => void,
): Composed | undefined {
  const phrases = readPhrases(context, retrieval, why);
  if (phrases === undefined) return undefined;
  const links = linksOf(context.schema, context.links);
  const found = new Map<string, number>();
  for (const meanings of combinations(phrases)) {
    const reading = parseMeanings(meanings, context.schema, hasHan(retrieval.question), why);
    if (reading === undefined) continue;
    const sql = writeReading(reading, context.schema, links);
    if (sql === undefined) {
      why?.('no join');
      continue;
    }
    const tables = sql.split(/ (?:from|join) /).length - 1;
    const cost = meanings.reduce((sum, { cost: own }) => sum + own, 0) + TABLE * (tables - 1);
    found.set(sql, Math.min(cost, found.get(sql) ?? Number.POSITIVE_INFINITY));
  }
  const [best, second] = [...found].sort((a, b) => a[1] - b[1]);
  if (best === undefined) return undefined;
  if (second !== undefined && second[1] <= best[1]) {
    why?.(`ambiguous ${best[0]} | ${second[0]}`);
    return undefined;
  }
  return { sql: best[0], cost: best[1] };
}

function* combinations(phrases: readonly Phrase[]): Generator<Meaning[]> {
  const sizes = phrases.map(({ meanings }) => meanings.length);
  const all = sizes.reduce((product, size) => product * size, 1);
  if (all > MOST_READINGS) return;
  for (let index = 0; index < all; index++) {
    let rest = index;
    yield phrases.map(({ meanings }) => {
      const at = rest % meanings.length;
      rest = Math.floor(rest / meanings.length);
      return meanings[at] as Meaning;
    });
  }
}
