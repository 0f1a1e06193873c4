/** Question → scored tables and columns, linked values, neighbours. */
import type { TextToSqlItem } from '../data/text-to-sql-set.ts';
import { type ScoredColumn, scoreColumns } from './columns.ts';
import type { DatabaseContext } from './context.ts';
import type { Neighbour } from './exemplars.ts';
import { learnedNames } from './learned-names.ts';
import { type Quantity, readQuantities } from './quantities.ts';
import { type ScoredTable, scoreTables } from './tables.ts';
import { isIn, type Place } from './values/lookup.ts';
import type { LinkedValue } from './values.ts';
import { stems } from './words.ts';

const NEIGHBOURS = 20;
/** Of a stored text that is called by a name that known questions teach. */
const CALLED = 0.98;
/** Questions share some runs of characters by accident. */
const LEAST_SIMILARITY = 0.25;

/** What a question states. */
export interface Mentions {
  readonly question: string;
  /** Everything that the question mentions, exactly or nearly. */
  readonly values: readonly LinkedValue[];
  /** Of it (exact and derived), what scores tables and columns and is shown. */
  readonly evidence: readonly LinkedValue[];
  /** Dates, amounts and percentages in normal form. */
  readonly quantities: readonly Quantity[];
  /** The day on which it is asked; undefined: the current day. */
  readonly today?: string;
}

export interface Retrieval extends Mentions {
  /** All tables, best first. */
  readonly tables: readonly ScoredTable[];
  /** Scored columns of a table, in stored order. */
  columnsOf(table: string): readonly ScoredColumn[];
  readonly neighbours: readonly Neighbour[];
  /** Whether a name, comment, stored value or known question has anything to do with the question. */
  readonly supported: boolean;
}

export interface RetrieveOptions {
  /** Exemplars that must not be looked at, for instance the question itself while training. */
  readonly skip?: (item: TextToSqlItem, index: number) => boolean;
  /** False: neither votes nor exemplars. Default true. */
  readonly exemplars?: boolean;
  /**
   * True: values that the question nearly spells are evidence, too, and of several spellings that of
   * the question goes first. Default false: prompts are those that the shipped adapter was trained on.
   */
  readonly nearValues?: boolean;
  /** Reference day of `last year` and the like, as `2025-01-31`. Default: the current day. */
  readonly today?: string;
}

/** Scores everything in the database against the question. */
export function retrieve(
  context: DatabaseContext,
  question: string,
  options: RetrieveOptions = {},
): Retrieval {
  const asked = stems(question);
  const neighbours = neighboursOf(context, question, options);
  const mentions = mentionsOf(context, question, options);
  const { evidence } = mentions;
  const byName = new Map(context.lexicon.tables.map((table) => [table.name, table]));
  const scored = new Map<string, ScoredColumn[]>();
  return {
    ...mentions,
    tables: scoreTables(context, asked, neighbours, evidence),
    columnsOf(name) {
      const found = scored.get(name);
      if (found !== undefined) return found;
      const table = byName.get(name);
      const columns =
        table === undefined ? [] : scoreColumns(context, table, asked, neighbours, evidence);
      scored.set(name, columns);
      return columns;
    },
    neighbours,
    supported:
      evidence.length > 0 ||
      (neighbours[0]?.similarity ?? 0) >= LEAST_SIMILARITY ||
      asked.some((item) => context.lexicon.knows(item)),
  };
}

/** The stored texts and quantities of a question. */
export function mentionsOf(
  context: DatabaseContext,
  question: string,
  options: RetrieveOptions = {},
): Mentions {
  const values = valuesIn(context, question, options);
  const evidence = options.nearValues ? ownSpellingFirst(values, question) : values.filter(isSure);
  const { today } = options;
  const quantities = readQuantities(question, today);
  return { question, values, evidence, quantities, ...(today === undefined ? {} : { today }) };
}

/** Stored texts that the question spells, then those that it calls by another name, then near ones. */
function valuesIn(
  { values, exemplars, schema }: DatabaseContext,
  question: string,
  options: RetrieveOptions,
): readonly LinkedValue[] {
  const found = values.find(question);
  if (exemplars === undefined || options.exemplars === false) return found;
  const same = (a: Place, b: Place) => isIn(a, b.table, b.column) && a.value === b.value;
  const called = learnedNames(exemplars, schema)
    .find(question)
    .filter((name) => !found.some((value) => same(value, name)))
    .filter((name) => values.holders(name.value).some((place) => same(place, name)))
    .map((name) => ({ ...name, similarity: CALLED, derived: true as const }));
  return [...found.filter(isSure), ...called, ...found.filter((value) => !isSure(value))];
}

function isSure({ similarity, derived }: LinkedValue): boolean {
  return similarity === 1 || derived === true;
}

function ownSpellingFirst(values: readonly LinkedValue[], question: string): LinkedValue[] {
  const own = ({ value }: LinkedValue) => question.includes(value);
  return [...values.filter(own), ...values.filter((value) => !own(value))];
}

/** The nearest known questions of the database, unless they are not to be looked at. */
export function neighboursOf(
  { exemplars, schema }: DatabaseContext,
  question: string,
  options: RetrieveOptions,
): Neighbour[] {
  return options.exemplars === false
    ? []
    : (exemplars?.nearest(question, schema.name, NEIGHBOURS, options.skip) ?? []);
}
