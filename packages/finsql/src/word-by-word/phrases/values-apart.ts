/** What a question calls the difference of two kinds of rows: `net inflow (deposits minus withdrawals)`, `net position per pair, bought less sold`. */
import type { Meaning, Phrase, ValueMeaning } from '../model/phrase.ts';
import type { Dictionary } from '../names/names.ts';
import { type PlacedUnit, placedUnits } from '../words/units.ts';
import { nameBefore } from './figure-names.ts';

const SILENT: Meaning = { kind: 'word', word: 'named', cost: 0.5 };
const BEHIND = /^(?:by|per|each|every|for|in|of|,)$/;

/** That name as a phrase that says nothing; none where no such difference is told. */
export function namesOfDifference(question: string, names: Dictionary): Phrase[] {
  const units = placedUnits(question);
  const at = units.findIndex(
    ({ stem }, index) => /^(?:minu|minus|less)$/.test(stem) && areOfOneColumn(units, index, names),
  );
  if (at < 0) return [];
  const start = valuesBefore(units, at, names).start;
  const tables = new Set(valuesBefore(units, at, names).values.map(({ table }) => table));
  const within = { question, units, names, tables, isHeld: () => false };
  const isInBrackets = /[(（]\s*$/.test(question.slice(0, units[start]?.from));
  const before = isInBrackets ? nameBefore(within, start) : undefined;
  const last = units[start - 1];
  if (before !== undefined && last !== undefined)
    return [{ from: before, to: last.to, meanings: [SILENT] }];
  const net = units.findIndex(({ stem }, index) => stem === 'net' && index < 2);
  const end = units.findIndex(({ stem }, index) => index > net && BEHIND.test(stem));
  const [first, until] = [units[net], units[end - 1]];
  const isName = net >= 0 && end > net && end - net <= 3 && end <= start;
  if (!isName || first === undefined || until === undefined) return [];
  return [{ from: first.from, to: until.to, meanings: [SILENT] }];
}

function areOfOneColumn(units: readonly PlacedUnit[], at: number, names: Dictionary): boolean {
  const { values } = valuesBefore(units, at, names);
  const behind = [1, 2].flatMap((length) => valuesIn(units, at + 1, at + 1 + length, names));
  return values.some((one) =>
    behind.some(
      (other) =>
        other.table === one.table && other.column === one.column && other.value !== one.value,
    ),
  );
}

function valuesBefore(
  units: readonly PlacedUnit[],
  at: number,
  names: Dictionary,
): { readonly start: number; readonly values: readonly ValueMeaning[] } {
  const long = valuesIn(units, at - 2, at, names);
  return long.length > 0
    ? { start: at - 2, values: long }
    : { start: at - 1, values: valuesIn(units, at - 1, at, names) };
}

function valuesIn(
  units: readonly PlacedUnit[],
  start: number,
  end: number,
  names: Dictionary,
): ValueMeaning[] {
  if (start < 0) return [];
  const key = units
    .slice(start, end)
    .map(({ stem }) => stem)
    .join(' ');
  return (names.get(key) ?? []).flatMap((one) => (one.kind === 'value' ? one : []));
}
