/** A question that leaves no word over, as SQL. */
import { compactDays } from '../calibrate/compact-days.ts';
import { storedDates } from '../calibrate/stored-dates.ts';
import type { DatabaseContext } from '../retrieval/context.ts';
import type { Retrieval } from '../retrieval/retrieve.ts';
import { hasHan } from '../retrieval/words.ts';
import { joinsAlong, mainKeys, unsaidParts } from './columns/main-keys.ts';
import { expectEnoughSaid } from './enough-said.ts';
import type { Meaning, Phrase } from './model/phrase.ts';
import { isMeasure } from './model/reading.ts';
import { orUnread, Unread, unread } from './model/unread.ts';
import { namesOf } from './names/schema-names.ts';
import { isPassedOver, passesOverTheCore } from './phrases/pass-over.ts';
import { readPhrases } from './phrases/read-phrases.ts';
import { wordsInFull } from './phrases/words-in-full.ts';
import { asAsked } from './settle/as-asked.ts';
import { finishReading } from './settle/finish-reading.ts';
import { takePhrases } from './take/take-phrases.ts';
import { writeReading } from './write/write-reading.ts';

/** Readings that are tried of a question whose words mean several things. */
const MOST_READINGS = 4000;
/** What each table costs beside the first; where something is measured, a far one is less often a mistake. */
const TABLE_COST = { listed: 1.5, measured: 1.25 } as const;

export interface Composed {
  readonly sql: string;
  /** 0: every name in full, and one table. */
  readonly cost: number;
  /** Words of the question that stand for nothing and were passed over. */
  readonly passedOver: readonly string[];
}

/**
 * The statement of the cheapest reading; why not, where there is none, or two of one cost.
 * @param mayPassOver so many words of which nothing is known; default 0
 */
export function composeStatement(
  context: DatabaseContext,
  retrieval: Retrieval,
  { mayPassOver = 0 }: { readonly mayPassOver?: number } = {},
): Composed | Unread {
  return orUnread(() => {
    const heard = readPhrases(context, retrieval, mayPassOver);
    const phrases = wordsInFull(heard, retrieval.question);
    if (passesOverTheCore(phrases, retrieval.question))
      unread('a word is passed over that all depends on');
    const passedOver = phrases
      .filter(isPassedOver)
      .map(({ from, to }) => retrieval.question.slice(from, to));
    const { question } = retrieval;
    const within = { question, passedOver, chinese: hasHan(question) };
    const best = cheapest(readings(phrases, context, within));
    return { ...best, passedOver };
  });
}

/** What is known of a question beside its phrases. */
interface Said {
  readonly question: string;
  readonly chinese: boolean;
  readonly passedOver: readonly string[];
}

interface Priced extends Omit<Composed, 'passedOver'> {
  /** Why it is not what the question says as a whole, where it is not. */
  readonly refused?: Unread;
}

/** The statement of each choice of meanings, or why it gives none. */
function readings(
  phrases: readonly Phrase[],
  context: DatabaseContext,
  { question, chinese, passedOver }: Said,
): (Priced | Unread)[] {
  const { schema, values } = context;
  // Chinese says such parts in words that no name of a key has.
  const all = namesOf(context).links;
  const links = chinese ? all : mainKeys(all, question);
  const unsaid = chinese ? [] : unsaidParts(all, question);
  return combinations(phrases).map((meanings) =>
    orUnread(() => {
      const within = { schema, links, chinese };
      const parsed = finishReading(takePhrases(meanings, within));
      const asked = orUnread(() =>
        asAsked(parsed, { ...within, question, phrases, meanings, values }),
      );
      const isRefused = asked instanceof Unread;
      const reading = isRefused ? parsed : asked;
      expectEnoughSaid(reading, meanings, passedOver, links);
      const written = writeReading(reading, schema, links);
      if (unsaid.some((link) => joinsAlong(written, link))) unread('which part of those');
      const sql = storedDates.apply(compactDays.apply(written, context), context);
      const tableCost = reading.shown.some(isMeasure) ? TABLE_COST.measured : TABLE_COST.listed;
      const priced = { sql, cost: costOf(meanings, sql, tableCost) };
      return isRefused ? { ...priced, refused: asked } : priced;
    }),
  );
}

/** What the words cost, and every table beside the first that the statement reads. */
function costOf(meanings: readonly Meaning[], sql: string, tableCost: number): number {
  const withoutTexts = sql.replaceAll(/'[^']*'/g, '');
  const read = withoutTexts.matchAll(/ (?:from|join) ([^ ()]+)/g);
  const tables = new Set([...read].map(([, table]) => table)).size;
  return meanings.reduce((sum, { cost }) => sum + cost, tableCost * (tables - 1));
}

/**
 * The cheapest statement; a dearer one is none in place of one that the question as a whole contradicts.
 * @throws Unread where no choice gives a statement, where two statements cost the same, and for one so contradicted
 */
function cheapest(tried: readonly (Priced | Unread)[]): Priced {
  const found = tried.flatMap((one) => (one instanceof Unread ? [] : one));
  const [best, ...others] = found.toSorted((a, b) => a.cost - b.cost);
  if (best === undefined) throw tried.find((one) => one instanceof Unread);
  const second = others.find(({ sql }) => sql !== best.sql);
  if (second !== undefined && second.cost <= best.cost) unread(`${best.sql} | ${second.sql}`);
  if (best.refused !== undefined) throw best.refused;
  return best;
}

/**
 * Each choice of one meaning of every phrase.
 * @throws Unread where they are too many
 */
function combinations(phrases: readonly Phrase[]): Meaning[][] {
  const count = phrases.reduce((product, { meanings }) => product * meanings.length, 1);
  if (count > MOST_READINGS) unread('too many readings');
  return phrases.reduce<Meaning[][]>(
    (chosen, { meanings }) => chosen.flatMap((before) => meanings.map((one) => [...before, one])),
    [[]],
  );
}
