/** The words of a question as names write them: without slips, and not shortened. */
import type { SchemaNames } from '../names/schema-names.ts';
import { shortFormOf } from '../names/short-names.ts';
import { type PlacedUnit, placedUnits } from '../words/units.ts';
import { asNamed } from './compound-words.ts';
import { OPERATOR_WORDS } from './operator-words.ts';
import { cutDown, spelledRight } from './spelling.ts';

/** What a word costs that is a letter off from one of the names. */
const MISSPELLED = 2;

/** The units of a question; a word that no name and no word of the language has, as the one that is meant. */
export function writtenUnits(
  question: string,
  { names, shortNames }: Pick<SchemaNames, 'names' | 'shortNames'>,
): PlacedUnit[] {
  return asNamed(placedUnits(question), names, question).map((unit) => {
    if (OPERATOR_WORDS.has(unit.stem)) return unit;
    const short = shortFormOf(unit.stem, shortNames);
    if (short !== undefined) return { ...unit, stem: short };
    const cut = cutDown(unit.stem, shortNames);
    // `payers` is no `pay`, a word of its own.
    const isCut = cut !== undefined && !OPERATOR_WORDS.has(cut);
    const right = spelledRight(unit.stem, shortNames.known) ?? (isCut ? cut : undefined);
    return right === undefined ? unit : { ...unit, stem: right, cost: MISSPELLED };
  });
}
