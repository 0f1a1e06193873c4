/** States that a question explains itself: `unpaid fees (open or bounced)`, `working machines (not retired)`. */
import type { Meaning, Phrase } from '../model/phrase.ts';
import type { Dictionary } from '../names/names.ts';
import { type PlacedUnit, placedUnits } from '../words/units.ts';

const STATES =
  /^(?:un[a-z]+ed|unpaid|unsold|working|outstanding|overdue|late|open|active|current|live|valid|bad|pending|running)$/;

/** The words for such states as phrases that say nothing, where nothing stored is called so: the brackets behind the rows say it. */
export function toldStates(question: string, names: Dictionary): Phrase[] {
  const units = placedUnits(question);
  return units.flatMap((unit, at) => {
    const [rows, first] = [units[at + 1], units[at + 2]];
    const isBefore = /^\s*[(（]\s*$/.test(question.slice(rows?.to, first?.from));
    const isKnown = (names.get(unit.stem) ?? []).length > 0;
    if (!STATES.test(unit.stem) || isKnown || !isBefore || !isHeldAt(units, at + 2, names))
      return [];
    const meaning: Meaning = { kind: 'word', word: 'named', cost: 0.5 };
    return [{ from: unit.from, to: unit.to, meanings: [meaning] }];
  });
}

/** Whether something that is stored of rows is said from there on, or that it is not so. */
function isHeldAt(units: readonly PlacedUnit[], at: number, names: Dictionary): boolean {
  const start = units[at]?.stem === 'not' ? at + 1 : at;
  return [1, 2].some((length) => {
    const key = units
      .slice(start, start + length)
      .map(({ stem }) => stem)
      .join(' ');
    return names.get(key)?.some(({ kind }) => /^(?:value|stored|flag)$/.test(kind)) ?? false;
  });
}
