/** Words that a question writes apart, or in one, and a name otherwise: `top-ups` for topup, `signups` for sign_up. */
import type { Dictionary } from '../names/names.ts';
import type { PlacedUnit } from '../words/units.ts';

const PARTICLE = /^(.{3,})(up|off|out|in|on|back|over|down)$/;

/** The units with such words as the names have them. */
export function asNamed(
  units: readonly PlacedUnit[],
  names: Dictionary,
  question: string,
): PlacedUnit[] {
  const made: PlacedUnit[] = [];
  for (let at = 0; at < units.length; at++) {
    const [unit, next] = [units[at], units[at + 1]];
    if (unit === undefined) continue;
    const joined = next === undefined ? undefined : joinedWith(unit, next, names, question);
    if (joined !== undefined) {
      made.push(joined);
      at++;
    } else made.push(partedAt(unit, names));
  }
  return made;
}

function joinedWith(
  unit: PlacedUnit,
  next: PlacedUnit,
  names: Dictionary,
  question: string,
): PlacedUnit | undefined {
  const isBeside = /^[- ]$/.test(question.slice(unit.to, next.from));
  const stem = unit.stem + next.stem;
  const isNamed = names.has(stem) && !names.has(`${unit.stem} ${next.stem}`);
  const areWords = /^[a-z]{2,}$/.test(unit.stem) && /^[a-z]{2,}$/.test(next.stem);
  if (!isBeside || !isNamed || !areWords) return undefined;
  return { stem, plural: next.plural, from: unit.from, to: next.to };
}

/** A word that no name has, with its particle apart where one has it so. */
function partedAt(unit: PlacedUnit, names: Dictionary): PlacedUnit {
  const [, verb, particle] = PARTICLE.exec(unit.stem) ?? [];
  const apart = `${verb} ${particle}`;
  return verb !== undefined && !names.has(unit.stem) && names.has(apart)
    ? { ...unit, stem: apart }
    : unit;
}
