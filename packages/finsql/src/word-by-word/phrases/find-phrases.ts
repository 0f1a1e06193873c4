/** Phrases that are found in a question as a whole: stored texts, quantities, periods, and turns of a sentence. */
import type { DatabaseContext, Link } from '../../retrieval/context.ts';
import type { Retrieval } from '../../retrieval/retrieve.ts';
import type { Schema } from '../../schema/schema.ts';
import type { Phrase } from '../model/phrase.ts';
import type { Dictionary } from '../names/names.ts';
import { namesOf } from '../names/schema-names.ts';
import { placedUnits } from '../words/units.ts';
import { laterParts } from './han-later-periods.ts';
import { hanOwnColumns, hanPeople } from './han-own-columns.ts';
import { hanRemarks } from './han-remarks.ts';
import { unitFigures } from './han-unit-figures.ts';
import { hanUnits } from './han-units.ts';
import { hanValues } from './han-values.ts';
import { weighedBy } from './han-weights.ts';
import { includedRows } from './included-rows.ts';
import { newOnes, wantedItems } from './kind-nouns.ts';
import { neverDone } from './never-done.ts';
import { noneShown } from './none-shown.ts';
import { saysNothing } from './operator-words.ts';
import { pastDue } from './past-due.ts';
import { sharedYears } from './shared-years.ts';
import { stateClauses } from './state-clauses.ts';
import { statedPhrases } from './stated-phrases.ts';
import { isStateOfRows } from './stored-asides.ts';
import { amountsListed, countsAtEnd, numbersListed } from './tail-words.ts';
import { isToldBehindName } from './told-figures.ts';
import { toldPhrases } from './told-phrases.ts';
import { unitAsides, unitAtEnd } from './unit-asides.ts';

/** A question, and what its words are looked up in. */
export interface Question {
  readonly question: string;
  readonly retrieval: Retrieval;
  readonly context: DatabaseContext;
  readonly schema: Schema;
  readonly names: Dictionary;
  readonly links: readonly Link[];
  /** Two parts of one year, which is said of the second alone: `January against March 2026`. */
  readonly shared: readonly Phrase[];
  /** Stored texts, numbers and periods. */
  readonly values: readonly Phrase[];
  /** What the question itself tells of its words. */
  readonly told: readonly Phrase[];
}

/** The question about a database. */
export function questionOf(context: DatabaseContext, retrieval: Retrieval): Question {
  const { question } = retrieval;
  const { names, links } = namesOf(context);
  const { schema } = context;
  const shared = sharedYears(question);
  const values = statedPhrases(retrieval).filter(
    ({ from, to }) => !shared.some((one) => one.from < to && from < one.to),
  );
  const told = toldPhrases(question, { names, schema, links }, values);
  return { question, retrieval, context, schema, names, links, shared, values, told };
}

/** Each finds phrases anywhere in the question; of phrases at one place the longest counts, and all that are as long. */
const FINDERS: readonly ((asked: Question) => readonly Phrase[])[] = [
  ({ shared }) => shared,
  ({ values }) => values,
  ({ context, retrieval }) => hanValues(context, retrieval),
  ({ question }) => countsAtEnd(question),
  ({ question }) => hanUnits(question),
  ({ question, retrieval }) => laterParts(question, retrieval.today),
  ({ question, schema }) => unitFigures(question, schema),
  ({ question }) => hanRemarks(question),
  ({ question, names, schema }) => weighedBy(question, names, schema),
  ({ question }) => hanOwnColumns(question),
  ({ question, schema }) => hanPeople(schema, question),
  ({ question }) => numbersListed(question),
  ({ question }) => amountsListed(question),
  ({ question, schema }) => unitAsides(question, schema),
  ({ question, told }) => unitAtEnd(question, told.some(isToldBehindName)),
  ({ question, names }) => neverDone(question, names),
  ({ question, schema }) => stateClauses(question, schema),
  ({ question }) => noneShown(question),
  ({ question, names }) => includedRows(question, names),
  ({ question, names }) => pastDue(question, names),
  ({ question }) => newOnes(question),
  ({ question }) => wantedItems(question),
];

/** What all finders find, without stored texts that are words of the language or rows of a table. */
export function findPhrases(asked: Question): Phrase[] {
  const { question, names, values } = asked;
  const known = { names, stored: values };
  return FINDERS.flatMap((find) => find(asked)).filter((phrase) => {
    const { from, to, meanings } = phrase;
    const text = question.slice(from, to);
    const named = tableBehind(text, names);
    const isElsewhere = meanings.every((one) => one.kind === 'value' && one.table !== named);
    return (
      (!saysNothing(text) || isStateOfRows(phrase, question, known)) &&
      !/^(?:people|persons|staff)$/.test(text) &&
      !(named !== undefined && isElsewhere)
    );
  });
}

/** The table whose rows are named behind other words: `smart meters` is no topic `Smart meter`. */
function tableBehind(text: string, names: Dictionary): string | undefined {
  const units = placedUnits(text);
  const last = units.at(-1);
  if (last === undefined || units.length < 2 || !last.plural || /\p{Lu}/u.test(text))
    return undefined;
  const table = names.get(last.stem)?.find(({ kind, cost }) => kind === 'table' && cost === 0);
  return table?.kind === 'table' ? table.table : undefined;
}
