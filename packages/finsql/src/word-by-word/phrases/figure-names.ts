/** What a question calls a figure that it tells by a formula: `takings (coins and card together)`, `margin by product: price less cost`. */
import type { Meaning, Phrase } from '../model/phrase.ts';
import type { Dictionary } from '../names/names.ts';
import { type PlacedUnit, phraseKey } from '../words/units.ts';

interface Within {
  readonly question: string;
  readonly units: readonly PlacedUnit[];
  readonly names: Dictionary;
  /** Tables that the formula is of. */
  readonly tables: ReadonlySet<string>;
  /** Whether something stored is said between two places. */
  readonly isHeld: (from: number, to: number) => boolean;
}

/** Words that are no part of a name and stand before one. */
const BEFORE =
  'by|per|each|every|for|in|of|with|and|or|show|list|give|total|sum|average|mean|highest|lowest|largest|smallest|biggest|most|least|top|bottom|number|count|from|to|on|at|how|much|many|than|above|below|over|under|,|no|not|without|which|whose|where|and';
const STOPS = new Set(BEFORE.split('|').map(phraseKey));
const GROUPS = new Set(['by', 'per', 'each', 'every']);
/** Words that end the name at the beginning of a question. */
const BEHIND = new Set('by|per|each|every|for|in|during|since|across|with|from|,'.split('|'));
/** Words before that name. */
const LEADING = new Set(
  'show|list|give|what|is|was|are|were|the|a|an|our|me|us|please|total|average|mean|sum|of|find|calculate|compute|tell'
    .split('|')
    .map(phraseKey),
);

const LONGEST = 6;
const COST = 0.5;

/** Where the name begins that stands right before brackets with the formula; undefined where none does. */
export function nameBefore(within: Within, at: number): number | undefined {
  const { question, units } = within;
  const end = firstInBrackets(within, at);
  let start = end;
  while (start > 0 && end - start <= LONGEST) {
    const [unit, next] = [units[start - 1], units[start]];
    const isWhat = /^(?:is|was|are)$/.test(unit?.stem ?? '') && units[start - 2]?.stem === 'what';
    const gap = question.slice(unit?.to, next?.from);
    if (unit === undefined || !/^[\s'’-]*[(（]?$/.test(gap)) break;
    if (STOPS.has(unit.stem)) break;
    start -= isWhat ? 2 : 1;
  }
  const [first, last] = [units[start], units[end - 1]];
  if (start === end || end - start > LONGEST || first === undefined || last === undefined)
    return undefined;
  const isGroup = GROUPS.has(units[start - 1]?.stem ?? '');
  const isRows = isTable(within, start, end) && !ofFormula(within, start, end);
  return isGroup || isRows || holds(within, start, end) ? undefined : first.from;
}

/** The first unit of the brackets, an article before the formula among them. */
function firstInBrackets({ question, units }: Within, at: number): number {
  const isFirst = (index: number) => /[(（]\s*$/.test(question.slice(0, units[index]?.from));
  return isFirst(at) ? at : at - 1;
}

const CONNECTORS =
  /\s*(?:[:=(（]|\s[-–—]\s|,?\s*(?:\bthat is\b|\bi\.e\.|\bmeaning\b|\bbeing\b|\bcounted as\b|\btaken as\b|\bmeasured as\b|\bcounting\b),?)\s*(?:the )?$/i;

/** The name at the beginning of what a question says before a formula, and the words between the two, as phrases that say nothing. */
export function namesAhead(within: Within, at: number): Phrase[] {
  const { question, units } = within;
  const before = question.slice(0, units[at]?.from);
  const connector = CONNECTORS.exec(before);
  if (connector === null) return [];
  const head = before.slice(0, connector.index);
  const clause = Math.max(...['. ', '? ', '! ', '; '].map((stop) => head.lastIndexOf(stop) + 1));
  let start = units.findIndex(({ from }) => from >= clause);
  while (LEADING.has(units[start]?.stem ?? '')) start++;
  let end = start;
  const isOver = (unit: PlacedUnit | undefined) =>
    unit === undefined || unit.from >= connector.index || BEHIND.has(unit.stem);
  while (!isOver(units[end]) && end - start <= LONGEST) end++;
  const [first, last] = [units[start], units[end - 1]];
  if (start >= end || end - start > LONGEST || first === undefined || last === undefined) return [];
  if (isTable(within, start, end) || holds(within, start, end)) return [];
  const said = units.filter(({ from }) => from >= connector.index && from < before.length);
  return [noise(first.from, last.to, COST), ...said.map(({ from, to }) => noise(from, to, 0))];
}

function noise(from: number, to: number, cost: number): Phrase {
  const meaning: Meaning = { kind: 'word', word: 'named', cost };
  return { from, to, meanings: [meaning] };
}

function meaningsAt({ units, names }: Within, start: number, end: number): readonly Meaning[] {
  const key = units
    .slice(start, end)
    .map(({ stem }) => stem)
    .join(' ');
  return names.get(key) ?? [];
}

/** Whether all of it is what rows are called by. */
function isTable(within: Within, start: number, end: number): boolean {
  return meaningsAt(within, start, end).some(({ kind, cost }) => kind === 'table' && cost <= 0.5);
}

function ofFormula(within: Within, start: number, end: number): boolean {
  return meaningsAt(within, start, end).some(
    (one) => one.kind === 'table' && within.tables.has(one.table),
  );
}

const HELD = /^(?:value|flag|stored|property|late|period|number)$/;

/** Whether something in it says of rows what they are. */
function holds(within: Within, start: number, end: number): boolean {
  const { units, isHeld } = within;
  if (isHeld(units[start]?.from ?? 0, units[end - 1]?.to ?? 0)) return true;
  for (let from = start; from < end; from++) {
    for (let to = from + 1; to <= end; to++) {
      const meanings = meaningsAt(within, from, to);
      const isTold = meanings.some(({ kind }) => HELD.test(kind));
      if (isTold && !meanings.some(({ kind, cost }) => kind === 'column' && cost < 1)) return true;
    }
  }
  return false;
}
